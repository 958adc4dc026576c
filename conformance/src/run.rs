//! Running cases: files side by side, each in a world of its own; rows of a table one after the other in its world.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::stream::{self, StreamExt as _};

use crate::clock::Stopwatch;
use crate::inbox::Inbox;
use crate::outcome::{CaseResult, Outcome, StepName};
use crate::stage::Stage;
use crate::stage::watch::Watch;
use crate::suite::Suite;
use crate::suite::case::Case;
use crate::suite::marks::Capability;
use crate::suite::rehearsal::Rehearsal;
use crate::target::{Target, World};

/// How cases are run.
pub struct Plan {
    /// How many files at once.
    pub jobs: usize,
    /// Ends after the first case that fails.
    pub fail_fast: bool,
    /// Who looks at calls.
    pub watch: Arc<dyn Watch>,
    /// Where callbacks come to.
    pub inbox: Option<Inbox>,
}

/// A case, and what is known of it before it has run.
struct Entry {
    case: Case,
    /// Why the target cannot play it.
    lacking: Option<String>,
    listens: bool,
    speaks_of_deadlines: bool,
}

impl Entry {
    fn of(suite: &Suite, target: &Target, case: Case) -> Self {
        let rehearsal = Rehearsal::of(suite, &target.profile, &case);
        Self {
            lacking: rehearsal.lacking(&target.profile),
            listens: rehearsal.needs(Capability::Callbacks),
            speaks_of_deadlines: rehearsal.speaks_of_deadlines(),
            case,
        }
    }

    /// The result of a case the target cannot do.
    fn skipped(&self) -> Option<CaseResult> {
        let reason = self.lacking.clone()?;
        Some(CaseResult::of(&self.case, Outcome::Skipped { reason }, Vec::new(), 0))
    }
}

/// Runs cases; `told` hears of each result as it comes.
pub async fn run(
    suite: &Suite,
    target: &Target,
    cases: Vec<Case>,
    plan: &Plan,
    told: &(dyn Fn(&CaseResult) + Sync),
) -> Vec<CaseResult> {
    let mut files: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for case in cases {
        files.entry(case.path.clone()).or_default().push(Entry::of(suite, target, case));
    }
    let failed = AtomicUsize::new(0);
    let numbers = AtomicUsize::new(0);
    let run = Run { suite, target, plan, told, failed: &failed, numbers: &numbers };
    let mut results: Vec<CaseResult> = stream::iter(files.into_values().map(|cases| run.file(cases)))
        .buffer_unordered(plan.jobs.max(1))
        .flat_map(stream::iter)
        .collect()
        .await;
    results.sort_by(|one, other| one.id.cmp(&other.id));
    results
}

struct Run<'a> {
    suite: &'a Suite,
    target: &'a Target,
    plan: &'a Plan,
    told: &'a (dyn Fn(&CaseResult) + Sync),
    failed: &'a AtomicUsize,
    numbers: &'a AtomicUsize,
}

impl Run<'_> {
    /// The cases of one file.
    async fn file(&self, cases: Vec<Entry>) -> Vec<CaseResult> {
        let mut results = Vec::new();
        let mut left = cases.as_slice();
        while !left.is_empty() && !self.is_over() {
            let done = self.in_one_world(left).await;
            left = left.get(done.len().max(1)..).unwrap_or_default();
            results.extend(done);
        }
        results
    }

    fn is_over(&self) -> bool {
        self.plan.fail_fast && self.failed.load(Ordering::Relaxed) > 0
    }

    /// Rows until one fails, which leaves a world behind that nobody knows.
    async fn in_one_world(&self, cases: &[Entry]) -> Vec<CaseResult> {
        let mut results = Vec::new();
        let mut cases = cases.iter().peekable();
        // What the target cannot do needs no world.
        while let Some(result) = cases.peek().and_then(|entry| entry.skipped()) {
            results.push(self.tell(result));
            cases.next();
        }
        let rest: Vec<&Entry> = cases.collect();
        let Some(first) = rest.first() else { return results };
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let begun = Stopwatch::start();
        let inbox = self.plan.inbox.as_ref().filter(|_| rest.iter().any(|entry| entry.listens));
        let world = match self.target.world(number, inbox).await {
            Ok(world) => world,
            Err(reason) => {
                let outcome = Outcome::Broken { step: StepName::default(), reason };
                results.push(self.tell(CaseResult::of(&first.case, outcome, Vec::new(), begun.milliseconds())));
                return results;
            }
        };
        results.extend(self.rows(&world, number, rest).await);
        if let Some(fake) = &world.fake
            && let Err(error) = fake.remove().await
        {
            tracing::warn!(%error, "a world stays behind");
        }
        results
    }

    async fn rows(&self, world: &World, number: usize, cases: Vec<&Entry>) -> Vec<CaseResult> {
        let mut results = Vec::new();
        let mut stage = Stage::new(
            self.suite,
            world,
            self.plan.watch.clone(),
            format!("ess-conformance-{}-{number}", std::process::id()),
        );
        stage.deadlines_matter = cases.iter().any(|entry| entry.speaks_of_deadlines);
        let mut prepared = false;
        for entry in cases {
            let (case, begun) = (&entry.case, Stopwatch::start());
            if let Some(result) = entry.skipped() {
                results.push(self.tell(result));
                continue;
            }
            let ready = if prepared { Ok(()) } else { stage.prepare(case).await };
            prepared = true;
            let outcome = match ready {
                Ok(()) => stage.play_row(case).await,
                Err(outcome) => outcome,
            };
            let spent = !matches!(outcome, Outcome::Agrees);
            let observations = std::mem::take(&mut stage.observations);
            results.push(self.tell(CaseResult::of(case, outcome, observations, begun.milliseconds())));
            if spent || self.is_over() {
                break;
            }
        }
        results
    }

    fn tell(&self, result: CaseResult) -> CaseResult {
        if result.fails(self.target.is_fake()) {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
        (self.told)(&result);
        result
    }
}
