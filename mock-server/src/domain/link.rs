//! Links that people open: whom they let in, to what, and until when.
//!
//! A link is never removed when it dies; whoever opens it is told that it is over. It expires by comparison, not by timer.

use super::claim::Preset;
use super::consent::Consent;
use super::customer::CustomerKey;
use super::deed::Deed;
use super::embedded_page::EmbeddedPage;
use super::h5::FACE;
use super::ids::{
    ApplicationId, CancelTaskId, FlowGroupId, FlowId, OpenId, OrganizationId, PreparationId, PreviewId, RecipientId,
    UserId,
};
use super::intelligence::page::IntelligencePage;
use super::intention::{Intention, NotAnswered, Recording};
use super::register::Registered;
use super::time::Timestamp;

/// The most contracts of one link (`api CreateBatchQuickSignUrl`, `api CreateBatchSignUrl`,
/// `api CreateOrganizationBatchSignUrl`).
pub const TASKS: usize = 100;

/// A link somebody was given.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Link {
    /// The tail of the short link; also `token` in the long one.
    pub token: String,
    /// `Code` in the long link; holds the token.
    pub code: String,
    /// `shortKey` in the long link; holds the token.
    pub short_key: String,
    /// What it opens.
    pub opens: Opens,
    /// Until when.
    pub expires_at: Timestamp,
    /// Whether it was opened, where that is done once.
    pub spent: bool,
    /// Whether what its page offers has been done, where that is done once.
    pub done: bool,
    /// Where the browser goes after signing.
    pub jump_url: Option<String>,
    /// What else was settled for it.
    pub terms: Terms,
}

impl Registered for Link {
    type Id = String;
    fn id(&self) -> &String {
        &self.token
    }
}

impl Link {
    /// The token inside a `shortKey` or a code, by which a page that is given only that finds its link.
    #[must_use]
    pub fn token_in(key: &str) -> Option<&str> {
        key.get(2..12)
    }

    /// Whether it is over at `now`.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// The signing page of one signer.
    Signing {
        /// The contract.
        flow: FlowId,
        /// The signer.
        recipient: RecipientId,
    },
    /// A look at the contract; for one signer, or for the initiator.
    Preview {
        /// The contract.
        flow: FlowId,
        /// The signer, `None` for the initiator.
        recipient: Option<RecipientId>,
    },
    /// The mini program's contract page (`CreateSchemeUrl` PathType 1 and 3): who opens it says who they are.
    Contract {
        /// The contract.
        flow: FlowId,
        /// The signer the caller named, when they did.
        recipient: Option<RecipientId>,
    },
    /// Several contracts of one signer, or open slots for one person to pick up.
    Batch(Batch),
    /// A look at a contract that was never launched.
    Unlaunched(PreviewId),
    /// The mini program's home page or contract list.
    MiniProgram,
    /// The page where cancelling many contracts is confirmed.
    CancelTask(CancelTaskId),
    /// A page of the console; it opens once.
    Embedded {
        /// Which.
        page: EmbeddedPage,
        /// The contract, template or seal it is about, if any.
        business: String,
        /// Whose console.
        organization: OrganizationId,
        /// Who asked for it, and acts on it.
        operator: UserId,
        /// The platform's application it was asked for through.
        #[serde(default)]
        application: Option<ApplicationId>,
        /// What a template made there brings back in messages (`UserData`); empty when nothing.
        user_data: String,
    },
    /// A page of contract intelligence; it opens once.
    Intelligence {
        /// Which.
        page: IntelligencePage,
        /// Whose.
        organization: OrganizationId,
        /// Who asked for it, and acts on it.
        operator: UserId,
    },
    /// The page where prepared contracts are launched.
    Preparation(PreparationId),
    /// A page where something is done about a company or one of its people.
    Deed {
        /// What.
        deed: Deed,
        /// The platform's application that hears of it.
        application: Option<ApplicationId>,
    },
    /// The certificate of a signed contract, for anybody.
    Certificate(FlowId),
    /// The page where somebody agrees to something.
    Consent(Consent),
    /// The way into a platform's console: a company proves who it is there, its people do, and then it opens, once.
    Console(Console),
    /// The ways in of several companies, by their tokens, for their one administrator.
    Consoles(Vec<String>),
    /// The page that hands documents out, in folders; it opens once.
    Downloads(Vec<Folder>),
    /// The invitation into the holding group of this company; any number may come by it.
    Invitation(OrganizationId),
}

