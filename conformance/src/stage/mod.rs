//! One case, played in a world of a target: names, clients, and what came of each step.

mod act;
mod arrange;
mod call;
pub(crate) use call::{MOST_TRIES, service_and_action};
mod callbacks;
mod download;
pub(crate) mod exchange;
pub mod human;
mod judging;
mod pdf;
mod spoiled;
pub mod watch;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use self::watch::Watch;
use crate::clock;
use crate::outcome::{Observation, Outcome, StepName};
use crate::suite::Suite;
use crate::suite::case::Case;
use crate::suite::matcher::{self, Mismatch};
use crate::suite::names::{Names, Span, Unresolved};
use crate::suite::step::{Check, Step, Use};
use crate::target::World;

/// On a target whose time cannot be moved, no step waits longer than this.
const LONGEST_WAIT: i64 = 10;
/// Preparations use others; deeper than this they use themselves.
const DEEPEST: usize = 8;

/// Where a case plays.
pub struct Stage<'a> {
    suite: &'a Suite,
    world: &'a World,
    watch: Arc<dyn Watch>,
    names: Names,
    /// What calls were answered so far.
    pub observations: Vec<Observation>,
    /// The case cares when contracts end.
    pub deadlines_matter: bool,
}

/// Why a case ends before its last step.
pub(crate) enum End {
    /// Something is not as the case says.
    Differs(Vec<Mismatch>),
    /// The target lacks something.
    Skipped(String),
    /// The target refused what it may refuse anybody.
    Declined(String),
    /// Nothing can be said.
    Broken(String),
}

impl From<Unresolved> for End {
    /// A name that is known to the suite and not bound is one the target's profile lacks; the suite's own check finds all others.
    fn from(unresolved: Unresolved) -> Self {
        Self::Skipped(format!("the target's profile has no `{}`", unresolved.name))
    }
}

/// What came of steps: the outcome, where it was not reached to the end.
type Played = Result<(), Box<(StepName, End)>>;

impl<'a> Stage<'a> {
    /// A world in which nothing has happened.
    pub fn new(suite: &'a Suite, world: &'a World, watch: Arc<dyn Watch>, unique: String) -> Self {
        let names = Names { values: world.values.clone(), now: 0, unique, folder: Some(suite.folder.clone()) };
        Self { suite, world, watch, names, observations: Vec::new(), deadlines_matter: true }
    }

    /// Carries out what comes before every row.
    pub async fn prepare(&mut self, case: &Case) -> Result<(), Outcome> {
        let file = format!("cases/{}.yaml", case.path);
        outcome(self.play(&file, &case.file.before, 0).await)
    }

    /// Carries out a case's own steps. What rows bind is forgotten afterwards.
    pub async fn play_row(&mut self, case: &Case) -> Outcome {
        let before = self.names.values.clone();
        if case.row().is_some() {
            match self.resolved_row(case.row_values()).await {
                Ok(values) => drop(self.names.values.insert("row".to_owned(), values)),
                Err(end) => return self.forget(before, outcome(Err(Box::new((StepName::default(), end))))),
            }
        }
        let file = format!("cases/{}.yaml", case.path);
        let played = self.play(&file, &case.file.steps, 0).await;
        self.forget(before, outcome(played))
    }

    fn forget(&mut self, names: Map<String, Value>, played: Result<(), Outcome>) -> Outcome {
        self.names.values = names;
        played.err().unwrap_or(Outcome::Agrees)
    }

    async fn resolved_row(&mut self, values: Map<String, Value>) -> Result<Value, End> {
        self.look_at_the_clock().await?;
        Ok(self.names.resolve(&Value::Object(values))?)
    }

