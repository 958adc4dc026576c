//! Whom the platform's ids mean, and what it calls whom.

use crate::domain::application::Application;
use crate::domain::directory::Directory;
use crate::domain::employee::Employee;
use crate::domain::ids::{OpenId, OrganizationId, UserId};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// Whom the platform's ids mean, and what it calls whom.
#[derive(Clone, Copy)]
pub struct OpenIds<'a> {
    application: &'a Application,
    directory: &'a Directory,
}

impl<'a> OpenIds<'a> {
    /// Those of the application a call is made through.
    ///
    /// # Errors
    /// It is made through none.
    pub fn of(call: &'a Call<'_>) -> Result<Self, Refusal> {
        Ok(Self { application: &call.caller.agent()?.application, directory: &call.world.directory })
    }

    /// The company of this customer.
    #[must_use]
    pub fn company(self, customer: &str) -> Option<&'a Organization> {
        let customer = self.application.customers().get(customer)?;
        self.directory.organizations.get(customer.organization.as_str()).map(AsRef::as_ref)
    }

    /// The customer's employee of this name, as long as they work there.
    #[must_use]
    pub fn employee(self, open_id: &str) -> Option<&'a Employee> {
        let staff = self.application.staff().get(open_id)?;
        self.directory.employee(staff.user.as_str())
    }

    /// `ProxyOrganizationOpenId`; empty for who is no customer of this application.
    #[must_use]
    pub fn customer_id(self, organization: Option<&OrganizationId>) -> String {
        text(organization.and_then(|id| self.application.customer_id(id)))
    }

    /// `ProxyOperatorOpenId`; empty for who is no customer's employee.
    #[must_use]
    pub fn staff_id(self, user: Option<&UserId>) -> String {
        text(user.and_then(|id| self.application.staff_id(id)))
    }
}

fn text(id: Option<&OpenId>) -> String {
    id.map(ToString::to_string).unwrap_or_default()
}
