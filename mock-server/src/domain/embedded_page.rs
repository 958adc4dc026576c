//! Pages of the console that a caller's own page embeds (`api CreateEmbedWebUrl.EmbedType`).

use std::time::Duration;

use super::right::Right;
use super::time::MINUTE;

/// How long one can be opened (`api CreateEmbedWebUrl`); it opens once.
///
/// Where something is made or changed, whoever opened the page may send its form until that time is over, and have it refused
/// and send it again; what it offers is done once. ASSUMED: the vendor's page has a session of its own that says how long; the
/// code in the address is all that ties a form to its page here, and a form that cannot be sent would be of no use.
pub const LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// An embedded page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmbeddedPage {
    /// `CREATE_SEAL`
    CreateSeal,
    /// `CREATE_TEMPLATE`
    CreateTemplate,
    /// `MODIFY_TEMPLATE`
    ModifyTemplate,
    /// `CREATE_CONTRACT_DRAFT_COOPEDIT`
    DraftTogether,
    /// `PREVIEW_TEMPLATE`
    Template,
    /// `PREVIEW_SEAL_LIST`
    Seals,
    /// `PREVIEW_SEAL_DETAIL`
    Seal,
    /// `EXTEND_SERVICE`
    ExtendedServices,
    /// `PREVIEW_FLOW`
    Flow,
    /// `PREVIEW_FLOW_DETAIL`
    FlowDetail,
    /// `CHANNEL_TEMPLATE`
    PlatformTemplates,
    /// `CHANNEL_COMPONENT`
    PlatformComponents,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A contract.
    Flow,
    /// A template.
    Template,
    /// A seal.
    Seal,
    /// An uploaded file, or nothing.
    File,
    /// Nothing in particular.
    Nothing,
}

impl EmbeddedPage {
    /// The page of this name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        Some(match name {
            "CREATE_SEAL" => Self::CreateSeal,
            "CREATE_TEMPLATE" => Self::CreateTemplate,
            "MODIFY_TEMPLATE" => Self::ModifyTemplate,
            "CREATE_CONTRACT_DRAFT_COOPEDIT" => Self::DraftTogether,
            "PREVIEW_TEMPLATE" => Self::Template,
            "PREVIEW_SEAL_LIST" => Self::Seals,
            "PREVIEW_SEAL_DETAIL" => Self::Seal,
            "EXTEND_SERVICE" => Self::ExtendedServices,
            "PREVIEW_FLOW" => Self::Flow,
            "PREVIEW_FLOW_DETAIL" => Self::FlowDetail,
            "CHANNEL_TEMPLATE" => Self::PlatformTemplates,
            "CHANNEL_COMPONENT" => Self::PlatformComponents,
            _ => return None,
        })
    }

    /// What somebody must be allowed to be let in, where something is made or changed. To look on, it is enough to get the link
    /// (ASSUMED).
    #[must_use]
    pub const fn right(self) -> Option<Right> {
        match self {
            Self::CreateSeal => Some(Right::CreateSeal),
            Self::CreateTemplate => Some(Right::CreateTemplate),
            Self::ModifyTemplate => Some(Right::EditTemplate),
            Self::DraftTogether
            | Self::Template
            | Self::Seals
            | Self::Seal
            | Self::ExtendedServices
            | Self::Flow
            | Self::FlowDetail
            | Self::PlatformTemplates
            | Self::PlatformComponents => None,
        }
    }

    /// What it must be told to be about.
    #[must_use]
    pub const fn subject(self) -> Subject {
        match self {
            Self::Flow | Self::FlowDetail => Subject::Flow,
            Self::Template | Self::ModifyTemplate => Subject::Template,
            Self::Seal => Subject::Seal,
            Self::CreateTemplate => Subject::File,
            Self::CreateSeal
            | Self::DraftTogether
            | Self::Seals
            | Self::ExtendedServices
            | Self::PlatformTemplates
            | Self::PlatformComponents => Subject::Nothing,
        }
    }

    /// Its address: the page's name and what kind of thing it is about. Of contracts' details (with two slashes before the
    /// name) and of making seals `ex CreateEmbedWebUrl`; the others ASSUMED, alike.
    #[must_use]
    pub const fn address(self) -> (&'static str, &'static str) {
        match self {
            Self::Flow => ("/contract-preview", "DOCUMENT"),
            Self::FlowDetail => ("//contract-details", "DOCUMENT"),
            Self::CreateSeal => ("/seal-create", "SEAL"),
            Self::Seals => ("/seal-list", "SEAL"),
            Self::Seal => ("/seal-detail", "SEAL"),
            Self::CreateTemplate => ("/template-create", "TEMPLATE"),
            Self::ModifyTemplate => ("/template-modify", "TEMPLATE"),
            Self::Template => ("/template-preview", "TEMPLATE"),
            Self::DraftTogether => ("/contract-draft", "DOCUMENT"),
            Self::ExtendedServices => ("/extend-service", "EXTEND_SERVICE"),
            Self::PlatformTemplates => ("/channel-template", "TEMPLATE"),
            Self::PlatformComponents => ("/channel-component", "TEMPLATE"),
        }
    }
}