/// Documents that are downloaded together (`api DownloadFlowInfo`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Folder {
    /// What the folder is called.
    pub name: String,
    /// The contracts.
    pub flows: Vec<FlowId>,
}

/// Who comes into a platform's console, and what for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Console {
    /// Which customer.
    pub customer: CustomerKey,
    /// Which of its people.
    pub operator: OpenId,
    /// How the company may prove who it is; as it likes when empty.
    pub ways: Vec<Way>,
}

/// How a company may prove who it is (`api CreateConsoleLoginUrl.AuthorizationTypes`, `api RegistrationOrganizationInfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 1: a letter of authorization.
    Letter,
    /// 2: its legal person authorizes the administrator.
    LegalPersonAuthorizes,
    /// 5: a letter together with a bank transfer.
    LetterAndTransfer,
    /// The administrator is the legal person. No number asks for it: it is offered where nothing else was asked for.
    LegalPerson,
}

impl Way {
    /// The way with this number.
    #[must_use]
    pub fn from_wire(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Letter),
            2 => Some(Self::LegalPersonAuthorizes),
            5 => Some(Self::LetterAndTransfer),
            _ => None,
        }
    }

    /// What is offered when nothing was asked for (ASSUMED: all that goes without a bank).
    pub const USUAL: [Self; 3] = [Self::LegalPerson, Self::LegalPersonAuthorizes, Self::Letter];
}

/// Several contracts behind one link.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Batch {
    /// The contracts, in the caller's order; [`TASKS`] at most.
    pub tasks: Vec<Task>,
    /// The group they are of: then all of it is signed at once, and refused one by one (`api CreateBatchQuickSignUrl`).
    pub group: Option<FlowGroupId>,
    /// Where it is opened.
    pub door: Door,
}

/// One contract of a batch.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Task {
    /// The contract.
    pub flow: FlowId,
    /// The signer, `None` when whoever opens it says who they are.
    pub recipient: Option<RecipientId>,
}

/// Where a batch is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// In a browser (`CreateBatchQuickSignUrl`).
    H5,
    /// In the mini program (`CreateBatchSignUrl`, `CreateSchemeUrl`).
    MiniProgram,
    /// In the console, as an embedded page (`CreateOrganizationBatchSignUrl`).
    Console,
}

/// What the caller settled for one link beside where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Terms {
    /// How the signer proves who they are behind this link, over what the contract says (`ApproverSignTypes`).
    pub sign_checks: Vec<i64>,
    /// What they are asked before the camera (`Intention`).
    pub intention: Option<Intention>,
    /// What they may sign with behind this link, over what the contract says (`SignatureTypes`).
    pub signature_kinds: Vec<i64>,
    /// Whether the way to refuse is hidden (`Hides`).
    pub hides_refusal: bool,
    /// Whether the way to hand the task on is.
    pub hides_transfer: bool,
    /// Whether all contracts may be refused at once (`CanBatchReject`).
    pub batch_refusal: bool,
    /// Whom open slots take.
    pub preset: Preset,
    /// Whether whoever picks up one open slot must pick up all (`DynamicReceiveType` 1).
    pub all_or_none: bool,
}

impl Terms {
    /// What is recorded of a signer who gives these answers behind this link.
    ///
    /// # Errors
    /// They do not answer what they are asked.
    pub fn record(&self, answers: &[String]) -> Result<Option<Recording>, NotAnswered> {
        match &self.intention {
            Some(intention) => intention.judge(answers).map(Some),
            None => Ok(self.sign_checks.contains(&FACE).then_some(Recording::Face)),
        }
    }
}
