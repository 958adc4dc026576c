//! From a file to a scenario that can be sent: every reference resolved, every message made.

use std::collections::BTreeMap;
use std::time::Duration;

use ess_client::callback::Generation;
use serde_saphyr::Spanned;

use super::format::{ScenarioFile, Stated, StepRow};
use super::literal::{self, Message};
use super::mistake::{Mistake, Wrong, nearest};
use super::stage::Stage;
use crate::callbacks::hostile::{Duty, Hostile};
use crate::domain::time::Timestamp;

/// When a story begins that does not say: 2024-01-01T09:00:00+08:00.
const BEGINS: Timestamp = Timestamp::from_seconds(1_704_070_800);
/// More than this is no story, and a table nobody reads.
const MOST_SENDINGS: usize = 100_000;
/// The platform gives up after six attempts, so at most five can be lost (`seed scenario-guide`).
const MOST_LOST: u8 = 5;
/// What a good receiver may be expected to do.
const DUTIES: &str = "`accept` (200, counts once), `keep` (200, kept as it came), `ignore` (200, nothing remembered) or `refuse` (not 200)";

/// A scenario without a mistake in it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// What it tells.
    pub says: String,
    /// Where the story is known from.
    pub source: String,
    /// Which generation of the platform speaks.
    pub generation: Generation,
    /// What the platform says, in the order it happens.
    pub messages: Vec<Message>,
    /// What is sent, in this order.
    pub moves: Vec<Move>,
    /// The contracts that were spoken of, as they are when all has happened.
    pub contracts: Vec<Contract>,
}

/// A contract when a story is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// What the file calls it.
    pub name: String,
    /// `FlowId`.
    pub id: String,
    /// What callbacks say of its status (`FlowCallbackStatus`), whether or not a message has told it.
    pub status: i64,
}

/// A file that was read. Its story can be told many times, each time about contracts of its own.
#[derive(Clone, Debug)]
pub struct Story {
    name: String,
    file: ScenarioFile,
}

/// One step, or several in an order to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// One.
    Send(Step),
    /// Several, this long after the move before.
    Shuffle(Duration, Vec<Step>),
}

/// One message to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Which message.
    pub message: usize,
    /// How long after the step before.
    pub after: Duration,
    /// How often.
    pub times: u32,
    /// How long between.
    pub every: Duration,
    /// How it is spoiled.
    pub hostile: Option<Hostile>,
    /// The message a hostile body replays.
    pub older: Option<usize>,
    /// Whether it is sent again until it is received.
    pub retry: bool,
    /// How many attempts are lost on the way before the first arrives.
    pub lost: u8,
    /// What a good receiver does with it, where the file says so.
    pub expect: Option<Duty>,
}

impl Step {
    /// A good message, once, right after the one before; nobody sends it again.
    #[must_use]
    pub fn once(message: usize) -> Self {
        let (after, every) = (Duration::ZERO, Duration::ZERO);
        Self { message, after, times: 1, every, hostile: None, older: None, retry: false, lost: 0, expect: None }
    }
}

impl Story {
    /// Reads a file; its name stands in messages.
    ///
    /// # Errors
    /// What is not YAML, or not of the format, with the lines around it.
    pub fn read(name: &str, text: &str) -> Result<Self, Mistake> {
        let file = serde_saphyr::from_str(text).map_err(|error| {
            // The parser's own message shows the lines around the mistake.
            let what = error.to_string();
            Mistake { file: name.to_owned(), place: None, what }
        })?;
        Ok(Self { name: name.to_owned(), file })
    }

    /// Lets it happen. Another seed draws other ids.
    ///
    /// # Errors
    /// The first mistake, with line and column.
    pub fn tell(&self, seed: u64) -> Result<Scenario, Mistake> {
        Scenario::of(&self.file, seed).map_err(|wrong| wrong.in_file(&self.name))
    }
}

