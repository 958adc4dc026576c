//! What people do for themselves behind a link their company sent them: they join it, prove who they are, take another
//! number or another name.

use serde::{Deserialize, Serialize};

use super::identity::SaidOfPerson;
use super::ids::{OrganizationId, UserId};

/// Something to be done by a person for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalDeed {
    /// Whom a company takes in proves who they are, and joins (`api CreateIntegrationEmployees`).
    Join(UserId),
    /// Somebody proves who they are (`api CreateUserVerifyUrl`), as what the company said of them.
    ProveIdentity(Asking, SaidOfPerson),
    /// Somebody takes another mobile number (`api CreateUserMobileChangeUrl`); without an id, whoever opens the link says who
    /// they are.
    ChangeMobile(Asking, Option<UserId>),
    /// Somebody has another name (`api CreateUserNameChangeUrl`).
    ChangeName(Asking),
}

/// Who gave a link out, and what they want to have back in the message about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The company.
    pub organization: OrganizationId,
    /// `UserData`; empty when nothing.
    pub user_data: String,
}

impl PersonalDeed {
    /// Every page there is for one.
    pub const PAGES: [&'static str; 4] =
        ["JOIN_ORGANIZATION", "PERSONAL_VERIFY", "MOBILE_CHANGE_INTENTION", "MP_PERSONAL_VERIFY"];

    /// Its page in the vendor's mini program (`ex CreateUserMobileChangeUrl`, `ex CreateUserNameChangeUrl`; the first two
    /// ASSUMED, since examples show short links).
    #[must_use]
    pub fn page(&self) -> &'static str {
        match self {
            Self::Join(_) => "JOIN_ORGANIZATION",
            Self::ProveIdentity(..) => "PERSONAL_VERIFY",
            Self::ChangeMobile(..) => "MOBILE_CHANGE_INTENTION",
            Self::ChangeName(_) => "MP_PERSONAL_VERIFY",
        }
    }

    /// Whether everybody may do it behind the same link, one after the other.
    #[must_use]
    pub fn is_for_everybody(&self) -> bool {
        match self {
            Self::ChangeMobile(_, None) | Self::ChangeName(_) => true,
            Self::Join(_) | Self::ProveIdentity(..) | Self::ChangeMobile(_, Some(_)) => false,
        }
    }
}
