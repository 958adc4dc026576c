//! Third-party applications of a world file, and the customers of each.

use serde::Deserialize;

use crate::domain::application::{Application, Customer};

/// A third-party application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Application`")]
pub struct ApplicationRow {
    pub id: String,
    pub name: String,
    pub owner: String,
    #[serde(default)]
    pub customers: Vec<CustomerRow>,
}

/// A customer of an application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Customer`")]
pub struct CustomerRow {
    pub open_id: String,
    pub organization: String,
    #[serde(default)]
    pub operators: Vec<CustomerOperatorRow>,
}

/// An employee of a customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Customer`")]
pub struct CustomerOperatorRow {
    pub open_id: String,
    pub employee: String,
}

impl ApplicationRow {
    /// The application it describes.
    pub(super) fn build(&self) -> Application {
        Application {
            id: self.id.as_str().into(),
            owner: self.owner.as_str().into(),
            name: self.name.clone(),
            customers: self.customers.iter().map(CustomerRow::build).collect(),
        }
    }
}

impl CustomerRow {
    fn build(&self) -> Customer {
        Customer {
            open_id: self.open_id.clone(),
            organization: self.organization.as_str().into(),
            operators: self.operators.iter().map(|one| (one.open_id.clone(), one.employee.as_str().into())).collect(),
        }
    }
}
