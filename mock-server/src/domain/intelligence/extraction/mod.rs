//! Fields that are searched for in a contract (合同智能提取).

mod search;

pub use self::search::{Found, search};
use super::{Failed, Outcome, Task};
use crate::domain::file::UploadedFile;
use crate::domain::ids::{FileId, OrganizationId, TaskId};
use crate::domain::register::Registered;

/// The most files that are searched at once (`api CreateBatchInformationExtractionTask`).
pub const FILES: usize = 5;

/// A field that is searched for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it is called, which is the label its value stands behind.
    pub name: String,
    /// How its value is read.
    #[serde(rename = "type", default)]
    pub kind: FieldKind,
    /// What it is about. Nothing here goes by it.
    #[serde(default)]
    pub description: String,
    /// Of which values its is one.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// How the value of a field is read (`api ExtractionField.Type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FieldKind {
    /// As it stands.
    #[default]
    Text,
    /// A day.
    Date,
    /// A number.
    Number,
    /// One of some values.
    Option,
}

impl FieldKind {
    /// The kind with this wire name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        [Self::Text, Self::Date, Self::Number, Self::Option].into_iter().find(|kind| kind.wire() == name)
    }

    /// The wire's word.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Date => "DATE",
            Self::Number => "NUMBER",
            Self::Option => "OPTION",
        }
    }
}

/// Fields a company keeps under one id (字段模板). No action makes them: they are made in the vendor's console, and here in world
/// files.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct FieldTemplate {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The fields.
    pub fields: Vec<Field>,
}

impl Registered for FieldTemplate {
    type Id = String;
    fn id(&self) -> &String {
        &self.id
    }
}

/// A search for fields in one file.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Extraction {
    /// What every task has.
    pub task: Task,
    /// The file.
    pub file: FileId,
    /// The id of its one part: a task of several files would have several (`api SubTaskFeedback`).
    pub part: String,
    /// The fields, in the order asked for.
    pub fields: Vec<Field>,
    /// Whether the file is a Word file, whose text flows.
    pub flowing: bool,
    /// The ids of what was found, field by field.
    pub outcome: Outcome<Vec<String>>,
}

impl Registered for Extraction {
    type Id = TaskId;
    fn id(&self) -> &TaskId {
        &self.task.id
    }
}

/// What was found of one field.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct FieldResult {
    /// Its id.
    pub id: String,
    /// The task it is of.
    pub task: TaskId,
    /// The company's.
    pub organization: OrganizationId,
    /// What was searched for.
    pub field: Field,
    /// Each value, with an id for its place.
    pub found: Vec<(String, Found)>,
    /// What somebody says of it.
    pub feedback: Feedback,
}

impl Registered for FieldResult {
    type Id = String;
    fn id(&self) -> &String {
        &self.id
    }
}

/// What somebody says of a result (`api FeedbackInfo`).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Feedback {
    /// 0 nothing, 1 it is right, 2 it is wrong.
    pub result: i64,
    /// Why it is wrong: 1 the search went wrong, 2 something else; 0 when it is not.
    pub reason: i64,
    /// The same in words.
    pub words: String,
}

/// What the fields' values are in a file; it takes long, so that it is found out before the world is opened.
///
/// # Errors
/// The file's text cannot be read.
pub fn extract(file: &UploadedFile, fields: &[Field]) -> Outcome<Vec<Vec<Found>>> {
    let reading = file.content.reading().map_err(|_| Failed::unreadable(&file.name))?;
    Ok(fields.iter().map(|field| search(reading, field)).collect())
}
