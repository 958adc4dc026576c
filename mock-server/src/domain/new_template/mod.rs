//! What somebody wants a template to be, and what it must be then (`CreateEmbedWebUrl`: `CREATE_TEMPLATE`,
//! `MODIFY_TEMPLATE`).
//!
//! A change says the whole template anew. What it cannot say stays: the id, who made it and with which `UserData`, the kind
//! of its contracts, whether it is enabled. A party that is named by its slot keeps it, so that callers who know the slot go
//! on using it. Contracts, QR codes and prepared contracts hold what they were made from and never notice.

mod components;
mod unfit;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::components::Placing;
pub use self::unfit::Unfit;
use super::directory::Directory;
use super::event::Actor;
use super::file::Content;
use super::ids::{FileId, OrganizationId, RecipientId, TemplateId};
use super::launch::{NewComponent, SIGNERS};
use super::template::{Party, PartyKind, Template};
use super::time::Timestamp;

/// The longest name, in characters (`api OperateTemplate.TemplateName`).
pub const NAME_LENGTH: usize = 64;
/// The longest description, in characters (ASSUMED: as a contract's, `api CreateFlow.FlowDescription`).
pub const DESCRIPTION_LENGTH: usize = 1000;
/// The longest name of a party, in characters (`api ApproverInfo.ApproverRoleName`).
pub const ROLE_LENGTH: usize = 20;

/// A template somebody wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewTemplate {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether the parties may sign in any order.
    pub unordered: bool,
    /// Its document; left out, it keeps the one it has.
    pub document: Option<NewDocument>,
    /// What the initiator fills in.
    pub fills: Vec<NewComponent>,
    /// Its parties, in order.
    pub parties: Vec<NewParty>,
}

/// An uploaded file a template is to be made of.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDocument {
    /// The upload.
    pub file: FileId,
    /// What it is called, with extension.
    pub name: String,
    /// What it holds: a PDF.
    pub content: Arc<Content>,
}

/// A party somebody wants.
#[derive(Clone, Debug, PartialEq)]
pub struct NewParty {
    /// The slot it has already; a fresh one when left out.
    pub recipient: Option<RecipientId>,
    /// What it is called.
    pub role: String,
    /// What signs there.
    pub kind: PartyKind,
    /// What it signs with.
    pub components: Vec<NewComponent>,
    /// What it fills in.
    pub fills: Vec<NewComponent>,
}

/// Who makes a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Maker {
    /// The company that will have it.
    pub organization: OrganizationId,
    /// The employee who makes it.
    pub actor: Actor,
    /// What they want back in messages about it; empty when nothing.
    pub user_data: String,
}

impl Template {
    /// One with nothing in it yet: [`Self::changed`] makes it whole.
    #[must_use]
    pub fn blank(maker: Maker, id: TemplateId, promoter: RecipientId, now: Timestamp) -> Self {
        Self {
            id,
            organization: maker.organization,
            name: String::new(),
            description: String::new(),
            kind: String::new(),
            kind_id: String::new(),
            claimed: None,
            unordered: false,
            content: None,
            file: FileId::from(""),
            file_name: String::new(),
            promoter,
            fills: Vec::new(),
            parties: Vec::new(),
            enabled: true,
            creator: Some(maker.actor.user),
            created_at: now,
            user_data: maker.user_data,
            version: 0,
            saved_at: now,
        }
    }

    /// It as somebody wants it from `now` on, its next version. `fresh` draws slots for new parties.
    ///
    /// # Errors
    /// The first thing that is wrong: name and document, then the parties, then what they fill in and sign with.
    pub fn changed(
        &self,
        wanted: NewTemplate,
        directory: &Directory,
        mut fresh: impl FnMut() -> RecipientId,
        now: Timestamp,
    ) -> Result<Self, Unfit> {
        let name = wanted.name.trim();
        check_texts(name, &wanted.description)?;
        let (content, file, file_name) = match wanted.document {
            Some(document) => (document.content, document.file, document.name),
            None => match &self.content {
                Some(content) => (content.clone(), self.file.clone(), self.file_name.clone()),
                None => return Err(Unfit::DocumentMissing),
            },
        };
        self.check_parties(&wanted.parties, directory)?;
        let mut placing = Placing::new(self, &content, directory, &wanted.fills, &wanted.parties)?;
        let fills = placing.initiators(&wanted.fills)?;
        let mut parties = Vec::with_capacity(wanted.parties.len());
        for party in &wanted.parties {
            parties.push(Party {
                recipient: party.recipient.clone().unwrap_or_else(&mut fresh),
                role: party.role.trim().to_owned(),
                kind: party.kind,
                components: placing.signs(party)?,
                fills: placing.signers(party)?,
            });
        }
        Ok(Self {
            name: name.to_owned(),
            description: wanted.description,
            unordered: wanted.unordered,
            content: Some(content),
            file,
            file_name,
            fills,
            parties,
            version: self.version + 1,
            saved_at: now,
            ..self.clone()
        })
    }

    fn check_parties(&self, parties: &[NewParty], directory: &Directory) -> Result<(), Unfit> {
        if parties.is_empty() {
            return Err(Unfit::PartiesMissing);
        }
        // A template of more parties could not be used (`api CreateFlow.Approvers`).
        if parties.len() > SIGNERS {
            return Err(Unfit::TooManyParties);
        }
        let (mut roles, mut slots) = (BTreeSet::new(), BTreeSet::new());
        for party in parties {
            let role = party.role.trim();
            // `api ApproverInfo.ApproverRoleName`; that there is one, and only one of a name, is ASSUMED: it is how people
            // tell a template's parties apart.
            if role.is_empty() || role.chars().count() > ROLE_LENGTH || !role.chars().all(is_word) {
                return Err(Unfit::RoleInvalid { role: role.to_owned() });
            }
            if !roles.insert(role) {
                return Err(Unfit::RoleRepeated { role: role.to_owned() });
            }
            if let Some(slot) = &party.recipient {
                let own = self.parties.iter().any(|one| &one.recipient == slot);
                if !own || !slots.insert(slot) {
                    return Err(Unfit::SlotUnknown { slot: slot.to_string() });
                }
            }
        }
        self.check_machines(parties, directory)
    }

    /// A machine signs for companies that switched that on, and where it does, no signer fills in (`seed scenario-guide`).
    fn check_machines(&self, parties: &[NewParty], directory: &Directory) -> Result<(), Unfit> {
        if parties.iter().all(|one| one.kind != PartyKind::AutoSign) {
            return Ok(());
        }
        let company = directory.organizations.get(self.organization.as_str());
        if !company.is_some_and(|company| company.auto_sign) {
            return Err(Unfit::AutoSignNotOpened);
        }
        if parties.iter().any(|one| !one.fills.is_empty()) {
            return Err(Unfit::FillsBesideMachine);
        }
        Ok(())
    }
}

fn check_texts(name: &str, description: &str) -> Result<(), Unfit> {
    if name.is_empty() {
        return Err(Unfit::NameMissing);
    }
    if name.chars().count() > NAME_LENGTH || name.chars().any(char::is_control) {
        return Err(Unfit::NameInvalid);
    }
    if description.chars().count() > DESCRIPTION_LENGTH {
        return Err(Unfit::DescriptionTooLong);
    }
    Ok(())
}

/// Chinese characters, letters, digits and underscores (`api ApproverInfo`, `api Component`).
fn is_word(sign: char) -> bool {
    let chinese =
        matches!(sign, '〇' | '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    sign == '_' || sign.is_ascii_alphanumeric() || chinese
}
