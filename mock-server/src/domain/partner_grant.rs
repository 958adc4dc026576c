//! A company lets a partner's, or its platform's, contracts be sealed by its own machine (合作企业授权签).
//!
//! Asked for by either side, given by the signature of the side whose seals they are (`api CreatePartnerAutoSignAuthUrl`).

use super::ids::{ApplicationId, OrganizationId, UserId};
use super::refusal::Refusal;
use super::register::Registered;
use super::seal::SealKind;
use super::time::Timestamp;

/// Such a grant.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct PartnerGrant {
    /// By what it is found, as [`PartnerGrant::key`] makes it.
    pub key: String,
    /// Whose machine seals.
    pub granting: OrganizationId,
    /// Who may launch contracts it seals.
    pub partner: OrganizationId,
    /// The application both are customers of; a platform's own grant holds for it alone.
    pub application: Option<ApplicationId>,
    /// The seals it may use; any when empty.
    pub seals: Vec<SealKind>,
    /// The application both are customers of is what it was granted to (`PlatformAppAuthorization`).
    pub to_platform: bool,
    /// Who signed it.
    pub signed_by: Option<UserId>,
    /// How far it is.
    pub state: GrantState,
}

/// How far such a grant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// It waits to be signed, until its link is over.
    Pending {
        /// The end of the link.
        until: Timestamp,
    },
    /// It holds.
    Given {
        /// Since when.
        at: Timestamp,
    },
}

impl Registered for PartnerGrant {
    type Id = String;
    fn id(&self) -> &String {
        &self.key
    }
}

impl PartnerGrant {
    /// By what the grant of one company to another is found.
    #[must_use]
    pub fn key(granting: &OrganizationId, partner: &OrganizationId) -> String {
        format!("{granting}/{partner}")
    }

    /// Whether it holds.
    #[must_use]
    pub fn is_given(&self) -> bool {
        matches!(self.state, GrantState::Given { .. })
    }

    /// Whether a seal of this kind may be used.
    #[must_use]
    pub fn covers(&self, kind: SealKind) -> bool {
        self.is_given() && (self.seals.is_empty() || self.seals.contains(&kind))
    }

    /// Asks whether it may be asked for.
    ///
    /// # Errors
    /// It holds, or waits to be signed (ASSUMED, `api CreatePartnerAutoSignAuthUrl` says it is not asked for twice).
    pub fn ensure_free(&self, now: Timestamp) -> Result<(), Refusal> {
        let taken = match self.state {
            GrantState::Given { .. } => true,
            GrantState::Pending { until } => now < until,
        };
        if taken { Err(Refusal::PartnerGrantExists { partner: self.partner.to_string() }) } else { Ok(()) }
    }

    /// It is signed.
    pub fn give(&mut self, by: UserId, seals: Vec<SealKind>, now: Timestamp) {
        self.state = GrantState::Given { at: now };
        self.seals = seals;
        self.signed_by = Some(by);
    }
}
