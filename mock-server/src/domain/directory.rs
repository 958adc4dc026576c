//! Who and what exists in a world besides contracts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::application::Application;
use super::auto_sign::AutoSign;
use super::customer::Verification;
use super::department::Department;
use super::employee::{Employee, Role};
use super::extended_service::ExtendedService;
use super::flow::Initiator;
use super::holding::{HoldingMembership, Matter};
use super::identity::AuthCode;
use super::ids::{ApplicationId, OrganizationId};
use super::library::LibraryTemplate;
use super::organization::Organization;
use super::partner_grant::PartnerGrant;
use super::personal_seal::PersonalSeal;
use super::private_person::PrivatePerson;
use super::register::Register;
use super::role::CustomRole;
use super::seal::{Seal, SealWorkflow};
use super::sso_employee::SsoEmployee;
use super::template::Template;
use super::web_theme::WebTheme;

/// Everybody a contract may name.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Directory {
    /// Companies.
    pub organizations: Register<Organization>,
    /// Their employees.
    pub employees: Register<Employee>,
    /// People with an account of their own.
    pub people: Register<PrivatePerson>,
    /// Companies' seals.
    pub seals: Register<Seal>,
    /// Requests to use one.
    #[serde(default)]
    pub seal_workflows: Register<SealWorkflow>,
    /// Seals and signatures of persons, kept for machines that sign for them.
    #[serde(default)]
    pub personal_seals: Register<PersonalSeal>,
    /// Persons who let a machine sign for them, or are asked to.
    #[serde(default)]
    pub auto_signs: Register<AutoSign>,
    /// Companies that let others' contracts be sealed by their machine.
    #[serde(default)]
    pub partner_grants: Register<PartnerGrant>,
    /// Companies' templates.
    pub templates: Register<Template>,
    /// Roles companies made for themselves.
    #[serde(default)]
    pub roles: Register<CustomRole>,
    /// Companies' departments, but for the roots nobody has changed.
    #[serde(default, skip_serializing_if = "Register::is_empty")]
    pub departments: Register<Department>,
    /// Third-party applications.
    pub applications: Register<Application>,
    /// What platforms offer their customers.
    #[serde(default)]
    pub library: Register<LibraryTemplate>,
    /// Codes companies ask with whether somebody has proved who they are.
    #[serde(default, skip_serializing_if = "Register::is_empty")]
    pub auth_codes: Register<AuthCode>,
    /// People who sign on through a company's own system.
    #[serde(default, skip_serializing_if = "Register::is_empty")]
    pub sso_employees: Register<SsoEmployee>,
}

/// A member of a holding group.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The company.
    pub organization: &'a Organization,
    /// How it belongs to the group.
    pub holding: &'a HoldingMembership,
    /// Its own super administrator, none of the main company's people with an account there.
    pub administrator: Option<&'a Employee>,
}

impl Directory {
    /// The company registered under this name.
    #[must_use]
    pub fn organization_named(&self, name: &str) -> Option<&Organization> {
        self.organizations.iter().map(AsRef::as_ref).find(|organization| organization.name == name)
    }

    /// The companies that hear of what happens to this one: itself, and the main company of its holding group, as far as the member
    /// lets it look at the same (`callback docs`, `seed scenario-guide`).
    #[must_use]
    pub fn listeners(&self, organization: &OrganizationId, matter: Option<Matter>) -> Vec<OrganizationId> {
        let membership = self.organizations.get(organization.as_str()).and_then(|one| one.holding.as_ref());
        let hears = |one: &&HoldingMembership| matter.is_none_or(|matter| !one.withholds.contains(&matter));
        let main = membership.filter(|one| one.is_in_force()).filter(hears).map(|one| one.main.clone());
        [organization.clone()].into_iter().chain(main).collect()
    }

    /// The list of those this company guides through certification; none before the first.
    #[must_use]
    pub fn guidance_of(&self, guide: &OrganizationId) -> Option<&Arc<Application>> {
        self.applications.iter().find(|one| one.is_guidance() && &one.owner == guide)
    }

