//! A batch of companies that are to become customers (`api CreateBatchOrganizationRegistrationTasks`): each gets a way into the
//! console, ready a few seconds later.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::customer::{CustomerKey, Verification};
use crate::domain::employee::Card;
use crate::domain::ids::{OpenId, RegistrationId};
use crate::domain::register::Registered;
use crate::domain::time::Timestamp;

/// How long making the links takes (`api DescribeBatchOrganizationRegistrationUrls` asks for a pause of some seconds: ASSUMED 3).
pub const WORKING: Duration = Duration::from_secs(3);

/// A batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegistrationBatch {
    /// Its id, `TaskId`.
    pub id: RegistrationId,
    /// Its companies, in the caller's order.
    pub registrations: Vec<RegistrationId>,
    /// Where its links are opened.
    #[serde(default)]
    pub door: Door,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// Where the links of a batch are opened (`api CreateBatchOrganizationRegistrationTasks.Endpoint`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// `PC`: in a browser on a desk.
    #[default]
    Desk,
    /// `APP`: in the mini program.
    MiniProgram,
    /// `H5`: in a phone's browser.
    Phone,
    /// `SHORT_URL` and `SHORT_H5`: by a short link.
    Short,
}

impl Door {
    /// The door of this `Endpoint`.
    #[must_use]
    pub fn from_wire(endpoint: &str) -> Self {
        match endpoint {
            "APP" => Self::MiniProgram,
            "H5" => Self::Phone,
            "SHORT_URL" | "SHORT_H5" => Self::Short,
            _ => Self::Desk,
        }
    }
}

impl Registered for RegistrationBatch {
    type Id = RegistrationId;
    fn id(&self) -> &RegistrationId {
        &self.id
    }
}

impl RegistrationBatch {
    /// Whether its links are there at `now`.
    #[must_use]
    pub fn is_ready(&self, now: Timestamp) -> bool {
        now >= self.created_at.plus(WORKING)
    }
}

/// One company of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    /// Its id, `SubTaskId`.
    pub id: RegistrationId,
    /// The customer it is to be.
    pub customer: CustomerKey,
    /// Who is to prove it.
    pub operator: OpenId,
    /// Its name, as it was given.
    pub name: String,
    /// Who is to prove it, as it was given; what was left out is empty.
    pub admin: Named,
    /// The token of its way into the console; none where it failed, as why says.
    pub link: Result<String, String>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// Somebody as a platform names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card.
    pub card: Card,
}

impl Registered for Registration {
    type Id = RegistrationId;
    fn id(&self) -> &RegistrationId {
        &self.id
    }
}

impl Registration {
    /// How it stands, when the company is this far (`api BatchOrganizationRegistrationTasksDetails`).
    #[must_use]
    pub fn status(&self, verification: Verification, now: Timestamp) -> RegistrationStatus {
        if self.link.is_err() {
            return RegistrationStatus::Failed;
        }
        if now < self.created_at.plus(WORKING) {
            return RegistrationStatus::Processing;
        }
        match verification {
            Verification::Unverified => RegistrationStatus::Create,
            Verification::Verifying
            | Verification::LegalPersonPending
            | Verification::LetterPending
            | Verification::LetterRejected => RegistrationStatus::Submit,
            Verification::Verified => RegistrationStatus::Authorization,
        }
    }
}

/// How the registration of a company stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationStatus {
    /// Its link is being made.
    Processing,
    /// The link is there.
    Create,
    /// The company has handed its data in.
    Submit,
    /// It has proved who it is.
    Authorization,
    /// It could not be registered.
    Failed,
}

impl RegistrationStatus {
    /// The vendor's word.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Processing => "Processing",
            Self::Create => "Create",
            Self::Submit => "Submit",
            Self::Authorization => "Authorization",
            Self::Failed => "Failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::NOW;

    #[test]
    fn a_registration_follows_its_company_once_its_link_is_there() {
        let registration = |link| Registration {
            id: "registration".into(),
            customer: CustomerKey { application: "app".into(), customer: "customer".into() },
            operator: "admin".into(),
            name: "示例企业".into(),
            admin: Named::default(),
            link,
            created_at: NOW,
        };
        let good = registration(Ok("token".to_owned()));
        let status = |far, at| good.status(far, at).wire();
        assert_eq!(status(Verification::Unverified, NOW), "Processing");
        let ready = NOW.plus(WORKING);
        assert_eq!(status(Verification::Unverified, ready), "Create");
        assert_eq!(status(Verification::LetterRejected, ready), "Submit");
        assert_eq!(status(Verification::Verified, ready), "Authorization");
        let failed = registration(Err("认证失败".to_owned()));
        assert_eq!(failed.status(Verification::Unverified, NOW).wire(), "Failed");
    }
}
