//! Who and what exists in a world besides contracts.

use super::application::Application;
use super::employee::Employee;
use super::holding::HoldingMembership;
use super::ids::OrganizationId;
use super::organization::Organization;
use super::private_person::PrivatePerson;
use super::register::Register;
use super::seal::Seal;
use super::template::Template;

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
    /// Companies' templates.
    pub templates: Register<Template>,
    /// Third-party applications.
    pub applications: Register<Application>,
}

impl Directory {
    /// The company registered under this name.
    #[must_use]
    pub fn organization_named(&self, name: &str) -> Option<&Organization> {
        self.organizations.iter().map(AsRef::as_ref).find(|organization| organization.name == name)
    }

    /// The companies that hear of what happens to this one: itself, and the main company of its holding group
    /// (`callback docs`: members' events also go to the main company; which rights the member granted is not modelled).
    #[must_use]
    pub fn listeners(&self, organization: &OrganizationId) -> Vec<OrganizationId> {
        let membership = self.organizations.get(organization.as_str()).and_then(|one| one.holding.as_ref());
        let main = membership.filter(|one| one.is_in_force()).map(|one| one.main.clone());
        [organization.clone()].into_iter().chain(main).collect()
    }

    /// The members of this company's holding group, whatever their state.
    pub fn members_of<'a>(
        &'a self,
        main: &'a OrganizationId,
    ) -> impl Iterator<Item = (&'a Organization, &'a HoldingMembership)> {
        let all = self.organizations.iter().map(AsRef::as_ref);
        all.filter_map(move |one| Some((one, one.holding.as_ref().filter(|holding| &holding.main == main)?)))
    }

    /// The employee of a company with this mobile number.
    #[must_use]
    pub fn employee_by_mobile(&self, organization: &OrganizationId, mobile: &str) -> Option<&Employee> {
        self.employees.iter().map(AsRef::as_ref).find(|one| &one.organization == organization && one.mobile == mobile)
    }

    /// The first seal of a company that may be used.
    #[must_use]
    pub fn usable_seal(&self, organization: &OrganizationId) -> Option<&Seal> {
        self.seals.iter().map(AsRef::as_ref).find(|seal| &seal.organization == organization && seal.is_usable())
    }
}
