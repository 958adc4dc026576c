//! What came of a case: data first, text elsewhere.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::suite::case::{Basis, Case};
use crate::suite::matcher::Mismatch;

/// What came of one case at one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseResult {
    /// The case.
    pub id: String,
    /// What it shows, in a sentence.
    pub says: String,
    /// Where that is known from.
    pub source: String,
    /// How well.
    pub basis: Basis,
    /// Whether it was so.
    pub outcome: Outcome,
    /// What each call of it was answered.
    pub observations: Vec<Observation>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Whether a case was as it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Outcome {
    /// As it says.
    Agrees,
    /// Not as it says.
    Differs {
        /// At which step.
        step: StepName,
        /// What was otherwise.
        differences: Vec<Mismatch>,
    },
    /// Not tried, because the target lacks something.
    Skipped {
        /// What it lacks.
        reason: String,
    },
    /// The target would not let it be tried: no permission, no quota, a limit.
    Declined {
        /// At which step.
        step: StepName,
        /// The vendor's code and sentence.
        refusal: String,
    },
    /// It could not be tried to its end, and nothing can be said.
    Broken {
        /// At which step.
        step: StepName,
        /// What happened.
        reason: String,
    },
}

/// Where in a case something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepName {
    /// The file, from the suite's folder.
    pub file: String,
    /// The line in it.
    pub line: u64,
    /// What is done there.
    pub what: String,
}

impl std::fmt::Display for StepName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{} ({})", self.file, self.line, self.what)
    }
}

/// What a call was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The action.
    pub action: String,
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The content of `Response`.
    Answered(Value),
    /// The content of `Error`.
    Refused {
        /// The vendor's code.
        code: String,
        /// The vendor's sentence.
        message: String,
    },
    /// Nothing that can be read: what happened instead.
    Lost(String),
}

impl CaseResult {
    /// What came of a case.
    pub fn of(case: &Case, outcome: Outcome, observations: Vec<Observation>, took_ms: u64) -> Self {
        Self {
            id: case.id.clone(),
            says: case.says().to_owned(),
            source: case.source().to_owned(),
            basis: case.basis(),
            outcome,
            observations,
            took_ms,
        }
    }

    /// Whether the target was otherwise than a case says that can fail it: an assumed one only reports, except at the fake.
    pub fn fails(&self, is_fake: bool) -> bool {
        match &self.outcome {
            Outcome::Differs { .. } | Outcome::Broken { .. } => is_fake || self.basis != Basis::Assumed,
            Outcome::Agrees | Outcome::Skipped { .. } | Outcome::Declined { .. } => false,
        }
    }
}
