//! Running again what was not as a case says, to tell a difference from a target that is not always the same.

use crate::outcome::{CaseResult, Outcome};
use crate::redaction::Redaction;
use crate::run::{Plan, run};
use crate::suite::Suite;
use crate::suite::case::Case;
use crate::target::Target;
use crate::verdict::{Seen, is_steady};

/// What came of a case after it was run again as often as needed.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Of the last run; of the last that differed, when runs disagree.
    pub result: CaseResult,
    /// What came of every run, in order.
    pub runs: Vec<Outcome>,
}

impl Settled {
    /// What came of a single run.
    pub fn once(result: CaseResult) -> Self {
        Self { runs: vec![result.outcome.clone()], result }
    }

    /// What can be compared of each run.
    pub fn seen(&self, redaction: &Redaction) -> Vec<Seen> {
        self.runs.iter().map(|outcome| Seen::of(outcome, redaction)).collect()
    }

    fn add(&mut self, again: CaseResult) {
        self.runs.push(again.outcome.clone());
        if is_otherwise(&again.outcome) || !is_otherwise(&self.result.outcome) {
            self.result = again;
        }
    }
}

/// Runs cases, and what differs or breaks up to `reruns` times again, until two runs disagree.
pub async fn run_and_rerun(
    suite: &Suite,
    target: &Target,
    cases: Vec<Case>,
    plan: &Plan,
    reruns: usize,
    told: &(dyn Fn(&CaseResult) + Sync),
) -> Vec<Settled> {
    let redaction = Redaction::of(&target.profile);
    let first = run(suite, target, cases.clone(), plan, told).await;
    let mut settled: Vec<Settled> = first.into_iter().map(Settled::once).collect();
    for _ in 0..reruns {
        let doubtful = |one: &&mut Settled| is_otherwise(&one.result.outcome) && is_steady(&one.seen(&redaction));
        let mut doubtful: Vec<&mut Settled> = settled.iter_mut().filter(doubtful).collect();
        if doubtful.is_empty() {
            break;
        }
        // Sorted by id, as all results are.
        let is_doubtful = |case: &Case| doubtful.binary_search_by(|one| one.result.id.cmp(&case.id)).is_ok();
        let cases: Vec<Case> = cases.iter().filter(|case| is_doubtful(case)).cloned().collect();
        for again in run(suite, target, cases, plan, &|_| {}).await {
            if let Ok(at) = doubtful.binary_search_by(|one| one.result.id.cmp(&again.id)) {
                doubtful[at].add(again);
            }
        }
    }
    settled
}

fn is_otherwise(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Differs { .. } | Outcome::Broken { .. } => true,
        Outcome::Agrees | Outcome::Skipped { .. } | Outcome::Declined { .. } => false,
    }
}
