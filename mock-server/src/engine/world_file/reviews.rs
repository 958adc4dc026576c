//! Checklists of a world file, and what was asked for before the world begins: reviews of contracts, tables of marked risks.

use serde::Deserialize;

use super::span::{AN_HOUR, Span};
use super::yes;
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::intelligence::review::checklist::{Category, Checklist, Level, Point, Side};
use crate::domain::intelligence::review::examining::examine;
use crate::domain::intelligence::review::export::{RiskExport, columns};
use crate::domain::intelligence::review::judging::{Policy, Role};
use crate::domain::intelligence::review::task::{Review, Wanted};
use crate::domain::intelligence::timing::Timing;
use crate::domain::intelligence::{Failed, Task, TaskKind};
use crate::engine::intelligence::reviewing::ensure_reviewable;
use crate::engine::world::World;

/// A list of what contracts are looked at for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Checklist`")]
pub struct ChecklistRow {
    pub id: String,
    pub name: String,
    #[serde(default = "yes")]
    pub enabled: bool,
    pub categories: Vec<CategoryRow>,
}

/// A group of points.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Category`")]
pub struct CategoryRow {
    pub name: String,
    pub points: Vec<PointRow>,
}

/// A point. What a contract must have, unless it says otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Point`")]
pub struct PointRow {
    /// Its words.
    pub summary: String,
    #[serde(default)]
    pub explanation: String,
    #[serde(default = "middle")]
    pub level: Level,
    #[serde(default = "yes")]
    pub indispensable: bool,
    /// How it must be put.
    #[serde(default)]
    pub reference: String,
    #[serde(default)]
    pub suggestion: String,
    #[serde(default)]
    pub labels: Vec<String>,
}

fn middle() -> Level {
    Level::Middle
}

impl ChecklistRow {
    /// Gives the company its list.
    ///
    /// # Errors
    /// Nobody could work with it.
    pub(super) fn settle(&self, owner: &str, user: Option<&str>, world: &mut World) -> Result<(), String> {
        let list = Checklist {
            id: self.id.as_str().into(),
            organization: Some(owner.into()),
            name: self.name.clone(),
            enabled: self.enabled,
            categories: self.categories.iter().map(CategoryRow::build).collect(),
            updater: user.map(Into::into),
            updated_at: world.now,
        };
        list.check().map_err(|refusal| format!("a rule refuses it: {refusal:?}"))?;
        world.keep_checklist(list);
        Ok(())
    }
}

impl CategoryRow {
    fn build(&self) -> Category {
        Category { name: self.name.clone(), points: self.points.iter().map(PointRow::build).collect() }
    }
}

impl PointRow {
    fn build(&self) -> Point {
        let explanation = if self.explanation.is_empty() { &self.summary } else { &self.explanation };
        Point {
            id: String::new(),
            summary: self.summary.clone(),
            explanation: explanation.clone(),
            level: self.level,
            indispensable: self.indispensable,
            as_reference: !self.reference.is_empty(),
            reference: self.reference.clone(),
            suggestion: self.suggestion.clone(),
            ai_suggestion: String::new(),
            labels: self.labels.clone(),
            side: Side::Everybody,
        }
    }
}

/// A review of a contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Review`")]
pub struct ReviewRow {
    pub id: String,
    /// The file, by id; its company asked.
    pub file: String,
    /// Lists it goes by; chosen by the contract when left out.
    #[serde(default)]
    pub checklists: Vec<String>,
    /// In whose interest; chosen by the contract when left out.
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub policy: Policy,
    /// Whether the vendor's own list is added.
    #[serde(default = "yes")]
    pub general: bool,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
    /// The ids of what it finds, in order: of risks, then of what holds. Drawn where left out.
    #[serde(default)]
    pub found: Vec<String>,
}

impl ReviewRow {
    /// Puts the review into the world; one that is over by its beginning is told to nobody.
    ///
    /// # Errors
    /// A file or a list that is not there, or cannot be used.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let refused = |refusal| format!("a rule refuses it: {refusal:?}");
        let file = world.files.get(self.file.as_str()).cloned();
        let file = file.ok_or_else(|| format!("file: there is no `{}`", self.file))?;
        ensure_reviewable(&file).map_err(refused)?;
        let wanted = Wanted {
            checklists: self.checklists.iter().map(|id| id.as_str().into()).collect(),
            roles: self.role.iter().map(|name| Role { name: name.clone(), description: String::new() }).collect(),
            policy: self.policy,
            general: self.general,
            comment: String::new(),
        };
        world.ensure_usable_checklists(&wanted.checklists, &file.owner).map_err(refused)?;
        let lists: Vec<Checklist> = world.checklists_of(&file.owner).iter().map(|list| list.as_ref().clone()).collect();
        let outcome = match file.content.reading() {
            Ok(reading) if !reading.lines.is_empty() => Ok(world.report(examine(reading, &lists, &wanted))),
            Ok(_) | Err(_) => Err(Failed::unreadable(&file.name)),
        };
        let outcome = outcome.map(|mut report| {
            let risks = report.risks.iter_mut().map(|one| &mut one.id);
            let passed = report.passed.iter_mut().map(|one| &mut one.id);
            risks.chain(passed).zip(&self.found).for_each(|(id, named)| id.clone_from(named));
            report
        });
        let asked_at = self.asked.unwrap_or(AN_HOUR).before(world.now);
        let task = Task {
            id: self.id.as_str().into(),
            organization: file.owner.clone(),
            operator: operator_of(&file.owner, world),
            name: file.name.clone(),
            user_data: String::new(),
            timing: Timing::begun(asked_at, world.settings.intelligence_delay()),
        };
        let ends_at = task.timing.ends_at;
        let number = world.intelligence.reviews.insert(Review { task: task.clone(), file, wanted, outcome });
        if ends_at > world.now {
            world.await_end_of_task(TaskKind::Review, number, &task);
        }
        Ok(())
    }
}

/// Whoever the file names first.
fn operator_of(company: &OrganizationId, world: &World) -> UserId {
    let first = world.directory.employees.iter().find(|one| &one.organization == company);
    first.map_or_else(|| "".into(), |one| one.id.clone())
}

/// A table of marked risks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `RiskExport`")]
pub struct RiskExportRow {
    pub id: String,
    pub organization: String,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

impl RiskExportRow {
    /// Puts it into the world; nothing was marked before it begins.
    ///
    /// # Errors
    /// A company that is not there.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let company = world.directory.organizations.get(self.organization.as_str());
        let organization =
            company.ok_or_else(|| format!("organization: there is no `{}`", self.organization))?.id.clone();
        let asked_at = self.asked.unwrap_or(AN_HOUR).before(world.now);
        world.intelligence.risk_exports.insert(RiskExport {
            id: self.id.as_str().into(),
            organization,
            timing: Timing::begun(asked_at, world.settings.intelligence_delay()),
            rows: vec![columns()],
        });
        Ok(())
    }
}
