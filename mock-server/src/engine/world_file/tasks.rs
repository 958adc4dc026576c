//! Tasks of a world file that were asked for before the world begins: conversions, archiving, cancellations. By its
//! beginning they have ended, unless they were asked for seconds before, or wait for somebody to confirm.

use std::sync::Arc;

use bytes::Bytes;
use serde::Deserialize;

use super::span::{AN_HOUR, Span};
use super::yes;
use crate::documents::seal;
use crate::domain::archive::{ArchiveEntry, ArchiveTask, NewArchivedFlow};
use crate::domain::cancel_task::{CancelScope, CancelTask, DEFAULT_REASON, LINK_LIFETIME};
use crate::domain::conversion::Conversion;
use crate::domain::counter_sign::CounterSign;
use crate::domain::file::{Content, UploadedFile};
use crate::domain::ids::{ApplicationId, FileId, FlowId};
use crate::engine::ids::Kind;
use crate::engine::world::{Outbox, World};

/// A file that was to be converted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Conversion`")]
pub struct ConversionRow {
    pub id: String,
    /// The file that was uploaded, by id.
    pub file: String,
    /// The PDF it became, by id; it failed when left out.
    #[serde(default)]
    pub pdf: Option<String>,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// A file that was to be signed with the platform's own certificate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `CounterSign`")]
pub struct CounterSignRow {
    pub id: String,
    /// The file that was uploaded, by id.
    pub file: String,
    /// The id of what came of it; drawn when left out.
    #[serde(default)]
    pub signed: Option<String>,
    /// Why nothing came of it.
    #[serde(default)]
    pub failed: Option<String>,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// Files that were to be archived.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `ArchiveTask`")]
pub struct ArchiveTaskRow {
    pub id: String,
    pub contracts: Vec<ArchivedRow>,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// A contract that was signed elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `ArchivedFlow`")]
pub struct ArchivedRow {
    #[serde(default)]
    pub id: Option<String>,
    /// The file that was uploaded, by id.
    pub file: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub business: String,
}

/// Contracts that were to be withdrawn.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `CancelTask`")]
pub struct CancelTaskRow {
    pub id: String,
    /// Those of a link; all the company's open ones when left out.
    #[serde(default)]
    pub contracts: Option<Vec<String>>,
    /// Whether somebody confirmed on the link.
    #[serde(default = "yes")]
    pub confirmed: bool,
    /// The company; the first one when left out.
    #[serde(default)]
    pub organization: Option<String>,
    /// The platform's application it was asked for in.
    #[serde(default)]
    pub application: Option<String>,
}

impl CancelTaskRow {
    /// Puts the task into the world, and runs it.
    ///
    /// # Errors
    /// A company that is not there, or has nobody who could ask.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let directory = &world.directory;
        let company = match &self.organization {
            Some(id) => directory.organizations.get(id.as_str()),
            None => directory.organizations.iter().next(),
        };
        let company = company.ok_or("organization: it is not in the file")?.id.clone();
        let operator = directory.employees.iter().find(|one| one.organization == company);
        let operator = operator.ok_or("organization: it has no employee")?.as_ref().clone();
        let (now, mut told) = (world.now, Outbox::new());
        let application = self.application.as_deref().map(ApplicationId::from);
        let task = CancelTask {
            id: self.id.as_str().into(),
            flows: match &self.contracts {
                Some(ids) => ids.iter().map(|id| id.as_str().into()).collect(),
                None => world.open_flows_of(&company, application.as_ref()),
            },
            organization: company,
            application,
            scope: match &self.contracts {
                Some(_) => CancelScope::Link { operator: Box::new(operator), expires_at: now.plus(LINK_LIFETIME) },
                None => CancelScope::Organization { reason: DEFAULT_REASON.to_owned() },
            },
            outcome: None,
        };
        world.add_cancel_task(task, now);
        let number = world.cancel_tasks.number(self.id.as_str()).filter(|_| self.confirmed);
        if let Some(number) = number {
            world.run_cancel_task(number, None, now, &mut told);
        }
        Ok(())
    }
}

impl CounterSignRow {
    /// Puts the task into the world, and what came of it.
    ///
    /// # Errors
    /// A file that is not there, or no PDF.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let source = world.files.get(self.file.as_str()).cloned();
        let source = source.ok_or_else(|| format!("file: there is no `{}`", self.file))?;
        let pages = source.content.pages.clone().ok_or_else(|| format!("file: `{}` is no PDF", self.file))?;
        let asked = world.now.minus(self.asked.unwrap_or(AN_HOUR).0);
        let ends_at = asked.plus(CounterSign::duration(source.content.bytes.len()));
        let outcome = match &self.failed {
            Some(why) => Err(why.clone()),
            None => {
                let id = self.signed.clone().unwrap_or_else(|| world.ids.next(Kind::File));
                let signed = seal(source.content.bytes.to_vec(), source.id.as_str(), &world.ids.sealing_key());
                let content = Arc::new(Content::new(Bytes::from(signed), Some(pages)));
                let id = FileId::from(id);
                world.add_file(UploadedFile { id: id.clone(), content, ..(*source).clone() }, world.now);
                Ok(id)
            }
        };
        let (owner, id) = (source.owner.clone(), self.id.as_str().into());
        world.counter_signs.insert(CounterSign { id, owner, source: source.id.clone(), ends_at, outcome });
        Ok(())
    }
}

impl ConversionRow {
    /// Puts the conversion into the world.
    ///
    /// # Errors
    /// A file that is not there.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let source = world.files.get(self.file.as_str()).ok_or_else(|| format!("file: there is no `{}`", self.file))?;
        let pdf = match &self.pdf {
            Some(id) if world.files.get(id.as_str()).is_none() => return Err(format!("pdf: there is no `{id}`")),
            Some(id) => Some(FileId::from(id.as_str())),
            None => None,
        };
        let conversion =
            Conversion::new(self.id.as_str().into(), source, pdf, self.asked.unwrap_or(AN_HOUR).before(world.now));
        world.conversions.insert(conversion);
        Ok(())
    }
}

impl ArchiveTaskRow {
    /// Puts the task and what came of it into the world.
    ///
    /// # Errors
    /// No contract, a file that is not there, or one that was uploaded for something else.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let at = self.asked.unwrap_or(AN_HOUR).before(world.now);
        let mut owner = None;
        let mut entries = Vec::new();
        for row in &self.contracts {
            let file = world
                .files
                .get(row.file.as_str())
                .cloned()
                .ok_or_else(|| format!("file: there is no `{}`", row.file))?;
            let id = row.id.clone().unwrap_or_else(|| world.ids.next(Kind::ArchivedFlow));
            let new = NewArchivedFlow { name: row.name.clone(), ..NewArchivedFlow::default() };
            let archived = new.archive(FlowId::from(id.as_str()), &file, at);
            let archived = archived.map_err(|refusal| format!("`{id}`: a rule refuses it: {refusal:?}"))?;
            entries.push(ArchiveEntry {
                business: row.business.clone(),
                file: file.id.clone(),
                outcome: Ok(archived.id.clone()),
            });
            world.archived.insert(archived);
            owner = Some(file.owner.clone());
        }
        let owner = owner.ok_or("contracts: at least one is needed")?;
        world.archive_tasks.insert(ArchiveTask { id: self.id.as_str().into(), owner, created_at: at, entries });
        Ok(())
    }
}
