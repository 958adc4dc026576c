//! Third-party applications of a platform and the customers (子客) brought in by one.

use super::ids::{ApplicationId, OrganizationId, UserId};
use super::register::Registered;

/// An application (应用号); its owner is the platform.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Application {
    /// Its id, `Agent.AppId`.
    pub id: ApplicationId,
    /// The platform company.
    pub owner: OrganizationId,
    /// Its name.
    pub name: String,
    /// The customers it brought in.
    pub customers: Vec<Customer>,
}

impl Registered for Application {
    type Id = ApplicationId;
    fn id(&self) -> &ApplicationId {
        &self.id
    }
}

/// A customer of an application: the platform's own ids beside the vendor's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Customer {
    /// The platform's id for the company, `Agent.ProxyOrganizationOpenId`.
    pub open_id: String,
    /// The company it is.
    pub organization: OrganizationId,
    /// The platform's ids for its employees, `Agent.ProxyOperator.OpenId`.
    pub operators: Vec<(String, UserId)>,
}
