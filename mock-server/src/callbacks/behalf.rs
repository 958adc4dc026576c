//! For whom a platform is told something: the ids it gave its customer, and everybody else who is named.
//!
//! Looked up while the world is open, so that the message can be written down later and says the same each time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::application::Application;
use crate::domain::event::About;
use crate::domain::flow::Flow;
use crate::domain::ids::{ApplicationId, OpenId, OrganizationId, UserId};
use crate::domain::seal::SealChange;

/// The platform's ids in a message. A company's own messages have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behalf {
    application: Option<ApplicationId>,
    /// The customer whose event it is.
    customer: Option<OpenId>,
    /// Its employee who is behind it.
    operator: Option<OpenId>,
    companies: BTreeMap<OrganizationId, OpenId>,
    people: BTreeMap<UserId, OpenId>,
}

impl Behalf {
    /// What an event of a customer of `application` is told with.
    #[must_use]
    pub fn of(application: &Application, about: &About) -> Self {
        let mut told = Self {
            application: Some(application.id.clone()),
            customer: application.customer_id(about.organization()).cloned(),
            operator: about.operator().and_then(|user| application.staff_id(user)).cloned(),
            ..Self::default()
        };
        match about {
            About::Flow(_, flow) => told.learn(application, flow),
            // Who has gone by now is told of by the ids they had.
            About::Onboarding(_, applicant) => {
                told.customer = applicant.customer.clone();
                told.operator = applicant.operator_open_id.clone();
            }
            About::Staff(_, member) => {
                told.customer = member.customer.clone();
                told.operator = member.open_id.clone();
            }
            About::Seal(news) => match &news.change {
                SealChange::Granted(all) | SealChange::Revoked(all) => {
                    all.iter().for_each(|one| told.learn_person(application, &one.user));
                }
                SealChange::Created
                | SealChange::Enabled
                | SealChange::Disabled
                | SealChange::Deleted
                | SealChange::Reviewed(_)
                | SealChange::Lent(_) => (),
            },
            About::PartnerGrant(grant, _) => told.learn_company(application, &grant.partner),
            About::CancelTask(_)
            | About::Group(..)
            | About::Template(..)
            | About::Scan(..)
            | About::SealWorkflow(_)
            | About::SealUse(_)
            | About::Service(..)
            | About::Identity(..)
            | About::AutoSign(..)
            | About::Intelligence(_) => (),
        }
        told
    }

    fn learn_company(&mut self, application: &Application, company: &OrganizationId) {
        let open_id = application.customer_id(company);
        self.companies.extend(open_id.map(|open_id| (company.clone(), open_id.clone())));
    }

    fn learn_person(&mut self, application: &Application, user: &UserId) {
        let open_id = application.staff_id(user);
        self.people.extend(open_id.map(|open_id| (user.clone(), open_id.clone())));
    }

    fn learn(&mut self, application: &Application, flow: &Flow) {
        for signer in &flow.approvers {
            if let Some(company) = signer.organization_id() {
                self.learn_company(application, company);
            }
            let earlier = signer.forwards.iter().map(|forward| &forward.from);
            for user in earlier.chain([&signer.person]).filter_map(|person| person.user.as_ref()) {
                self.learn_person(application, user);
            }
        }
    }

    /// `ApplicationId`; empty in a company's own messages.
    #[must_use]
    pub fn application(&self) -> String {
        text(self.application.as_ref().map(ApplicationId::as_str))
    }

    /// `ProxyOrganizationOpenId`; empty in a company's own messages.
    #[must_use]
    pub fn customer(&self) -> String {
        text(self.customer.as_ref().map(OpenId::as_str))
    }

    /// `ProxyOperatorOpenId`, where somebody is behind it.
    #[must_use]
    pub fn operator(&self) -> Option<String> {
        self.operator.as_ref().map(ToString::to_string)
    }

    /// What the platform calls this company; empty when it is no customer.
    #[must_use]
    pub fn company(&self, organization: Option<&OrganizationId>) -> String {
        text(organization.and_then(|id| self.companies.get(id)).map(OpenId::as_str))
    }

    /// What the platform calls this employee; empty when they are no customer's.
    #[must_use]
    pub fn person(&self, user: Option<&UserId>) -> String {
        text(user.and_then(|user| self.people.get(user)).map(OpenId::as_str))
    }
}

fn text(id: Option<&str>) -> String {
    id.unwrap_or_default().to_owned()
}
