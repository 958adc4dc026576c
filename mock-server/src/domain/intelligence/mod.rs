//! Contract intelligence (合同智能): tasks that read contracts and say something about them.
//!
//! Every kind of task has its own numbers for how far it is, which are its actions' dialect; here they all go the same way
//! ([`timing`]), cost one unit of the company's package each, are told of alike ([`news`]) and are kept in a register of their
//! kind. What a task finds is known when it is asked for and told at its end, since nothing it reads can change meanwhile.

pub mod comparison;
pub mod difference;
pub mod draft;
pub mod extraction;
pub mod news;
pub mod page;
pub mod review;
pub mod timing;

use comparison::Comparison;
use draft::Draft;
use extraction::{Extraction, FieldResult, FieldTemplate};
use review::checklist::Checklist;
use review::export::RiskExport;
use review::task::Review;
use timing::{Progress, Timing};

use super::ids::{OrganizationId, TaskId, UserId};
use super::register::Register;
use super::time::Timestamp;

/// How many tasks of a kind a world remembers; the oldest go first.
pub const TASKS_KEPT: usize = 2_000;

/// How many results of fields a world remembers; the oldest go first.
pub const FIELD_RESULTS_KEPT: usize = 50_000;

/// All tasks of a world.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct Intelligence {
    /// Two files that are compared.
    pub comparisons: Register<Comparison>,
    /// What companies want contracts to be looked at for.
    pub checklists: Register<Checklist>,
    /// Contracts that are reviewed.
    pub reviews: Register<Review>,
    /// Tables of risks that were marked.
    pub risk_exports: Register<RiskExport>,
    /// Contracts that are searched for fields.
    pub extractions: Register<Extraction>,
    /// What was found of each field.
    pub field_results: Register<FieldResult>,
    /// Fields that companies keep.
    pub field_templates: Register<FieldTemplate>,
    /// Contracts that are drafted.
    pub drafts: Register<Draft>,
}

impl Intelligence {
    /// What was found by a search, field by field; of one that failed, or was forgotten, nothing.
    pub fn results_of<'a>(&'a self, extraction: &'a Extraction) -> impl Iterator<Item = &'a FieldResult> {
        let ids = extraction.outcome.iter().flatten();
        ids.filter_map(|id| self.field_results.get(id.as_str()).map(AsRef::as_ref))
    }
}

/// Kinds of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Two files are compared.
    Comparison,
    /// A contract is reviewed.
    Review,
    /// A contract is searched for fields.
    Extraction,
    /// A contract is drafted.
    Draft,
}

/// What every task has.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The company that asked for it.
    pub organization: OrganizationId,
    /// Its employee who did.
    pub operator: UserId,
    /// What it is called in messages and bills: the name of its file.
    pub name: String,
    /// `UserData`; empty when nothing.
    pub user_data: String,
    /// When it goes on.
    pub timing: Timing,
}

impl Task {
    /// How far it is at `now`.
    #[must_use]
    pub fn progress(&self, now: Timestamp) -> Progress {
        self.timing.progress(now)
    }
}

/// What has to come right in a task: what it found, or why it failed.
pub type Outcome<Found> = Result<Found, Failed>;

/// Why a task failed, in the words of its answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Failed {
    /// In Chinese, as the vendor's messages are; the wording is ASSUMED.
    pub message: String,
}

impl Failed {
    /// The text of this file cannot be read.
    #[must_use]
    pub fn unreadable(file: &str) -> Self {
        Self { message: format!("文件解析失败：{file}") }
    }

    /// There is more text than is worked on.
    #[must_use]
    pub fn too_long() -> Self {
        Self { message: "文件内容过长".to_owned() }
    }
}

/// The extension of a file's name, in small letters; empty without one.
#[must_use]
pub fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
}
