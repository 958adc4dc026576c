//! What was answered, as a table for people and as JSON for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

use ess_client::callback::Generation;
use serde::Serialize;

use super::literal::Message;
use super::schedule::Sending;
use crate::callbacks::delivery::Outcome;
use crate::callbacks::hostile::Duty;
use crate::domain::time::Timestamp;

/// Everything that was answered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The scenario's name.
    pub scenario: String,
    /// The seed it was played with.
    pub seed: u64,
    /// Every attempt, in order.
    pub attempts: Vec<Row>,
    /// Messages the spoken generation does not know, which were left out.
    pub left_out: BTreeSet<String>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// When, on the scenario's clock: seconds since 1970.
    pub at: f64,
    /// The message's name in the file.
    pub message: String,
    /// `MsgType`; none in a legacy contract message.
    #[serde(rename = "MsgType")]
    pub kind: String,
    /// Which attempt it was, counted from 1; lost ones count.
    pub attempt: usize,
    /// How it was spoiled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostile: Option<String>,
    /// The HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How long the receiver took, in real time.
    pub took_ms: u64,
    /// What a good receiver does with it.
    pub good: Duty,
    /// Whether that was seen, as far as a status shows it.
    pub as_good: bool,
    /// Whether the file asks for it, so that it counts.
    pub stated: bool,
}

impl Report {
    /// An empty report.
    #[must_use]
    pub fn of(scenario: &str, seed: u64) -> Self {
        Self { scenario: scenario.to_owned(), seed, ..Self::default() }
    }

    pub(super) fn add(&mut self, row: Row) {
        self.attempts.push(row);
    }

    pub(super) fn skipped(&mut self, message: &str, generation: Generation) {
        tracing::debug!(message, ?generation, "this generation does not tell of it");
        self.left_out.insert(message.to_owned());
    }

    /// The messages that were meant to be received and never were, by their names, in the order they were first sent.
    #[must_use]
    pub fn undelivered(&self) -> Vec<&str> {
        let mut received: BTreeMap<&str, bool> = BTreeMap::new();
        let mut order = Vec::new();
        for row in self.attempts.iter().filter(|row| row.is_to_be_received()) {
            let known = received.entry(&row.message).or_insert_with(|| {
                order.push(row.message.as_str());
                false
            });
            *known |= row.status == Some(200);
        }
        order.retain(|name| !received[name]);
        order
    }

    /// The attempts whose answer is not the one the file asks for.
    pub fn unexpected(&self) -> impl Iterator<Item = &Row> {
        self.attempts.iter().filter(|row| row.stated && !row.as_good && !row.is_to_be_received())
    }

    /// What went wrong, in a sentence; `None` when nothing did.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        let undelivered = self.undelivered();
        let unexpected: Vec<String> =
            self.unexpected().map(|row| format!("{} ({})", row.message, row.answer())).collect();
        let mut sentences = Vec::new();
        if !undelivered.is_empty() {
            let last = |name: &str| {
                self.attempts.iter().rev().find(|row| row.message == name).map(Row::answer).unwrap_or_default()
            };
            let named: Vec<String> =
                undelivered.iter().take(5).map(|name| format!("{name} ({})", last(name))).collect();
            sentences.push(format!(
                "{} of its messages could not be delivered: {}",
                undelivered.len(),
                named.join(", ")
            ));
        }
        if !unexpected.is_empty() {
            let named: Vec<String> = unexpected.iter().take(5).cloned().collect();
            sentences.push(format!(
                "{} answers are not those a good receiver gives: {}",
                unexpected.len(),
                named.join(", ")
            ));
        }
        (!sentences.is_empty()).then(|| format!("scenario `{}`: {}", self.scenario, sentences.join("; ")))
    }

    /// A line per attempt, and a last one that sums up.
    #[must_use]
    pub fn table(&self) -> String {
        let head = ["time", "message", "MsgType", "attempt", "hostile", "answer", "took", "as a good receiver"];
        let first = self.attempts.first().map_or(0.0, |row| row.at);
        let mut lines = vec![head.map(str::to_owned)];
        lines.extend(self.attempts.iter().map(|row| {
            let verdict = match (row.as_good, row.hostile.is_some() || row.stated) {
                (true, _) => "yes".to_owned(),
                (false, true) => format!("no, expected {}", expected(row.good)),
                (false, false) => "no".to_owned(),
            };
            [
                format!("+{:.3}s", row.at - first),
                row.message.clone(),
                row.kind.clone(),
                row.attempt.to_string(),
                row.hostile.clone().unwrap_or_else(|| "-".to_owned()),
                row.answer(),
                format!("{} ms", row.took_ms),
                verdict,
            ]
        }));
        let mut text = columns(&lines);
        let received = self.attempts.iter().filter(|row| row.status == Some(200)).count();
        let good = self.attempts.iter().filter(|row| row.as_good).count();
        let _ = write!(
            text,
            "\n{}: {} attempts, {received} answered 200, {good} as a good receiver answers, {} messages undelivered (seed {})",
            self.scenario,
            self.attempts.len(),
            self.undelivered().len(),
            self.seed
        );
        if !self.left_out.is_empty() {
            let names: Vec<&str> = self.left_out.iter().map(String::as_str).collect();
            let _ = write!(text, "\nleft out, because this generation does not tell of them: {}", names.join(", "));
        }
        text
    }
}

