//! The order explorer: one contract's messages in every order, each order about a contract of its own, and the shortest order that fails.
//!
//! Every order is permitted: no source bounds how late a message may come (seed scenario-guide). The receiver is looked at after every delivery, so
//! that orders which break off early are seen on the way. Behind each order all messages come once more, since a message comes at least once.

use std::collections::BTreeMap;

use ess_mock_server::scenario::Story;
use ess_mock_server::scenario::check::{Move, Step};
use ess_mock_server::scenario::schedule::plan;
use indicatif::ProgressBar;
use serde::Serialize;

use super::orders::simplest_first;
use super::rules::{Breach, Rule};
use super::save;
use super::seeds::Seeds;
use super::shrink::shrink;
use super::trial::{Delivery, Judge, Trial};
use super::{Failure, generation_of};

/// What is played in every order.
#[derive(Debug)]
pub struct Exploring {
    /// The scenario file's name.
    pub file: String,
    /// What stands in it: the contract it says most of is the one.
    pub text: String,
    /// How many messages there may be; the number of orders is its factorial.
    pub bound: usize,
    /// Whether all messages come once more behind each order.
    pub again: bool,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Exploration {
    /// The messages, as they happened.
    pub messages: Vec<String>,
    /// How many orders there are.
    pub orders: usize,
    /// How many were played before one failed, or all.
    pub played: usize,
    /// How many messages were delivered, those of shrinking included.
    pub deliveries: usize,
    /// How often each rule was looked at.
    pub checks: BTreeMap<Rule, usize>,
    /// The first that failed, shrunk.
    pub failing: Option<Failing>,
}

/// The shortest schedule that fails.
#[derive(Clone, Debug, Serialize)]
pub struct Failing {
    /// What was delivered, and what came of it.
    pub deliveries: Vec<Delivery>,
    /// How a rule was broken.
    pub breach: Breach,
    /// How many deliveries failed before it was shrunk.
    pub found_with: usize,
    /// How many schedules were tried to shrink it.
    pub tries: usize,
    /// Whether it failed again with another contract; what does not was not shrunk.
    pub repeats: bool,
    /// The scenario file that plays it again; or why there is none.
    #[serde(skip)]
    pub file: Result<String, String>,
}

/// The contract's messages, and where they stand in the scenario.
struct Life<'a> {
    exploring: &'a Exploring,
    story: Story,
    contract: String,
    /// Indices of the scenario's messages.
    messages: Vec<usize>,
    names: Vec<String>,
}

/// Plays every order until one fails, and shrinks that.
///
/// # Errors
/// The file has a mistake or too many messages, or the probe answers what is no state.
pub async fn explore(
    judge: &mut Judge,
    exploring: &Exploring,
    seeds: &mut Seeds,
    bar: &ProgressBar,
) -> Result<Exploration, Failure> {
    let life = Life::read(exploring, judge)?;
    let orders = simplest_first(life.messages.len());
    let messages = life.names.clone();
    let (orders_there, checks) = (orders.len(), BTreeMap::new());
    let mut found = Exploration { messages, orders: orders_there, played: 0, deliveries: 0, checks, failing: None };
    for order in orders {
        let repeats = if exploring.again { 2 } else { 1 };
        let schedule = order.repeat(repeats);
        let trial = life.play(judge, &schedule, seeds).await?;
        found.played += 1;
        found.deliveries += trial.deliveries.len();
        for (rule, count) in &trial.checks {
            *found.checks.entry(*rule).or_default() += count;
        }
        bar.inc(1);
        let failed_at = trial.deliveries.len();
        if let Some(breach) = &trial.breach {
            let breach = breach.clone();
            let failing = life.shrink(judge, schedule[..failed_at].to_vec(), (trial, breach), seeds).await?;
            found.deliveries += failing.1;
            found.failing = Some(failing.0);
            break;
        }
    }
    Ok(found)
}

impl<'a> Life<'a> {
    fn read(exploring: &'a Exploring, judge: &Judge) -> Result<Self, Failure> {
        let misuse = |what: String| Failure::Misuse(what);
        let story = Story::read(&exploring.file, &exploring.text)?;
        let scenario = story.tell(0)?;
        let generation = generation_of(judge);
        let about = |id: &str| {
            let of_it = scenario
                .messages
                .iter()
                .enumerate()
                .filter(|(_, one)| one.flow.as_ref().is_some_and(|flow| flow.as_str() == id));
            of_it.filter(|(_, one)| one.is_known_to(generation)).map(|(place, _)| place).collect::<Vec<usize>>()
        };
        let most = scenario.contracts.iter().rev().max_by_key(|one| about(&one.id).len());
        let contract = most.ok_or_else(|| misuse(format!("{}: there is no contract in it", exploring.file)))?;
        let messages = about(&contract.id);
        let (count, bound) = (messages.len(), exploring.bound);
        if count > bound {
            return Err(misuse(format!(
                "{}: {count} messages are about `{}`, and every message more multiplies the orders; expected at most {bound} (--bound {count} plays them all the same)",
                exploring.file, contract.name
            )));
        }
        let names = messages.iter().map(|place| scenario.messages[*place].name.clone()).collect();
        Ok(Self { exploring, contract: contract.name.clone(), messages, names, story })
    }

    async fn play(&self, judge: &mut Judge, schedule: &[usize], seeds: &mut Seeds) -> Result<Trial, Failure> {
        let seed = seeds.next();
        let mut scenario = self.story.tell(seed)?;
        scenario.contracts.retain(|one| one.name == self.contract);
        scenario.moves = schedule.iter().map(|one| Move::Send(Step::once(self.messages[*one]))).collect();
        Ok(judge.play(&scenario, &plan(&scenario, seed), seed).await?)
    }

    /// Shrinks a schedule that failed with this breach; says how many messages that took, too.
    async fn shrink(
        &self,
        judge: &mut Judge,
        schedule: Vec<usize>,
        (trial, breach): (Trial, Breach),
        seeds: &mut Seeds,
    ) -> Result<(Failing, usize), Failure> {
        let found_with = schedule.len();
        let (mut tries, mut delivered) = (0, 0);
        // The last trial that failed is always that of the shortest schedule.
        let mut last = None;
        let mut fails = async |schedule: &[usize]| -> Result<bool, Failure> {
            let trial = self.play(judge, schedule, seeds).await?;
            tries += 1;
            delivered += trial.deliveries.len();
            let same = trial.breach.clone().filter(|again| again.rule == breach.rule);
            let failed = same.is_some();
            if let Some(again) = same {
                last = Some((trial, again));
            }
            Ok(failed)
        };
        // Who does not answer any more cannot be asked again.
        let repeats = !breach.gone && fails(&schedule).await?;
        if repeats {
            shrink(schedule, fails).await?;
        }
        let (trial, breach) = last.unwrap_or((trial, breach));
        let file = save::file(&self.exploring.text, &trial.deliveries, &breach.expected);
        let failing = Failing { deliveries: trial.deliveries, breach, found_with, tries, repeats, file };
        Ok((failing, delivered))
    }
}
