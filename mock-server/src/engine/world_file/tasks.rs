//! Tasks of a world file that were asked for before the world begins: conversions, archiving. By its beginning they have
//! ended, unless they were asked for seconds before.

use serde::Deserialize;

use super::span::{AN_HOUR, Span};
use crate::domain::archive::{ArchiveEntry, ArchiveTask, NewArchivedFlow};
use crate::domain::conversion::Conversion;
use crate::domain::ids::{FileId, FlowId};
use crate::engine::ids::Kind;
use crate::engine::world::World;

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