impl Scenario {
    /// Reads a scenario; `file` stands in messages. Another seed draws other ids.
    ///
    /// # Errors
    /// The first mistake, with line and column.
    pub fn parse(file: &str, text: &str, seed: u64) -> Result<Self, Mistake> {
        Story::read(file, text)?.tell(seed)
    }

    fn of(file: &ScenarioFile, seed: u64) -> Result<Self, Wrong> {
        let Told { messages, names, contracts } = messages(file, seed)?;
        let steps = Steps { file, names: &names, count: messages.len() };
        let moves = if file.steps.is_empty() { each_once(&messages, file) } else { steps.moves()? };
        Ok(Self {
            name: file.name.clone(),
            says: file.says.clone(),
            source: file.source.clone(),
            generation: file.generation,
            messages,
            moves,
            contracts,
        })
    }
}

type Names<'a> = BTreeMap<&'a str, usize>;

/// What the platform says, by which names, and what has become of the contracts then.
struct Told<'a> {
    messages: Vec<Message>,
    names: Names<'a>,
    contracts: Vec<Contract>,
}

fn messages(file: &ScenarioFile, seed: u64) -> Result<Told<'_>, Wrong> {
    let begins = file.begins.map_or(BEGINS, |moment| moment.0);
    let nowhere = Spanned::new((), serde_saphyr::Location::UNKNOWN, serde_saphyr::Location::UNKNOWN);
    let mut stage = Stage::new(file, seed, begins).map_err(|what| Wrong::at(&nowhere, what))?;
    let (mut messages, mut names) = (Vec::<Message>::new(), Names::new());
    let mut now = begins;
    for row in &file.messages {
        now = now.plus(row.value.after.map_or(Duration::ZERO, |span| span.0));
        stage.advance(now);
        let generation = row.value.generation.unwrap_or(file.generation);
        let made = match &row.value.stated {
            Stated::Typed { kind, data } => literal::typed(&mut stage, generation, kind, data),
            Stated::Verbatim(text) => literal::verbatim(text, generation, now),
        };
        let mut message = made.map_err(|wrong| wrong.or_at(row))?;
        // What a later act would cause cannot have been told before it.
        message.at = message.at.max(now);
        now = message.at;
        message.generation = row.value.generation;
        let own = row.value.name.as_ref();
        if let Some(name) = own
            && names.insert(&name.value, messages.len()).is_some()
        {
            return Err(Wrong::at(name, format!("another message is called `{}` already", name.value)));
        }
        message.name = own.map_or_else(|| format!("#{}", messages.len() + 1), |name| name.value.clone());
        messages.push(message);
    }
    let contracts = stage.contracts();
    Ok(Told { messages, names, contracts })
}

/// Every message once, as it comes.
fn each_once(messages: &[Message], file: &ScenarioFile) -> Vec<Move> {
    let mut before = messages.first().map(|one| one.at).unwrap_or_default();
    let retry = file.defaults.retry.unwrap_or(true);
    let each = messages.iter().enumerate().map(|(message, told)| {
        let after = told.at.since(before);
        before = told.at;
        Move::Send(Step {
            message,
            after,
            times: 1,
            every: Duration::ZERO,
            hostile: None,
            older: None,
            retry,
            lost: 0,
            expect: None,
        })
    });
    each.collect()
}

struct Steps<'a> {
    file: &'a ScenarioFile,
    names: &'a Names<'a>,
    count: usize,
}

