//! What came of a run: data first ([`Report`]), and a file for each way to read it.

mod explained;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod progress;
pub mod terminal;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::baseline::{Baseline, places};
use crate::outcome::Outcome;
use crate::redaction::Redaction;
use crate::rerun::Settled;
use crate::suite::case::Basis;
use crate::verdict::{Seen, Verdict, because, fails, fails_beside, fake_is_wrong, is_steady, verdict};

/// What came of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What it ran against.
    pub target: String,
    /// When, as RFC 3339.
    pub began: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The folder the files are below.
    pub suite: String,
    /// How many cases of which standing.
    pub totals: Totals,
    /// Why cases were skipped, and how many for each reason.
    pub skipped: BTreeMap<String, usize>,
    /// How many cases of which verdict, when the target was compared with the fake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdicts: Option<BTreeMap<Verdict, usize>>,
    /// Every case, by id.
    pub cases: Vec<Entry>,
}

/// How many cases of which standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// All.
    pub cases: usize,
    /// As they say.
    pub agree: usize,
    /// Not as they say.
    pub differ: usize,
    /// Not the same each time.
    pub flaky: usize,
    /// The target would not let them be tried.
    pub declined: usize,
    /// They could not be tried to their end.
    pub broken: usize,
    /// The target lacks what they need.
    pub skipped: usize,
    /// Of those that differ, are flaky or broken: in the baseline.
    pub accepted: usize,
    /// What makes the run fail.
    pub failing: usize,
}

/// How a case stands after all its runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// As it says.
    Agrees,
    /// Not as it says.
    Differs,
    /// Not the same each time.
    Flaky,
    /// The target would not let it be tried.
    Declined,
    /// It could not be tried to its end.
    Broken,
    /// The target lacks what it needs.
    Skipped,
}

/// A case in a report.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The case.
    pub id: String,
    /// What it shows, in a sentence.
    pub says: String,
    /// Where that is known from.
    pub source: String,
    /// How well.
    pub basis: Basis,
    /// How it stands.
    pub standing: Standing,
    /// Whether it makes the run fail.
    pub fails: bool,
    /// What a baseline would have to name: the places that differ, or `broken`, `flaky`, `fake`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub differs: BTreeSet<String>,
    /// Why it is accepted, when the baseline has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// What came of every run of it, when it was run again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Outcome>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Who differs from whom, when the target was compared with the fake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
}

/// A case at the target and at the fake.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// Who differs.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub because: &'static str,
    /// What came of it at the fake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fake: Option<Outcome>,
    /// What came of it when the target was asked last before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Seen>,
}

/// What a run is told as.
pub struct About<'a> {
    /// What it ran against.
    pub target: &'a str,
    /// Whether that is ours, which has no excuse.
    pub is_fake: bool,
    /// When, as RFC 3339.
    pub began: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The folder the files are below.
    pub suite: String,
    /// How outcomes are made comparable.
    pub redaction: &'a Redaction,
    /// What is accepted.
    pub baseline: &'a Baseline,
    /// What the fake did and what the target did before, when that is compared.
    pub others: Option<Others<'a>>,
}

/// The other witnesses of a comparison.
pub struct Others<'a> {
    /// The fake's results, by case.
    pub fake: BTreeMap<String, Settled>,
    /// How the fake's outcomes are made comparable.
    pub fake_redaction: &'a Redaction,
    /// What the target did when it was asked last before, by case.
    pub before: BTreeMap<String, Seen>,
}

