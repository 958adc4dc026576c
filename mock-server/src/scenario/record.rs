//! A live world's deliveries as a scenario file: every attempt a step, every message as it was sent.
//!
//! No key and no token stands in it: the receiver it is played at has its own. Everything else is in it, people's names and numbers too, which
//! here are made up.

use std::collections::BTreeMap;
use std::sync::Arc;

use ess_client::callback::Generation;
use serde::Serialize;

use crate::callbacks::delivery::{Attempt, Delivery, Outcome};
use crate::callbacks::hostile::Hostile;
use crate::callbacks::payload;
use crate::domain::time::Timestamp;
use crate::engine::settings::Settings;
use crate::span;

/// What a recording is called.
#[derive(Clone, Debug)]
pub struct Title {
    /// Its name.
    pub name: String,
    /// What it tells.
    pub says: String,
}

#[derive(Serialize)]
struct File {
    name: String,
    says: String,
    source: &'static str,
    generation: Generation,
    begins: String,
    defaults: Defaults,
    messages: Vec<MessageRow>,
    steps: Vec<StepRow>,
}

/// Attempts that failed stand in the file themselves.
#[derive(Serialize)]
struct Defaults {
    retry: bool,
}

#[derive(Serialize)]
struct MessageRow {
    #[serde(rename = "as")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generation: Option<Generation>,
    plaintext: String,
}

#[derive(Serialize)]
struct StepRow {
    send: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hostile: Option<Hostile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<String>,
}

/// A message as one address hears it.
struct Heard {
    at: Timestamp,
    generation: Generation,
    plaintext: String,
}

/// Writes the attempts of these deliveries, in the order they were made; `None` where none was made yet.
///
/// # Errors
/// What the YAML writer says; it takes every text.
pub fn record(deliveries: &[Arc<Delivery>], settings: &Settings, title: &Title) -> Result<Option<String>, String> {
    let attempts = attempts(deliveries);
    let Some((first, _)) = attempts.first() else { return Ok(None) };
    let mut heard = Vec::new();
    let mut known = BTreeMap::new();
    let mut number_of = |delivery: &Delivery, older: bool| {
        let message = if older { delivery.older.as_ref()? } else { &delivery.message };
        let bytes = payload::plaintext(message, &delivery.address, settings);
        let plaintext = String::from_utf8_lossy(&bytes).into_owned();
        Some(*known.entry(plaintext.clone()).or_insert_with(|| {
            heard.push(Heard { at: message.at, generation: delivery.address.generation, plaintext });
            heard.len() - 1
        }))
    };
    let mut sent = Vec::new();
    for (at, delivery) in &attempts {
        // Whatever is replayed was heard before.
        let older = number_of(delivery, true);
        if let Some(message) = number_of(delivery, false) {
            sent.push((*at, message, delivery.hostile, older));
        }
    }
    let begins = heard.iter().map(|one| one.at).min().map_or(*first, |at| at.min(*first));
    let order = in_order(&heard);
    let generation = heard.first().map_or(Generation::Company, |one| one.generation);
    let name = |message: usize| format!("m{}", order[message] + 1);
    let steps = steps(&sent, begins, name);
    let file = File {
        name: title.name.clone(),
        says: title.says.clone(),
        source: "recorded from a live world",
        generation,
        begins: moment(begins),
        defaults: Defaults { retry: false },
        messages: messages(&heard, &order, begins, generation),
        steps,
    };
    serde_saphyr::to_string(&file).map(Some).map_err(|error| error.to_string())
}

/// Every attempt that was sent, in the order it was made; those of one moment as their address got them.
fn attempts(deliveries: &[Arc<Delivery>]) -> Vec<(Timestamp, &Delivery)> {
    let each = deliveries.iter().flat_map(|one| one.attempts.iter().map(move |attempt| (attempt, one.as_ref())));
    let mut attempts: Vec<(&Attempt, &Delivery)> =
        each.filter(|(attempt, _)| attempt.outcome != Outcome::Lost).collect();
    attempts.sort_by_key(|(attempt, _)| (attempt.at, attempt.turn));
    attempts.into_iter().map(|(attempt, one)| (attempt.at, one)).collect()
}

/// For each message, where it comes in the order it happened.
fn in_order(heard: &[Heard]) -> Vec<usize> {
    let mut by_time: Vec<usize> = (0..heard.len()).collect();
    by_time.sort_by_key(|number| heard[*number].at);
    let mut order = vec![0; heard.len()];
    for (place, number) in by_time.into_iter().enumerate() {
        order[number] = place;
    }
    order
}

fn messages(heard: &[Heard], order: &[usize], begins: Timestamp, usual: Generation) -> Vec<MessageRow> {
    let mut sorted: Vec<(usize, &Heard)> = order.iter().copied().zip(heard).collect();
    sorted.sort_by_key(|(place, _)| *place);
    let mut before = begins;
    let each = sorted.into_iter().map(|(place, one)| MessageRow {
        name: format!("m{}", place + 1),
        after: gap(&mut before, one.at),
        generation: (one.generation != usual).then_some(one.generation),
        plaintext: one.plaintext.clone(),
    });
    each.collect()
}

type Sent = (Timestamp, usize, Option<Hostile>, Option<usize>);

fn steps(sent: &[Sent], begins: Timestamp, name: impl Fn(usize) -> String) -> Vec<StepRow> {
    let mut before = begins;
    let each = sent.iter().map(|(at, message, hostile, older)| StepRow {
        send: name(*message),
        after: gap(&mut before, *at),
        hostile: *hostile,
        older: older.filter(|_| hostile.is_some()).map(&name),
    });
    each.collect()
}

/// The time since `before`, which becomes `at`.
fn gap(before: &mut Timestamp, at: Timestamp) -> Option<String> {
    let gap = at.since(*before);
    *before = at.max(*before);
    (!gap.is_zero()).then(|| span::write(gap))
}

fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis()).map(|moment| moment.to_string()).unwrap_or_default()
}
