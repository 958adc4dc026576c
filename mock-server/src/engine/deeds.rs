//! What people do behind links that are about their company or themselves.
//!
//! Pages have no login. Where only the super administrator or the legal person may act, whoever opens the page says which
//! mobile number is theirs, and somebody else's does not let them in (`api CreateChannelOrganizationInfoChangeUrl`).

use std::sync::Arc;
use std::time::Duration;

use super::call::Call;
use super::world::{Outbox, World};
use crate::domain::deed::{Deed, Mobile};
use crate::domain::event::{About, Event};
use crate::domain::identity::SaidOfPerson;
use crate::domain::ids::{ApplicationId, OrganizationId, UserId};
use crate::domain::link::{Link, Opens};
use crate::domain::onboarding::progress::{Applicant, Progress};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::organization::Standing;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::staff_change::StaffChange;
use crate::domain::time::Timestamp;

impl Call<'_> {
    /// Makes a link behind which something is done.
    pub fn give_out(&mut self, deed: Deed, lifetime: Duration) -> Arc<Link> {
        self.give_out_returning(deed, lifetime, None)
    }

    /// The same; when it is done, the browser goes on.
    pub fn give_out_returning(&mut self, deed: Deed, lifetime: Duration, jump_url: Option<String>) -> Arc<Link> {
        let application = self.caller.application().cloned();
        let expires_at = self.now.plus(lifetime);
        self.world.add_link(Opens::Deed { deed, application }, expires_at, jump_url)
    }

    /// The same where what is done there is told to this application, or the guide it stands for.
    pub fn give_out_in(&mut self, application: Option<ApplicationId>, deed: Deed, lifetime: Duration) -> Arc<Link> {
        let expires_at = self.now.plus(lifetime);
        self.world.add_link(Opens::Deed { deed, application }, expires_at, None)
    }

    /// The same, for ever.
    pub fn give_out_for_ever(&mut self, deed: Deed) -> Arc<Link> {
        let application = self.caller.application().cloned();
        self.world.add_link(Opens::Deed { deed, application }, Timestamp::MAX, None)
    }
}

/// What somebody says on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The mobile number of whoever opened it, where only some may.
    pub who: String,
    /// A number to take, or of a colleague.
    pub mobile: Option<Mobile>,
    /// What the company's data are to be; what is empty stays.
    pub company: CompanyData,
    /// What they say of themselves.
    pub person: SaidOfPerson,
}

/// Where a deed is done: which application hears of it, and when.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The platform's application.
    pub application: Option<&'a ApplicationId>,
    /// The world's time.
    pub now: Timestamp,
}

impl World {
    /// Does what a link was given out for.
    ///
    /// # Errors
    /// Whoever opened it may not, something is missing on the page, or what it is about does not let it be done.
    pub fn perform(
        &mut self,
        deed: &Deed,
        said: &Said,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        match deed {
            Deed::ChangeMobile { user, mobile } => {
                self.change_mobile(user, mobile.as_ref().or(said.mobile.as_ref()), moment, outbox)
            }
            Deed::ChangeAdministrator(company) => {
                let former = self.administrator(company, &said.who)?;
                let mobile = said.mobile.as_ref().ok_or(Refusal::ParameterMissing { field: "mobile" })?;
                let colleague = self.directory.employee_by_mobile(company, mobile.as_str());
                let colleague = colleague.filter(|one| one.verified && one.id != former);
                let colleague =
                    colleague.ok_or_else(|| Refusal::EmployeeUnknown { user: mobile.as_str().to_owned() })?;
                let user = colleague.id.clone();
                self.make_super_administrator(company, &user, moment, outbox);
                Ok(())
            }
            Deed::ChangeData(company) => {
                self.administrator(company, &said.who)?;
                self.change_company(company, &said.company, moment, outbox)
            }
            Deed::TakeOver(successor) => self.take_over(successor, moment, outbox),
            Deed::Close(company) => {
                self.administrator(company, &said.who)?;
                self.close_company(company, moment, outbox)
            }
            Deed::OpenApplication(opening) => {
                let admin = self.administrator(&opening.partner, &said.who)?;
                self.open_application(opening, &admin, moment.now, outbox)
            }
            Deed::SetUp(wanted) => {
                for company in &wanted.organizations {
                    self.administrator(company, &said.who)?;
                }
                self.set_up(wanted, moment, outbox)
            }
            Deed::Personal(deed) => self.perform_for_oneself(deed, said, moment, outbox),
        }
    }

    /// The super administrator or legal person with this number.
    ///
    /// # Errors
    /// Nobody of the company who is either has it.
    pub fn administrator(&self, company: &OrganizationId, mobile: &str) -> Result<UserId, Refusal> {
        let found = self.directory.employee_by_mobile(company, mobile).filter(|one| one.is_admin());
        found.map(|one| one.id.clone()).ok_or_else(|| Refusal::OperatorNotAdministrator { user: mobile.to_owned() })
    }

