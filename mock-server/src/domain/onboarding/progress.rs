//! What happened to a company on its way, and to which, as it was at that moment.

use serde::{Deserialize, Serialize};

use super::record::{CompanyData, Record};
use crate::domain::ids::{ApplicationId, AuthorizationId, OpenId, OrganizationId, UserId};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// It let the platform act for it.
    Granted,
    /// Something happened to its running record.
    Record(RecordChange, Box<Record>),
    /// Its letter of authorization was looked at.
    LetterJudged(Verdict),
    /// It has proved who it is, and the service is open.
    Opened,
    /// The official register does not have it, and people decided whether it is let in.
    RegistryJudged(Verdict),
    /// Its data were changed.
    DataChanged,
    /// It was closed.
    Closed,
    /// It joined a holding group.
    JoinedGroup,
    /// It left one.
    LeftGroup,
}

/// What may happen to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordChange {
    /// It was begun.
    Created,
    /// It was wiped.
    Voided,
    /// Its letter was uploaded.
    LetterSubmitted,
    /// Its former letter no longer counts.
    LetterInvalidated,
    /// Its bank transfer stands differently.
    TransferChanged,
}

/// What came of somebody's looking at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is as it should be.
    Passed,
    /// It is not, for this reason.
    Refused(String),
}

impl Verdict {
    /// Whether it is as it should be.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        match self {
            Self::Passed => true,
            Self::Refused(_) => false,
        }
    }

    /// Why not; empty when it is.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Passed => "",
            Self::Refused(reason) => reason,
        }
    }
}

/// The company it happened to, as it was right after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Which.
    pub organization: OrganizationId,
    /// What is known of it.
    pub company: CompanyData,
    /// The platform's application it is, or wants to be, a customer of.
    pub application: Option<ApplicationId>,
    /// The platform's id for it.
    pub customer: Option<OpenId>,
    /// The id it got when it opened the service.
    pub proxy_app: Option<ApplicationId>,
    /// Who is behind it.
    pub operator: Option<UserId>,
    /// The platform's id for them.
    pub operator_open_id: Option<OpenId>,
    /// Its attempt to prove who it is.
    #[serde(default)]
    pub authorization: Option<AuthorizationId>,
    /// What its guide wants brought back; nothing where nobody guides it.
    #[serde(default)]
    pub user_data: Option<String>,
    /// The main company of the holding group it joined or left.
    #[serde(default)]
    pub main: Option<OrganizationId>,
}

impl Applicant {
    /// Whether a company guides it, and not a platform.
    #[must_use]
    pub fn is_guided(&self) -> bool {
        self.user_data.is_some()
    }
}
