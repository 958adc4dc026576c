//! Contract templates: a document, who signs it in which order, and what they fill in.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::approver::ApproverKind;
use super::component::Component;
use super::file::Content;
use super::ids::{FileId, OrganizationId, RecipientId, TemplateId, UserId};
use super::register::Registered;
use super::time::{Timestamp, beijing};

/// A template of a company.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The kind of contracts made from it (`UserFlowType`); empty when unsorted.
    pub kind: String,
    /// That kind's id; it follows from the kind when empty.
    pub kind_id: String,
    /// The platform's template it was claimed from, or that was pushed to its company.
    pub claimed: Option<Claimed>,
    /// Whether the parties may sign in any order.
    pub unordered: bool,
    /// Its document; one without cannot be used yet.
    pub content: Option<Arc<Content>>,
    /// The resource that document is.
    pub file: FileId,
    /// What the document is called, with extension.
    pub file_name: String,
    /// The initiator's slot, whose components `fills` are.
    pub promoter: RecipientId,
    /// What the initiator fills in.
    pub fills: Vec<Component>,
    /// Its parties, in the template's order.
    pub parties: Vec<Party>,
    /// Whether contracts may be made from it.
    pub enabled: bool,
    /// Who made it.
    pub creator: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
    /// What its maker wants back in messages about it (`api CreateEmbedWebUrl.UserData`); empty when nothing.
    pub user_data: String,
    /// How often it was saved.
    pub version: u32,
    /// When it was saved last.
    pub saved_at: Timestamp,
}

impl Registered for Template {
    type Id = TemplateId;
    fn id(&self) -> &TemplateId {
        &self.id
    }
}

impl Template {
    /// Whether the company's machine signs contracts made from it.
    #[must_use]
    pub fn signs_by_machine(&self) -> bool {
        self.parties.iter().any(|party| party.kind == PartyKind::AutoSign)
    }

    /// The id of the kind of contracts made from it (`UserFlowTypeId`), nothing when unsorted. A world file may say it; else it
    /// is a function of the company and the kind's name, so that all templates of a kind share it.
    #[must_use]
    pub fn flow_type_id(&self) -> Option<String> {
        if self.kind.is_empty() {
            None
        } else if self.kind_id.is_empty() {
            let digest = Sha256::digest(format!("{}/{}", self.organization, self.kind));
            Some(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
        } else {
            Some(self.kind_id.clone())
        }
    }

    /// The day it was saved and a number (`api TemplateInfo.TemplateVersion`); that the number counts on from day to day is
    /// ASSUMED.
    #[must_use]
    pub fn version_text(&self) -> String {
        let day = beijing(self.saved_at);
        format!("{:04}{:02}{:02}{:03}", day.year(), day.month(), day.day(), self.version)
    }

    /// A customer's own, made from this one of its platform's under ids of its own, at `now`.
    #[must_use]
    pub fn handed_to(
        &self,
        customer: OrganizationId,
        pushed: bool,
        id: TemplateId,
        slot: impl FnMut() -> RecipientId,
        now: Timestamp,
    ) -> Self {
        let claimed = Some(Claimed { id: self.id.clone(), name: self.name.clone(), pushed });
        let copy = self.copy(self.name.clone(), id, slot, now);
        Self { organization: customer, claimed, creator: None, enabled: true, ..copy }
    }

    /// Everything that is filled in or signed with.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.fills.iter().chain(self.parties.iter().flat_map(|one| one.fills.iter().chain(&one.components)))
    }

    /// Another like it, under ids of its own (`api OperateTemplate`, `COPY`; that its slots are new too is ASSUMED). It was
    /// not made on the page that takes `UserData`, and so brings none back (ASSUMED).
    #[must_use]
    pub fn copy(&self, name: String, id: TemplateId, mut slot: impl FnMut() -> RecipientId, now: Timestamp) -> Self {
        let promoter = slot();
        let party = |party: &Party| Party { recipient: slot(), ..party.clone() };
        let parties = self.parties.iter().map(party).collect();
        let user_data = String::new();
        Self { id, name, promoter, parties, created_at: now, user_data, version: 1, saved_at: now, ..self.clone() }
    }
}

/// What is known of the platform's template another was made from (`api TemplateInfo.ChannelTemplateId`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Claimed {
    /// Its id.
    pub id: TemplateId,
    /// Its name, then.
    pub name: String,
    /// Whether it was pushed, rather than claimed by hand.
    pub pushed: bool,
}

/// What is done to a template in the console or by `OperateTemplate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It is taken away.
    Delete,
    /// Contracts may be made from it from now on.
    Enable,
    /// None may be any more; those that run are left alone (`api OperateTemplate`).
    Disable,
    /// Another like it is made, of this name if one is given.
    Copy {
        /// The name.
        name: Option<String>,
    },
}

/// One party of a template.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Party {
    /// Its slot; the same in every contract made from the template.
    pub recipient: RecipientId,
    /// What it is called in the template, e.g. 甲方.
    pub role: String,
    /// What signs there.
    pub kind: PartyKind,
    /// What it signs with.
    pub components: Vec<Component>,
    /// What it fills in.
    pub fills: Vec<Component>,
}

/// What signs for a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A company through an employee.
    Organization,
    /// A person.
    Person,
    /// The initiating company, by machine.
    AutoSign,
}

impl PartyKind {
    /// What signs there, as contracts call it; companies and persons may do so in other ways too.
    #[must_use]
    pub fn signer(self) -> ApproverKind {
        match self {
            Self::Organization => ApproverKind::Organization,
            Self::Person => ApproverKind::Person,
            Self::AutoSign => ApproverKind::OrganizationAutoSign,
        }
    }

    /// What signs here when `kind` is announced: where the template has the company's machine sign, a company announced does so
    /// by machine (`api FlowApproverInfo.ApproverType`, `ex CreateFlowsByTemplates` by a template of that kind).
    #[must_use]
    pub fn cast(self, kind: ApproverKind) -> ApproverKind {
        match (self, kind) {
            (Self::AutoSign, ApproverKind::Organization) => ApproverKind::OrganizationAutoSign,
            (Self::Organization | Self::Person | Self::AutoSign, announced) => announced,
        }
    }

    /// Whether this signer may take the party's place: companies and persons in their own, by hand or by PIN; a machine of
    /// the company where the template says so (`api CreateFlow`: order and type must equal the template's).
    #[must_use]
    pub fn takes(self, kind: ApproverKind) -> bool {
        match self {
            Self::Organization => kind.is_organization() && kind != ApproverKind::OrganizationAutoSign,
            Self::Person => !kind.is_organization(),
            Self::AutoSign => kind == ApproverKind::OrganizationAutoSign,
        }
    }
}