impl Steps<'_> {
    fn moves(&self) -> Result<Vec<Move>, Wrong> {
        let (mut moves, mut sendings) = (Vec::new(), 0usize);
        for row in &self.file.steps {
            let next = match &row.value.shuffle {
                None => Move::Send(self.step(row)?),
                Some(inner) => Move::Shuffle(self.pause(&row.value), self.shuffled(row, inner)?),
            };
            let steps = match &next {
                Move::Send(step) => std::slice::from_ref(step),
                Move::Shuffle(_, steps) => steps,
            };
            sendings = steps.iter().fold(sendings, |sum, step| sum.saturating_add(step.times as usize));
            if sendings > MOST_SENDINGS {
                return Err(Wrong::at(
                    row,
                    format!("more than {MOST_SENDINGS} messages are sent up to here; repeat less"),
                ));
            }
            moves.push(next);
        }
        Ok(moves)
    }

    fn shuffled(&self, row: &Spanned<StepRow>, inner: &[Spanned<StepRow>]) -> Result<Vec<Step>, Wrong> {
        let own = &row.value;
        let more = own.repeat.is_some()
            || own.every.is_some()
            || own.hostile.is_some()
            || own.older.is_some()
            || own.lost.is_some();
        if more || own.retry.is_some() || own.expect.is_some() {
            return Err(Wrong::at(
                row,
                "beside `shuffle` only `after` may stand; write the rest at the steps that are shuffled",
            ));
        }
        if inner.len() < 2 {
            return Err(Wrong::at(row, "`shuffle` needs two steps or more"));
        }
        inner.iter().map(|one| self.step(one).map_err(|wrong| wrong.or_at(row))).collect()
    }

    fn pause(&self, row: &StepRow) -> Duration {
        row.after.map_or(Duration::ZERO, |span| span.0)
    }

    fn step(&self, row: &Spanned<StepRow>) -> Result<Step, Wrong> {
        let step = &row.value;
        let Some(name) = &step.send else { return Err(Wrong::at(row, "a shuffle cannot stand in a shuffle")) };
        let message = self.message(name).map_err(|wrong| wrong.or_at(row))?;
        let hostile = match &step.hostile {
            Some(name) => Some(name.value.parse::<Hostile>().map_err(|what| Wrong::at(name, what))?),
            None => None,
        };
        if let Some(older) = step.older.as_ref().filter(|_| hostile.is_none()) {
            return Err(Wrong::at(older, "`older` is what a `hostile` body replays; say which"));
        }
        let expect = step.expect.as_ref().map(duty).transpose()?;
        let times = step.repeat.as_ref().map_or(1, |one| one.value);
        if let Some(repeat) = step.repeat.as_ref().filter(|one| one.value == 0) {
            return Err(Wrong::at(repeat, "`repeat` is how often it is sent in all: 1 or more"));
        }
        if step.every.is_some() && times < 2 {
            return Err(Wrong::at(row, "`every` is the time between repeats: `repeat` it twice or more"));
        }
        if let Some(lost) = step.lost.as_ref().filter(|one| one.value > MOST_LOST) {
            return Err(Wrong::at(
                lost,
                format!("the platform tries six times, so at most {MOST_LOST} attempts can be `lost`"),
            ));
        }
        Ok(Step {
            message,
            after: self.pause(step),
            times,
            every: step.every.map_or(Duration::ZERO, |span| span.0),
            hostile,
            older: step.older.as_ref().map(|name| self.message(name)).transpose()?,
            retry: step.retry.unwrap_or(hostile.is_none() && self.file.defaults.retry.unwrap_or(true)),
            lost: step.lost.as_ref().map_or(0, |one| one.value),
            expect,
        })
    }

    fn message(&self, name: &Spanned<String>) -> Result<usize, Wrong> {
        let numbered =
            || name.value.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1).filter(|one| *one < self.count);
        let found = self.names.get(name.value.as_str()).copied().or_else(numbered);
        found.ok_or_else(|| {
            let known = nearest(&name.value, self.names.keys().copied());
            Wrong::at(
                name,
                format!("no message is called `{}`; {known}; those without `as` are #1, #2, ...", name.value),
            )
        })
    }
}

fn duty(stated: &Spanned<String>) -> Result<Duty, Wrong> {
    match stated.value.as_str() {
        "accept" => Ok(Duty::Accept),
        "keep" => Ok(Duty::Keep),
        "ignore" => Ok(Duty::Ignore),
        "refuse" => Ok(Duty::Refuse),
        other => Err(Wrong::at(stated, format!("`expect` is no `{other}`; expected {DUTIES}"))),
    }
}
