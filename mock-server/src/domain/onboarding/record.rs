//! One attempt of a company to prove who it is (认证流): what it handed in, and by whom.

use serde::{Deserialize, Serialize};

use crate::domain::employee::Card;
use crate::domain::ids::{AuthorizationId, UserId};
use crate::domain::time::Timestamp;

/// An attempt that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id, `AuthorizationId`.
    pub id: AuthorizationId,
    /// The company, as it was handed in.
    pub company: CompanyData,
    /// Who handed it in, and becomes super administrator (`api CreateConsoleLoginUrl`).
    pub admin: Administrator,
    /// The bank transfer that goes with a letter, where that was asked for (`api CreateConsoleLoginUrl`, method 5).
    pub transfer: Option<Transfer>,
    /// Why its letter was turned down, as long as there is no other.
    #[serde(default)]
    pub refused: Option<String>,
    /// When it was begun.
    pub begun_at: Timestamp,
}

/// What is known of a company from its register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyData {
    /// Its name.
    pub name: String,
    /// Its credit code (统一社会信用代码).
    pub credit_code: String,
    /// Its legal person.
    pub legal_name: String,
    /// Where it is.
    pub address: String,
}

impl CompanyData {
    /// With what `other` says in the place of what it says nothing about.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let first = |own: String, other: &String| if own.is_empty() { other.clone() } else { own };
        Self {
            name: first(self.name, &other.name),
            credit_code: first(self.credit_code, &other.credit_code),
            legal_name: first(self.legal_name, &other.legal_name),
            address: first(self.address, &other.address),
        }
    }
}

/// The employee who proves the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrator {
    /// Who they are here.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card.
    pub card: Card,
}

/// How a bank transfer stands. The vendor names no states: ASSUMED.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// It is waited for.
    Pending,
    /// It came.
    Received,
    /// It did not, or not with what it should have said.
    Failed,
}

impl Transfer {
    /// Its word in messages and in the control API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Received => "RECEIVED",
            Self::Failed => "FAILED",
        }
    }
}
