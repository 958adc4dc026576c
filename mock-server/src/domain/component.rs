//! Components (控件): what a party signs with, and who may have which.

use super::approver::ApproverKind;
use crate::documents::Area;

/// A component on the pages of a document, already positioned: a keyword may have put it in several places.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// What it is.
    pub kind: ComponentKind,
    /// The caller's id for it.
    pub id: String,
    /// The caller's name for it.
    pub name: String,
    /// Its value, e.g. the seal of an auto-sign party; empty otherwise.
    pub value: String,
    /// Its `ComponentExtra`, unread: how text in it looks.
    pub extra: String,
    /// Where it stands.
    pub areas: Vec<Area>,
}

/// Kinds of components that are signed (`api Component.ComponentType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComponentKind {
    /// `SIGN_SEAL` 印章
    Seal,
    /// `SIGN_SIGNATURE` 手写签名
    Signature,
    /// `SIGN_DATE` 签署日期
    Date,
    /// `SIGN_LEGAL_PERSON_SEAL` 法定代表人章
    LegalPersonSeal,
}

impl ComponentKind {
    /// The kind with this wire name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        match name {
            "SIGN_SEAL" => Some(Self::Seal),
            "SIGN_SIGNATURE" => Some(Self::Signature),
            "SIGN_DATE" => Some(Self::Date),
            "SIGN_LEGAL_PERSON_SEAL" => Some(Self::LegalPersonSeal),
            _ => None,
        }
    }

    /// The wire name.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Seal => "SIGN_SEAL",
            Self::Signature => "SIGN_SIGNATURE",
            Self::Date => "SIGN_DATE",
            Self::LegalPersonSeal => "SIGN_LEGAL_PERSON_SEAL",
        }
    }

    /// Whether this party may have it: a person has no seals (`seed scenario-guide`), a machine no hand (`seed
    /// scenario-guide`); dates and a legal person's seal for a machine are ASSUMED allowed.
    #[must_use]
    pub fn allowed_for(self, kind: ApproverKind) -> bool {
        match kind {
            ApproverKind::Organization => true,
            ApproverKind::Person => matches!(self, Self::Signature | Self::Date),
            ApproverKind::OrganizationAutoSign => !self.is_handwritten(),
        }
    }

    /// Whether a person writes it by hand.
    #[must_use]
    pub fn is_handwritten(self) -> bool {
        self == Self::Signature
    }

    /// Whether a company's seal fills it.
    #[must_use]
    pub fn is_seal(self) -> bool {
        self == Self::Seal
    }
}
