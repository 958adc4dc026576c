//! Where a recording and the fake part: codes, messages, shapes, and values that nobody had to hide.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::RecordedCase;
use crate::outcome::{Answer, Observation, Outcome};
use crate::redaction::placeholder;
use crate::stage::service_and_action;
use crate::suite::matcher::{kind, shown};

/// One thing that was recorded otherwise than the fake does it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Drift {
    /// The case.
    pub case: String,
    /// Which of its calls, counted from 1; 0 for the case as a whole.
    pub call: usize,
    /// The action that was called.
    pub action: String,
    /// Where in the answer.
    pub place: String,
    /// What kind of thing.
    pub of: Kind,
    /// What was recorded.
    pub recorded: String,
    /// What the fake does.
    pub fake: String,
}

/// What a drift is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the case came to.
    Outcome,
    /// Success or refusal, or the code of a refusal.
    Code,
    /// The sentence of a refusal.
    Message,
    /// Which fields there are, and of which type.
    Shape,
    /// A value.
    Value,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Outcome, Self::Code, Self::Message, Self::Shape, Self::Value];

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Code => "code",
            Self::Message => "message",
            Self::Shape => "shape",
            Self::Value => "value",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

/// Whether a recorded case says anything about the target's behaviour.
pub fn is_comparable(case: &RecordedCase) -> bool {
    match case.outcome {
        Outcome::Agrees | Outcome::Differs { .. } => true,
        Outcome::Skipped { .. } | Outcome::Declined { .. } | Outcome::Broken { .. } => false,
    }
}

/// Where a recorded case and the same case of the fake part.
pub fn drifts(id: &str, recorded: &RecordedCase, fake: &RecordedCase) -> Vec<Drift> {
    let mut found = Vec::new();
    let (ours, theirs) = (outcome_word(&fake.outcome), outcome_word(&recorded.outcome));
    let mut drift = |call: usize, action: &str, place: &str, of: Kind, recorded: String, fake: String| {
        let (case, action, place) = (id.to_owned(), action.to_owned(), place.to_owned());
        found.push(Drift { case, call, action, place, of, recorded, fake });
    };
    if ours != theirs {
        drift(0, "", "", Kind::Outcome, theirs.to_owned(), ours.to_owned());
    }
    let (recorded, fake) = (without_polling(&recorded.calls), without_polling(&fake.calls));
    for (number, (recorded, fake)) in recorded.iter().zip(&fake).enumerate() {
        let number = number + 1;
        if recorded.action != fake.action {
            // From here on the two go different ways.
            drift(number, &recorded.action, "", Kind::Outcome, recorded.action.clone(), fake.action.clone());
            break;
        }
        answers(&recorded.answer, &fake.answer, &mut |place, of, theirs, ours| {
            drift(number, &recorded.action, place, of, theirs, ours);
        });
    }
    found
}

type Told<'a> = &'a mut dyn FnMut(&str, Kind, String, String);

fn answers(recorded: &Answer, fake: &Answer, told: Told<'_>) {
    match (recorded, fake) {
        (Answer::Answered(recorded), Answer::Answered(fake)) => values("", recorded, fake, told),
        (Answer::Refused { code, message }, Answer::Refused { code: our_code, message: our_message }) => {
            if code != our_code {
                told("Error.Code", Kind::Code, code.clone(), our_code.clone());
            }
            if message != our_message {
                told("Error.Message", Kind::Message, message.clone(), our_message.clone());
            }
        }
        (recorded, fake) => told("", Kind::Code, answer_word(recorded), answer_word(fake)),
    }
}

fn values(place: &str, recorded: &Value, fake: &Value, told: Told<'_>) {
    match (recorded, fake) {
        (Value::Object(recorded), Value::Object(fake)) => {
            let names: BTreeSet<&String> = recorded.keys().chain(fake.keys()).collect();
            // Every call has another RequestId; the fake's is not made to look like the vendor's.
            for name in names.into_iter().filter(|name| !(place.is_empty() && *name == "RequestId")) {
                let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
                match (recorded.get(name), fake.get(name)) {
                    (Some(recorded), Some(fake)) => values(&place, recorded, fake, told),
                    (recorded, fake) => {
                        let is_there = |value: Option<&Value>| value.map_or_else(|| "absent".to_owned(), shown);
                        told(&place, Kind::Shape, is_there(recorded), is_there(fake));
                    }
                }
            }
        }
        (Value::Array(recorded), Value::Array(fake)) => {
            if recorded.len() != fake.len() {
                let items = |count: usize| format!("{count} items");
                told(place, Kind::Shape, items(recorded.len()), items(fake.len()));
            }
            for (number, (recorded, fake)) in recorded.iter().zip(fake).enumerate() {
                values(&format!("{place}[{number}]"), recorded, fake, told);
            }
        }
        (recorded, fake) if kind(recorded) != kind(fake) => {
            told(place, Kind::Shape, described(recorded), described(fake));
        }
        (Value::String(recorded), Value::String(fake)) => texts(place, recorded, fake, told),
        (recorded, fake) => {
            if recorded != fake {
                told(place, Kind::Value, shown(recorded), shown(fake));
            }
        }
    }
}

fn texts(place: &str, recorded: &str, fake: &str, told: Told<'_>) {
    match (placeholder(recorded), placeholder(fake)) {
        (Some(theirs), Some(ours)) if is_like(theirs, ours) => {}
        (None, None) if recorded == fake => {}
        (None, None) => told(place, Kind::Value, quoted(recorded), quoted(fake)),
        // Of another kind or length, or something beside nothing.
        (Some(_), _) | (_, Some(_)) => told(place, Kind::Shape, quoted(recorded), quoted(fake)),
    }
}

/// Whether two hidden values are of a kind. Names and links are as long as they are; an id of another length is another kind of id.
fn is_like((kind, length): (&str, usize), (other, its_length): (&str, usize)) -> bool {
    let length_counts = ["id", "integer", "mobile", "card"].contains(&kind);
    kind == other && (!length_counts || length == its_length)
}

fn described(value: &Value) -> String {
    format!("{} {}", kind(value), shown(value))
}

fn quoted(text: &str) -> String {
    shown(&Value::from(text))
}

/// How often something was asked until it was as expected depends on how fast a target is: only the last time counts.
fn without_polling(calls: &[Observation]) -> Vec<&Observation> {
    let reads = |action: &str| {
        let (service, name) = service_and_action(action);
        ess_schemas::action(service, name).is_some_and(|contract| contract.reads)
    };
    let is_asked_again = |call: &Observation, next: Option<&Observation>| {
        next.is_some_and(|next| next.action == call.action && reads(&call.action))
    };
    let nexts = calls.iter().skip(1).map(Some).chain([None]);
    calls.iter().zip(nexts).filter(|(call, next)| !is_asked_again(call, *next)).map(|(call, _)| call).collect()
}

fn outcome_word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Agrees => "agrees with the case",
        Outcome::Differs { .. } => "differs from the case",
        Outcome::Skipped { .. } => "skipped",
        Outcome::Declined { .. } => "declined",
        Outcome::Broken { .. } => "broken",
    }
}

fn answer_word(answer: &Answer) -> String {
    match answer {
        Answer::Answered(_) => "success".to_owned(),
        Answer::Refused { code, message } => format!("{code}: {message}"),
        Answer::Lost(what) => format!("no answer: {what}"),
    }
}
