//! What a file of cases says.

use std::collections::BTreeMap;
use std::sync::Arc;

use ess_schemas::Service;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use super::marks::{Capability, LimitMark, Transition};
use super::step::Step;

/// A file below `cases/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// The behaviour, in a sentence.
    pub says: String,
    /// Which page, example or recording says so.
    pub source: String,
    /// How well it is known.
    pub basis: Basis,
    /// What a target must be capable of beyond what the steps show.
    #[serde(default)]
    pub needs: Vec<Capability>,
    /// Free words to select by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Transitions that fail to happen if this fails.
    #[serde(default)]
    pub covers: Vec<Transition>,
    /// The limit this tests, and from which side.
    pub limit: Option<Spanned<LimitMark>>,
    /// Carried out once, before every row.
    #[serde(default)]
    pub before: Vec<Spanned<Step>>,
    /// Carried out for each row.
    pub steps: Vec<Spanned<Step>>,
    /// The rows of a table, by name.
    #[serde(default)]
    pub each: BTreeMap<String, Spanned<Row>>,
}

/// A row of a table: what it says of its own, and its values.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// What only this row shows.
    pub says: Option<String>,
    /// Where only this row is known from.
    pub source: Option<String>,
    /// How well this row is known.
    pub basis: Option<Basis>,
    /// What this row needs besides.
    #[serde(default)]
    pub needs: Vec<Capability>,
    /// Words of this row.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Transitions of this row.
    #[serde(default)]
    pub covers: Vec<Transition>,
    /// The limit of this row.
    pub limit: Option<Spanned<LimitMark>>,
    /// Everything else, as `${row.name}`.
    #[serde(flatten)]
    pub values: BTreeMap<String, Value>,
}

/// How well a behaviour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The vendor's pages or examples say so.
    Documented,
    /// It was seen on the wire.
    Observed,
    /// Nobody published it: it reports on a real target and never fails one.
    Assumed,
}

impl Basis {
    /// The word of the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Assumed => "assumed",
        }
    }
}

/// A file below `preparations/`: what several cases begin with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// What it brings about, in a sentence.
    pub says: String,
    /// Values a `use` may replace by its `with`.
    #[serde(default)]
    pub given: BTreeMap<String, Value>,
    /// What is carried out.
    pub steps: Vec<Spanned<Step>>,
    /// What it binds, by name.
    #[serde(default)]
    pub gives: BTreeMap<String, Value>,
}

/// One behaviour that passes or not: a file, or a row of its table.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its path, and its row's name behind it.
    pub id: String,
    /// The file it stands in.
    pub file: Arc<CaseFile>,
    /// The file's path below `cases/`, without `.yaml`.
    pub path: String,
    /// The row's name.
    pub row: Option<String>,
}

impl Case {
    /// Every case of a file.
    pub fn all_of(path: &str, file: &Arc<CaseFile>) -> Vec<Self> {
        let case = |row: Option<&String>| Self {
            id: row.map_or_else(|| path.to_owned(), |row| format!("{path}/{row}")),
            file: file.clone(),
            path: path.to_owned(),
            row: row.cloned(),
        };
        if file.each.is_empty() { vec![case(None)] } else { file.each.keys().map(|row| case(Some(row))).collect() }
    }

    /// The row's own words and values.
    pub fn row(&self) -> Option<&Row> {
        self.row.as_ref().and_then(|row| self.file.each.get(row)).map(|row| &row.value)
    }

    /// What `row` stands for. What only other rows say is null in this one; values may speak of names themselves.
    pub(crate) fn row_values(&self) -> Map<String, Value> {
        let others = self.file.each.values().flat_map(|other| other.value.values.keys());
        let mut values: Map<String, Value> = others.map(|name| (name.clone(), Value::Null)).collect();
        values.extend(self.row().map(|row| row.values.clone()).unwrap_or_default());
        values
    }

    /// The behaviour, in a sentence.
    pub fn says(&self) -> &str {
        self.row().and_then(|row| row.says.as_deref()).unwrap_or(&self.file.says)
    }

    /// Which page, example or recording says so.
    pub fn source(&self) -> &str {
        self.row().and_then(|row| row.source.as_deref()).unwrap_or(&self.file.source)
    }

    /// How well it is known.
    pub fn basis(&self) -> Basis {
        self.row().and_then(|row| row.basis).unwrap_or(self.file.basis)
    }

    /// The service whose folder it stands in.
    pub fn service(&self) -> Service {
        service_of(&self.path)
    }

    /// The vendor's chapter: the folder below the service's.
    pub fn chapter(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default()
    }

    /// Words to select by, the row's included.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.file.tags.iter().chain(self.row().into_iter().flat_map(|row| &row.tags)).map(String::as_str)
    }

    /// Transitions this case would miss.
    pub fn covers(&self) -> impl Iterator<Item = &Transition> {
        self.file.covers.iter().chain(self.row().into_iter().flat_map(|row| &row.covers))
    }

    /// What a target must be capable of, said or shown by the steps.
    pub fn needs(&self) -> Vec<Capability> {
        let said = self.file.needs.iter().chain(self.row().into_iter().flat_map(|row| &row.needs)).copied();
        let shown = self.file.before.iter().chain(&self.file.steps).flat_map(|step| step.value.needs());
        let mut needs: Vec<_> = said.chain(shown).collect();
        needs.sort();
        needs.dedup();
        needs
    }

    /// The limit this case tests.
    pub fn limit(&self) -> Option<&LimitMark> {
        let row = self.row().and_then(|row| row.limit.as_ref());
        row.or(self.file.limit.as_ref()).map(|mark| &mark.value)
    }
}

/// The service in whose folder a path stands.
pub(crate) fn service_of(path: &str) -> Service {
    if path.starts_with("essbasic/") { Service::Essbasic } else { Service::Ess }
}
