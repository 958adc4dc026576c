//! Tasks of contract intelligence of a world file, asked for before the world begins: comparisons, searches for fields, drafts. What they
//! find is found in the files. By the world's beginning they have ended and been told of, unless they were asked for seconds before.

use std::sync::Arc;

use serde::Deserialize;

use super::span::{AN_HOUR, Span};
use crate::documents::Revisions;
use crate::domain::file::UploadedFile;
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::intelligence::comparison::compare;
use crate::domain::intelligence::draft::{Tongue, Wanted, prepare};
use crate::domain::intelligence::extraction::{Field, FieldTemplate, extract};
use crate::domain::intelligence::{Task, TaskKind};
use crate::engine::intelligence::NewTask;
use crate::engine::intelligence::comparing::NewComparison;
use crate::engine::intelligence::extracting::NewExtraction;
use crate::engine::world::World;

/// Two files that were to be compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Comparison`")]
pub struct ComparisonRow {
    pub id: String,
    /// The older file, by id; its company asked.
    pub original: String,
    /// The newer one.
    pub newer: String,
    #[serde(default)]
    pub comment: String,
    #[serde(default)]
    pub user_data: String,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// A file that was to be searched for fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Extraction`")]
pub struct ExtractionRow {
    pub id: String,
    /// The file, by id; its company asked.
    pub file: String,
    pub fields: Vec<Field>,
    /// The ids of the fields' results, in order. Drawn where left out.
    #[serde(default)]
    pub results: Vec<String>,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// A contract that was to be drafted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Draft`")]
pub struct DraftRow {
    pub id: String,
    /// The company; the first one when left out.
    #[serde(default)]
    pub organization: Option<String>,
    /// What was wanted.
    pub requirement: String,
    #[serde(default)]
    pub language: Tongue,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// Fields a company keeps under one id.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `FieldTemplate`")]
pub struct FieldTemplateRow {
    pub id: String,
    pub fields: Vec<Field>,
}

impl ComparisonRow {
    /// Puts the comparison into the world.
    ///
    /// # Errors
    /// A file that is not there, or whose company has nobody who could ask.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let (original, newer) = (file(world, "original", &self.original)?, file(world, "newer", &self.newer)?);
        let operator = somebody(world, &original.owner)?;
        let (organization, user_data) = (original.owner.clone(), self.user_data.clone());
        let new = NewTask { organization, operator, name: newer.name.clone(), user_data };
        let task = world.earlier_task(&self.id, new, self.asked.unwrap_or(AN_HOUR).before(world.now));
        let outcome = compare(&original, &newer, Revisions::AsTheyStand);
        let comment = self.comment.clone();
        let number = world.keep_comparison(task.clone(), NewComparison { original, newer, comment, outcome });
        await_end(world, TaskKind::Comparison, number, &task);
        Ok(())
    }
}

impl ExtractionRow {
    /// Puts the search into the world.
    ///
    /// # Errors
    /// A file that is not there, or whose company has nobody who could ask.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let file = file(world, "file", &self.file)?;
        let operator = somebody(world, &file.owner)?;
        let organization = file.owner.clone();
        let new = NewTask { organization, operator, name: file.name.clone(), user_data: String::new() };
        let task = world.earlier_task(&self.id, new, self.asked.unwrap_or(AN_HOUR).before(world.now));
        let (outcome, fields) = (extract(&file, &self.fields), self.fields.clone());
        let number = world.keep_extraction(task.clone(), NewExtraction { file, fields, outcome }, &self.results);
        await_end(world, TaskKind::Extraction, number, &task);
        Ok(())
    }
}

impl DraftRow {
    /// Puts the draft into the world.
    ///
    /// # Errors
    /// A company that is not there, or has nobody who could ask.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let organization = match &self.organization {
            Some(id) => world.directory.organizations.get(id.as_str()),
            None => world.directory.organizations.iter().next(),
        };
        let organization = organization.ok_or("organization: it is not in the file")?.id.clone();
        let operator = somebody(world, &organization)?;
        let drafted = prepare(&Wanted { words: &self.requirement, template: None, rules: &[], tongue: self.language });
        let new = NewTask { organization, operator, name: drafted.name, user_data: String::new() };
        let task = world.earlier_task(&self.id, new, self.asked.unwrap_or(AN_HOUR).before(world.now));
        let number = world.keep_draft(task.clone(), drafted.content, world.now);
        await_end(world, TaskKind::Draft, number, &task);
        Ok(())
    }
}

impl FieldTemplateRow {
    /// Gives the company its fields.
    pub(super) fn settle(&self, owner: &str, world: &mut World) {
        let (id, fields) = (self.id.clone(), self.fields.clone());
        world.intelligence.field_templates.insert(FieldTemplate { id, organization: owner.into(), fields });
    }
}

fn file(world: &World, what: &str, id: &str) -> Result<Arc<UploadedFile>, String> {
    world.files.get(id).cloned().ok_or_else(|| format!("{what}: there is no `{id}`"))
}

fn somebody(world: &World, company: &OrganizationId) -> Result<UserId, String> {
    let somebody = world.directory.employees.iter().find(|one| &one.organization == company);
    Ok(somebody.ok_or("organization: it has no employee")?.id.clone())
}

/// One that is over by the world's beginning is told to nobody.
fn await_end(world: &mut World, kind: TaskKind, number: u64, task: &Task) {
    if task.timing.ends_at > world.now {
        world.await_end_of_task(kind, number, task);
    }
}