impl Row {
    pub(super) fn new(
        message: &Message,
        sending: &Sending,
        at: Timestamp,
        attempts: usize,
        outcome: Outcome,
        took: Duration,
    ) -> Self {
        let good = sending.expect.or(sending.hostile.map(|hostile| hostile.expected().duty)).unwrap_or(Duty::Accept);
        let (status, error) = match outcome {
            Outcome::Answered(status) => (Some(status), None),
            Outcome::Silence => (None, Some("no answer in time".to_owned())),
            Outcome::Unreachable(why) => (None, Some(why)),
            // A scenario loses nothing on its way; these come of a world's policies.
            Outcome::Lost => (None, Some("not sent".to_owned())),
            Outcome::AnswerLost(status) => (Some(status), Some("the answer was lost".to_owned())),
        };
        let received = status == Some(200);
        let as_good = match good {
            Duty::Accept | Duty::Keep | Duty::Ignore => received,
            // A receiver that is not there has refused nothing.
            Duty::Refuse => status.is_some() && !received,
        };
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of this era need 41 of the 53 bits")]
        let at = at.millis() as f64 / 1000.0;
        Self {
            at,
            message: message.name.clone(),
            kind: message.kind().to_owned(),
            attempt: attempts + 1,
            hostile: sending.hostile.map(|hostile| hostile.name().to_owned()),
            status,
            error,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            good,
            as_good,
            stated: sending.expect.is_some(),
        }
    }

    /// Whether the platform would send it until it is received.
    fn is_to_be_received(&self) -> bool {
        self.hostile.is_none() && self.good != Duty::Refuse
    }

    fn answer(&self) -> String {
        match (self.status, &self.error) {
            (Some(status), _) => status.to_string(),
            (None, Some(why)) => why.clone(),
            (None, None) => String::new(),
        }
    }
}

fn expected(duty: Duty) -> &'static str {
    match duty {
        Duty::Accept | Duty::Keep | Duty::Ignore => "200",
        Duty::Refuse => "no 200",
    }
}

/// Cells in columns as wide as their widest; Chinese characters count twice.
fn columns<const COUNT: usize>(lines: &[[String; COUNT]]) -> String {
    let width = |text: &str| text.chars().map(|one| if (one as u32) < 0x1100 { 1 } else { 2 }).sum::<usize>();
    let widest: [usize; COUNT] =
        std::array::from_fn(|column| lines.iter().map(|line| width(&line[column])).max().unwrap_or(0));
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            text.push_str(cell);
            if column + 1 < COUNT {
                text.extend(std::iter::repeat_n(' ', widest[column] - width(cell) + 2));
            }
        }
        text.push('\n');
    }
    text
}