    async fn play(&mut self, file: &str, steps: &[Spanned<Step>], depth: usize) -> Played {
        for step in steps {
            if let Err(end) = Box::pin(self.step(&step.value, depth)).await {
                let line = step.referenced.line();
                return Err(match end {
                    StepEnd::Here(end) => {
                        Box::new((StepName { file: file.to_owned(), line, what: what(&step.value) }, end))
                    }
                    StepEnd::Inside(inner) => inner,
                });
            }
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step, depth: usize) -> Result<(), StepEnd> {
        self.look_at_the_clock().await?;
        match step {
            Step::Use(wanted) => return self.prepare_with(wanted, depth).await,
            Step::Call(call) => self.call(call).await?,
            Step::Act(act) => self.act(act).await?,
            Step::Open(open) => self.open(open).await?,
            Step::Wait(span) => self.wait(span).await?,
            Step::Clock(span) => self.advance(span).await?,
            Step::Callbacks(wanted) => self.callbacks(wanted).await?,
            Step::Receiver(answers) => {
                let mailbox = self
                    .world
                    .mailbox
                    .as_ref()
                    .ok_or_else(|| End::Skipped("callbacks do not reach the suite".to_owned()))?;
                mailbox.answer_with(answers);
            }
            Step::Download(download) => self.download(download).await?,
            Step::Check(check) => self.check(check)?,
            Step::Arrange(arrange) => self.arrange(arrange).await?,
        }
        Ok(())
    }

    async fn prepare_with(&mut self, wanted: &Use, depth: usize) -> Result<(), StepEnd> {
        if depth >= DEEPEST {
            return Err(End::Broken("preparations use each other without end".to_owned()).into());
        }
        for name in &wanted.names {
            let stand_in = self.world.instead.get(&name.value).unwrap_or(&name.value);
            let preparation = self.suite.preparations.get(stand_in).cloned();
            let preparation =
                preparation.ok_or_else(|| End::Broken(format!("there is no preparation `{}`", name.value)))?;
            // A scope of its own: the target's values, its given ones and those it is used with.
            let with = self.names.resolve(&Value::Object(wanted.with.clone())).map_err(End::from)?;
            let outside = std::mem::replace(&mut self.names.values, self.world.values.clone());
            for (given, value) in &preparation.given {
                let value = match with.get(given) {
                    Some(value) => value.clone(),
                    None => self.names.resolve(value).map_err(End::from)?,
                };
                self.names.values.insert(given.clone(), value);
            }
            let file = format!("preparations/{stand_in}.yaml");
            let played = self.play(&file, &preparation.steps, depth + 1).await.map_err(StepEnd::Inside);
            let given = played.and_then(|()| {
                let gives: Map<String, Value> = preparation.gives.clone().into_iter().collect();
                self.names.resolve(&Value::Object(gives)).map_err(|unresolved| End::from(unresolved).into())
            });
            self.names.values = outside;
            let bound = wanted.name.clone().unwrap_or_else(|| name.value.clone());
            self.names.values.insert(bound, given?);
        }
        Ok(())
    }

    /// `${now}` is the target's time when a step begins.
    async fn look_at_the_clock(&mut self) -> Result<(), End> {
        self.names.now = match &self.world.fake {
            Some(fake) => fake.now().await.map_err(End::Broken)?,
            None => clock::now().as_second(),
        };
        Ok(())
    }

    async fn wait(&mut self, span: &Span) -> Result<(), End> {
        match &self.world.fake {
            Some(fake) => fake.advance(&span.text).await.map_err(End::Broken),
            None if span.seconds <= LONGEST_WAIT => {
                tokio::time::sleep(Duration::from_secs(span.seconds.unsigned_abs())).await;
                Ok(())
            }
            None => Err(End::Skipped("the target has no clock".to_owned())),
        }
    }

    async fn advance(&mut self, span: &Span) -> Result<(), End> {
        let fake = self.world.fake.as_ref().ok_or_else(|| End::Skipped("the target has no clock".to_owned()))?;
        fake.advance(&span.text).await.map_err(End::Broken)
    }

    fn check(&self, check: &Check) -> Result<(), End> {
        let (value, wanted) = (self.names.resolve(&check.value)?, self.names.resolve(&check.is)?);
        if matcher::holds(&wanted, Some(&value)) {
            return Ok(());
        }
        let place = check.value.as_str().unwrap_or_default().to_owned();
        Err(End::Differs(vec![Mismatch { place, expected: matcher::shown(&wanted), actual: matcher::shown(&value) }]))
    }

    /// Names parts of something.
    fn keep(&mut self, keep: &std::collections::BTreeMap<String, String>, from: &Value) -> Result<(), End> {
        for (name, path) in keep {
            let found = matcher::find(path, from).map_err(End::Broken)?;
            let missing = || Mismatch {
                place: path.clone(),
                expected: "a value to keep".to_owned(),
                actual: "nothing".to_owned(),
            };
            self.names.bind(name, found.ok_or_else(|| End::Differs(vec![missing()]))?);
        }
        Ok(())
    }
}

/// Why a step did not end well: by itself, or by a step of a preparation.
enum StepEnd {
    Here(End),
    Inside(Box<(StepName, End)>),
}

impl From<End> for StepEnd {
    fn from(end: End) -> Self {
        Self::Here(end)
    }
}

fn outcome(played: Played) -> Result<(), Outcome> {
    played.map_err(|ended| {
        let (step, end) = *ended;
        match end {
            End::Differs(differences) => Outcome::Differs { step, differences },
            End::Skipped(reason) => Outcome::Skipped { reason },
            End::Declined(refusal) => Outcome::Declined { step, refusal },
            End::Broken(reason) => Outcome::Broken { step, reason },
        }
    })
}

fn what(step: &Step) -> String {
    match step {
        Step::Call(call) => format!("call {}", call.action.value),
        Step::Act(act) => format!("act {}", act.verb.value),
        Step::Use(_)
        | Step::Open(_)
        | Step::Wait(_)
        | Step::Clock(_)
        | Step::Callbacks(_)
        | Step::Receiver(_)
        | Step::Download(_)
        | Step::Check(_)
        | Step::Arrange(_) => step.verb().to_owned(),
    }
}