    /// This application, where a platform acts through it: what happens under a company's guidance is told of differently.
    #[must_use]
    pub fn platforms<'a>(&self, application: Option<&'a ApplicationId>) -> Option<&'a ApplicationId> {
        let is_guidance = |id: &ApplicationId| self.applications.get(id.as_str()).is_some_and(|one| one.is_guidance());
        application.filter(|id| !is_guidance(id))
    }

    /// What embedded pages of a contract look like: as the application wants it that it was launched through, else as the company
    /// that launched it does; as ever where neither said.
    #[must_use]
    pub fn embedded_theme(&self, initiator: &Initiator) -> Option<&WebTheme> {
        match &initiator.application {
            Some(application) => self.applications.get(application.as_str())?.themes.embedded.as_ref(),
            None => self.organizations.get(initiator.organization.as_str())?.theme.as_ref(),
        }
    }

    /// The company whose contracts a launch uses up: the platform's own, where it launches for a customer (ASSUMED: platforms
    /// buy contracts and pass them on; `api ChannelDescribeBillUsageDetail` counts by application).
    #[must_use]
    pub fn payer<'a>(&'a self, initiator: &'a Initiator) -> &'a OrganizationId {
        let application = initiator.application.as_ref().and_then(|id| self.applications.get(id.as_str()));
        application.map_or(&initiator.organization, |application| &application.owner)
    }

    /// Whether this company was certified under the guidance of `own`, or is a member of its holding group.
    #[must_use]
    pub fn is_guided_or_member(&self, company: &OrganizationId, own: &OrganizationId) -> bool {
        let guided = self.guidance_of(own).is_some_and(|one| {
            let customer = one.customer_id(company).and_then(|id| one.customers().get(id.as_str()));
            customer.is_some_and(|customer| customer.is_verified())
        });
        let holding = self.organizations.get(company.as_str()).and_then(|one| one.holding.as_ref());
        guided || holding.is_some_and(|one| &one.main == own && one.is_in_force())
    }

    /// The members of this company's holding group, whatever their state.
    #[must_use]
    pub fn members_of(&self, main: &OrganizationId) -> Vec<Member<'_>> {
        let mut administrators: BTreeMap<&OrganizationId, Vec<&Employee>> = BTreeMap::new();
        for one in self.employees.iter().filter(|one| one.roles.contains(&Role::SuperAdmin)) {
            administrators.entry(&one.organization).or_default().push(one);
        }
        let all = self.organizations.iter().map(AsRef::as_ref);
        let members = all.filter_map(|organization| {
            let holding = organization.holding.as_ref().filter(|holding| &holding.main == main)?;
            let mut own = administrators.get(&organization.id).into_iter().flatten().copied();
            let administrator = own.find(|one| !holding.shadows.values().any(|shadow| shadow == &one.id));
            Some(Member { organization, holding, administrator })
        });
        members.collect()
    }

    /// Whether a company is more than what a platform said of it: it is nobody's customer, or has proved who it is.
    #[must_use]
    pub fn is_established(&self, organization: &OrganizationId) -> bool {
        let mut known = false;
        for application in self.applications.iter() {
            let customer =
                application.customer_id(organization).and_then(|id| application.customers().get(id.as_str()));
            if let Some(customer) = customer {
                known = true;
                if customer.is_verified() {
                    return true;
                }
            }
        }
        !known
    }

    /// How far a company's certification is: done when it is established, else as far as any attempt is.
    #[must_use]
    pub fn verification_of(&self, organization: &OrganizationId) -> Verification {
        if self.is_established(organization) {
            return Verification::Verified;
        }
        let mut attempts = self.applications.iter().filter_map(|one| {
            let customer = one.customers().get(one.customer_id(organization)?.as_str())?;
            customer.certification.is_running().then_some(customer.certification.status)
        });
        attempts.next_back().unwrap_or_default()
    }

    /// The established company that this one, of which a platform told, turns out to be: the same legal entity keeps its id in
    /// every application (`api ChannelOrganizationInfo`).
    #[must_use]
    pub fn established_twin(&self, told_of: &Organization) -> Option<&Organization> {
        let all = self.organizations.iter().map(AsRef::as_ref);
        all.filter(|one| one.id != told_of.id && is_the_same(one, told_of)).find(|one| self.is_established(&one.id))
    }

    /// Another verified customer of the application that is the same legal entity: there is one at most
    /// (`ex DescribeBatchOrganizationRegistrationTasks`).
    #[must_use]
    pub fn verified_twin(&self, application: &Application, organization: &Organization) -> Option<&Organization> {
        let customers = application.customers().iter().filter(|one| one.is_verified());
        let companies = customers.filter_map(|one| self.organizations.get(one.organization.as_str()));
        companies.map(AsRef::as_ref).find(|one| one.id != organization.id && is_the_same(one, organization))
    }

    /// The employee of a company who has this role.
    #[must_use]
    pub fn employee_with(&self, organization: &OrganizationId, role: Role) -> Option<&Employee> {
        let all = self.employees.iter().map(AsRef::as_ref);
        let mut own = all.filter(|one| &one.organization == organization && one.verified);
        own.find(|one| one.roles.contains(&role))
    }

    /// The employee with this id, as long as they work for their company.
    #[must_use]
    pub fn employee(&self, id: &str) -> Option<&Employee> {
        self.employees.get(id).map(AsRef::as_ref).filter(|one| one.is_present())
    }

    /// The employee of a company with this mobile number.
    #[must_use]
    pub fn employee_by_mobile(&self, organization: &OrganizationId, mobile: &str) -> Option<&Employee> {
        let employed = |one: &&Employee| one.is_present() && &one.organization == organization;
        self.employees.iter().map(AsRef::as_ref).filter(employed).find(|one| one.mobile == mobile)
    }

    /// The employee of a company whose id in its own system this is.
    #[must_use]
    pub fn employee_by_open_id(&self, organization: &OrganizationId, open_id: &str) -> Option<&Employee> {
        let employed = |one: &&Employee| one.is_present() && &one.organization == organization;
        let all = self.employees.iter().map(AsRef::as_ref).filter(employed);
        all.into_iter().find(|one| one.open_id.as_ref().is_some_and(|own| own.as_str() == open_id))
    }

    /// Whether a company opened a service, of those that stand by themselves.
    #[must_use]
    pub fn has_opened(&self, company: &OrganizationId, service: ExtendedService) -> bool {
        self.organizations.get(company.as_str()).is_some_and(|one| one.services.is_open(service))
    }

    /// The first seal of a company that may be used.
    #[must_use]
    pub fn usable_seal(&self, organization: &OrganizationId) -> Option<&Seal> {
        self.seals.iter().map(AsRef::as_ref).find(|seal| &seal.organization == organization && seal.is_usable())
    }
}

/// Whether two companies are one legal entity: they have the same credit code, or, where one is not known, the same name.
fn is_the_same(one: &Organization, other: &Organization) -> bool {
    if one.credit_code.is_empty() || other.credit_code.is_empty() {
        one.name == other.name
    } else {
        one.credit_code == other.credit_code
    }
}
