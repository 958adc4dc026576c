//! People the platform knows beside companies' employees.

use super::employee::Card;
use super::extended_service::ExtendedService;
use super::ids::{OrganizationId, UserId};
use super::refusal::Refusal;
use super::register::Registered;

/// A person with an account of their own.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct PrivatePerson {
    /// Their mobile number, by which they are known.
    pub mobile: String,
    /// Their name.
    pub name: String,
    /// The scenes in which a machine may sign for them (`AutoSignScene`).
    pub auto_sign_scenes: Vec<String>,
    /// Their auto-signs, by key: those they opened themselves, each for one company.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auto_signs: Vec<String>,
    /// Whether they keep a signature a machine could use.
    pub has_signature: bool,
    /// Why the platform lets them sign nothing, if it does not.
    pub unfit: Option<Unfit>,
    /// Their identity card, once they have shown it.
    #[serde(default)]
    pub card: Card,
    /// Their id, once they have proved who they are, or where the world says it.
    #[serde(default)]
    pub user: Option<UserId>,
    /// Companies through whose links they have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified_through: Vec<OrganizationId>,
}

/// What the platform knows of a person that keeps them from signing (`sdk`, codes). It learns it from registers; which ages and
/// which days these are is published nowhere, so that a world says it of whom it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// Their age is none to sign at.
    Age,
    /// Their age is none to sign at, unless the company opened a wider range (`api ModifyExtendedService`, `AGE_LIMIT_EXPANSION`).
    AgeOfWiderRange,
    /// They are from Hong Kong, Macao or Taiwan, with whom a company signs that opened that (`api ModifyExtendedService`,
    /// `OVERSEA_SIGN`).
    Abroad,
    /// Their identity card is no longer valid.
    CardExpired,
}

impl PrivatePerson {
    /// Somebody of whom no more is known.
    #[must_use]
    pub fn new(mobile: String, name: String) -> Self {
        Self {
            mobile,
            name,
            auto_sign_scenes: Vec::new(),
            auto_signs: Vec::new(),
            has_signature: false,
            unfit: None,
            card: Card::default(),
            user: None,
            verified_through: Vec::new(),
        }
    }

    /// Asks whether they may sign what a company launched that `opened` some services.
    ///
    /// # Errors
    /// They may not, and why.
    pub fn ensure_fit(&self, opened: impl Fn(ExtendedService) -> bool) -> Result<(), Refusal> {
        let name = self.name.clone();
        match self.unfit {
            None => Ok(()),
            Some(Unfit::AgeOfWiderRange) if opened(ExtendedService::AgeLimitExpansion) => Ok(()),
            Some(Unfit::Age | Unfit::AgeOfWiderRange) => Err(Refusal::ApproverAgeNotAllowed { name }),
            Some(Unfit::Abroad) if opened(ExtendedService::OverseaSign) => Ok(()),
            Some(Unfit::Abroad) => Err(Refusal::ApproverFromAbroad { name }),
            Some(Unfit::CardExpired) => Err(Refusal::IdCardExpired { name }),
        }
    }
}

impl Registered for PrivatePerson {
    type Id = String;
    fn id(&self) -> &String {
        &self.mobile
    }
}
