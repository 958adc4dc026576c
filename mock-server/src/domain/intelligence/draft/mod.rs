//! Contracts that are drafted from what somebody wants (智能合同起草).

mod demand;
mod wording;

use std::sync::Arc;

use bytes::Bytes;

pub use self::demand::{Demand, forbidden};
pub use self::wording::write;
use super::{Failed, Outcome, Task};
use crate::documents::{Reading, plain_word};
use crate::domain::file::{Content, UploadedFile};
use crate::domain::ids::{FileId, TaskId};
use crate::domain::register::Registered;

/// The most bytes of a file a draft goes by: "不超过1M" (`api CreateDraftContractByPromptsTask`).
pub const MOST_BYTES: usize = 1024 * 1024;

/// A draft somebody asked for.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Draft {
    /// What every task has; its name is the contract's.
    pub task: Task,
    /// The file it becomes.
    pub outcome: Outcome<Drafted>,
}

impl Registered for Draft {
    type Id = TaskId;
    fn id(&self) -> &TaskId {
        &self.task.id
    }
}

/// A drafted contract.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Drafted {
    /// As an uploaded file.
    pub file: FileId,
    /// What it holds, which can be fetched longer.
    pub content: Arc<Content>,
}

/// In which language a contract is written (`api CreateDraftContractByPromptsTask.ContractLanguage`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum Tongue {
    /// `zh`
    #[default]
    #[serde(rename = "zh")]
    Chinese,
    /// `en`
    #[serde(rename = "en")]
    English,
}

/// A contract in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is called.
    pub name: String,
    /// Paragraph by paragraph, below the name.
    pub paragraphs: Vec<String>,
}

impl Text {
    /// The name and the paragraphs; what a Word file has no way to say is left out.
    fn lines(&self) -> Vec<String> {
        let sayable = |text: &String| text.chars().filter(|one| !one.is_control()).collect();
        [&self.name].into_iter().chain(&self.paragraphs).map(sayable).collect()
    }
}

/// What somebody wants, and what it goes by.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Their words.
    pub words: &'a str,
    /// A contract it is to be like.
    pub template: Option<&'a UploadedFile>,
    /// Rules it has to keep.
    pub rules: &'a [Arc<UploadedFile>],
    /// In which language.
    pub tongue: Tongue,
}

/// A contract, before it is anybody's.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What it is called.
    pub name: String,
    /// The Word file.
    pub content: Outcome<Arc<Content>>,
}

/// Writes the contract; it takes long when files are to be read, so that it is done before the world is opened.
#[must_use]
pub fn prepare(wanted: &Wanted<'_>) -> Prepared {
    let demand = Demand::read(wanted.words);
    let text = forbidden(wanted.words).and_then(|()| written(&demand, wanted));
    let name = text.as_ref().map_or_else(|_| demand.name.clone().unwrap_or_default(), |text| text.name.clone());
    let content = text.and_then(|text| {
        let bytes = plain_word(&text.lines()).map_err(|_| Failed::too_long())?;
        Ok(Arc::new(Content::new(Bytes::from(bytes), None)))
    });
    Prepared { name, content }
}

fn written(demand: &Demand, wanted: &Wanted<'_>) -> Outcome<Text> {
    let template = wanted.template.map(read).transpose()?;
    let rules = wanted.rules.iter().map(|file| Ok((file.name.as_str(), read(file)?)));
    let rules = rules.collect::<Outcome<Vec<_>>>()?;
    Ok(write(demand, template, &rules, wanted.tongue))
}

fn read(file: &UploadedFile) -> Outcome<&Reading> {
    file.content.reading().map_err(|_| Failed::unreadable(&file.name))
}

#[cfg(test)]
mod tests;