    /// Makes an employee super administrator in the place of whoever is.
    pub(super) fn make_super_administrator(
        &mut self,
        company: &OrganizationId,
        user: &UserId,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) {
        let former = self.directory.employee_with(company, Role::SuperAdmin).cloned();
        if let Some(former) = former.as_ref().filter(|former| &former.id != user) {
            let mut relieved = former.clone();
            relieved.roles.retain(|role| *role != Role::SuperAdmin);
            self.directory.employees.insert(relieved);
        }
        if let Some(number) = self.directory.employees.number(user.as_str())
            && let Some(employee) = self.directory.employees.at_mut(number)
            && !employee.roles.contains(&Role::SuperAdmin)
        {
            employee.roles.insert(0, Role::SuperAdmin);
        }
        let former = former.map(|former| self.as_colleague(&former.id, moment.application));
        self.tell_staff(moment.application, user, StaffChange::SuperAdminChanged(former), moment.now, outbox);
    }

    /// Closes a company from outside, as its administrator does behind a link; answers whether it is gone. Who guided it is told.
    ///
    /// # Errors
    /// There is none, or its open contracts come first.
    pub fn close(&mut self, company: &OrganizationId, now: Timestamp, outbox: &mut Outbox) -> Result<bool, Refusal> {
        let known = self.directory.organizations.get(company.as_str());
        let gone = known.is_some_and(|known| known.standing == Standing::Closing);
        let guides =
            self.directory.applications.iter().find(|one| one.is_guidance() && one.customer_id(company).is_some());
        let guidance = guides.map(|one| one.id.clone());
        self.close_company(company, Moment { application: guidance.as_ref(), now }, outbox)?;
        Ok(gone)
    }

    /// Closes a company: first it is being closed, and may do nothing more; then it is gone. Its open contracts come first
    /// (ASSUMED, as before a change of its name).
    fn close_company(
        &mut self,
        company: &OrganizationId,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let open = self.open_flows.of(company).count();
        if open > 0 {
            return Err(Refusal::OrganizationHasOpenFlows { count: open });
        }
        let number = self.directory.organizations.number(company.as_str());
        let known = number.and_then(|number| self.directory.organizations.at_mut(number));
        let known = known.ok_or_else(|| Refusal::OrganizationUnknown { organization: company.to_string() })?;
        if known.standing != Standing::Closing {
            known.standing = Standing::Closing;
            return Ok(());
        }
        self.tell_of_company(company, Progress::Closed, moment, outbox);
        if let Some(application) = moment.application.and_then(|id| self.directory.applications.get(id.as_str())) {
            let mut application = (**application).clone();
            if let Some(customer) = application.customer_id(company).cloned() {
                let people = application.staff().iter().filter(|one| one.customer == customer);
                for one in people.map(|one| one.open_id.clone()).collect::<Vec<_>>() {
                    application.remove_staff(&one);
                }
                application.remove_customer(&customer);
                self.directory.applications.insert(application);
            }
        }
        Ok(())
    }

    /// Tells what happened to a company: the application it is a customer of, or else the company itself.
    pub fn tell_of_company(&self, company: &OrganizationId, what: Progress, moment: Moment<'_>, outbox: &mut Outbox) {
        let Some(id) = moment.application else {
            return self.tell_company_itself(company, what, None, moment.now, outbox);
        };
        let application = self.directory.applications.get(id.as_str());
        let customer = application.and_then(|one| one.customers().get(one.customer_id(company)?.as_str()));
        if let Some(customer) = customer.cloned() {
            let operator = self.directory.employee_with(company, Role::SuperAdmin).map(|one| one.id.clone());
            self.tell_progress(id, &customer, operator.as_ref(), vec![what], moment.now, outbox);
        }
    }

    /// Tells a company what happened to it, and the main company of a group that it is about.
    pub fn tell_company_itself(
        &self,
        company: &OrganizationId,
        what: Progress,
        main: Option<&OrganizationId>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let Some(known) = self.directory.organizations.get(company.as_str()) else { return };
        let admin = self.directory.employee_with(company, Role::SuperAdmin);
        let applicant = Arc::new(Applicant {
            organization: company.clone(),
            company: known.data(),
            application: None,
            customer: None,
            proxy_app: None,
            operator: admin.map(|one| one.id.clone()),
            operator_open_id: None,
            authorization: None,
            user_data: None,
            main: main.cloned(),
        });
        outbox.push(Event { at: now, about: About::Onboarding(what, applicant) });
    }
}