impl Report {
    /// What came of a run.
    pub fn of(settled: &[Settled], about: About<'_>) -> Self {
        let cases: Vec<Entry> = settled.iter().map(|one| entry(one, &about)).collect();
        let mut skipped = BTreeMap::new();
        for entry in &cases {
            if let Outcome::Skipped { reason } = &entry.outcome {
                *skipped.entry(reason.clone()).or_default() += 1;
            }
        }
        let verdicts = about.others.is_some().then(|| {
            let mut verdicts: BTreeMap<Verdict, usize> = Verdict::ALL.into_iter().map(|verdict| (verdict, 0)).collect();
            for compared in cases.iter().filter_map(|entry| entry.compared.as_ref()) {
                *verdicts.entry(compared.verdict).or_default() += 1;
            }
            verdicts
        });
        Self {
            target: about.target.to_owned(),
            began: about.began,
            took_ms: about.took_ms,
            suite: about.suite,
            totals: Totals::of(&cases),
            skipped,
            verdicts,
            cases,
        }
    }

    /// Whether something is otherwise than it must be.
    pub fn fails(&self) -> bool {
        self.totals.failing > 0
    }

    /// The command that runs one case of this report again.
    pub fn command(&self, entry: &Entry) -> String {
        let target = if self.target == "fake" { String::new() } else { format!(" --target {}", self.target) };
        format!("ess-conformance run{target} --only '{}'", entry.id)
    }
}

fn entry(settled: &Settled, about: &About<'_>) -> Entry {
    let result = &settled.result;
    let seen = settled.seen(about.redaction);
    let standing = Standing::of(&seen, &result.outcome);
    let beside = about.others.as_ref().map(|others| {
        let fake = others.fake.get(&result.id);
        (others, fake, fake.map(|fake| Seen::of(&fake.result.outcome, others.fake_redaction)))
    });
    let fake_seen = beside.as_ref().and_then(|(_, _, seen)| seen.as_ref());
    let differs = places(standing, &result.outcome, fake_is_wrong(fake_seen, &seen));
    let accepted = about.baseline.reason_for(&result.id, &differs).map(str::to_owned);
    let otherwise = match &beside {
        Some(_) => fails_beside(fake_seen, &seen, result.basis),
        None => fails(&seen, result.basis, about.is_fake),
    };
    let compared = beside.as_ref().map(|(others, fake, fake_seen)| {
        let before = others.before.get(&result.id);
        let verdict = verdict(fake_seen.as_ref(), &seen, before);
        Compared {
            verdict,
            because: because(verdict, fake_seen.as_ref(), &seen, result.basis),
            fake: fake.map(|fake| fake.result.outcome.clone()),
            before: before.cloned(),
        }
    });
    Entry {
        id: result.id.clone(),
        says: result.says.clone(),
        source: result.source.clone(),
        basis: result.basis,
        standing,
        fails: otherwise && accepted.is_none(),
        differs,
        accepted,
        outcome: result.outcome.clone(),
        runs: if settled.runs.len() > 1 { settled.runs.clone() } else { Vec::new() },
        took_ms: result.took_ms,
        compared,
    }
}

impl Standing {
    /// How a case stands, from what was seen in its runs and what the last one that matters came to.
    pub fn of(seen: &[Seen], outcome: &Outcome) -> Self {
        if !is_steady(seen) {
            return Self::Flaky;
        }
        match outcome {
            Outcome::Agrees => Self::Agrees,
            Outcome::Differs { .. } => Self::Differs,
            Outcome::Skipped { .. } => Self::Skipped,
            Outcome::Declined { .. } => Self::Declined,
            Outcome::Broken { .. } => Self::Broken,
        }
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Flaky => "flaky",
            Self::Declined => "declined",
            Self::Broken => "broken",
            Self::Skipped => "skipped",
        }
    }
}

impl Totals {
    fn of(cases: &[Entry]) -> Self {
        let count = |wanted: Standing| cases.iter().filter(|entry| entry.standing == wanted).count();
        Self {
            cases: cases.len(),
            agree: count(Standing::Agrees),
            differ: count(Standing::Differs),
            flaky: count(Standing::Flaky),
            declined: count(Standing::Declined),
            broken: count(Standing::Broken),
            skipped: count(Standing::Skipped),
            accepted: cases.iter().filter(|entry| entry.accepted.is_some()).count(),
            failing: cases.iter().filter(|entry| entry.fails).count(),
        }
    }
}

#[cfg(test)]
mod tests;
