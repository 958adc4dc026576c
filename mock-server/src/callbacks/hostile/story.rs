//! Good messages that contradict what was told before.

use super::super::fields::Fields;
use super::super::sealing::Sealing;
use super::super::transmission::Transmission;
use super::shape::{change_data, seal_data};
use crate::engine::ids::Draw;

pub(super) fn replayed(made: &Sealing<'_>) -> Result<Transmission, String> {
    made.seal_text(made.older.unwrap_or(made.plaintext))
}

/// As right after the launch.
pub(super) fn stale_status(made: &Sealing<'_>) -> Result<Transmission, String> {
    another_message(made, |data| {
        let launched = number(data, "CreateOn").unwrap_or_default();
        tell(data, &Told { number: 1, word: "INIT", operate: "start", at: launched });
    })
}

/// A contract that has ended is withdrawn an hour later, which no contract can be (`callback docs`).
pub(super) fn ended_twice(made: &Sealing<'_>) -> Result<Transmission, String> {
    another_message(made, |data| {
        let last = number(data, "OccurTime").or_else(|| number(data, "UpdatedOn")).unwrap_or_default();
        tell(data, &Told { number: 6, word: "CANCEL", operate: "cancel", at: last + 3600 });
    })
}

pub(super) fn times_in_milliseconds(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut any = false;
    let sent = seal_data(made, |data| {
        let times: Vec<(String, i64)> = data
            .names()
            .filter(|name| is_time(name))
            .filter_map(|name| Some((name.to_owned(), number(data, name)?)))
            .collect();
        any = !times.is_empty();
        for (name, seconds) in times {
            data.set(&name, seconds * 1000);
        }
    })?;
    if any { Ok(sent) } else { Err("this message tells no time".to_owned()) }
}

/// A contract's status in a message of any generation.
struct Told {
    number: i64,
    word: &'static str,
    operate: &'static str,
    at: i64,
}

fn tell(data: &mut Fields, told: &Told) {
    for (name, value) in [("FlowCallbackShowStatus", told.word), ("FlowStatus", told.word), ("Operate", told.operate)] {
        if data.has(name) {
            data.set(name, value);
        }
    }
    for (name, value) in [("FlowCallbackStatus", told.number), ("UpdatedOn", told.at), ("OccurTime", told.at)] {
        if data.has(name) {
            data.set(name, value);
        }
    }
}

/// The same under a `MsgId` of its own; for messages about a contract's status.
fn another_message(made: &Sealing<'_>, change: impl FnOnce(&mut Fields)) -> Result<Transmission, String> {
    let mut about_a_status = false;
    let text = change_data(made, |data| {
        about_a_status = data.has("FlowCallbackStatus") || data.has("FlowStatus");
        change(data);
    })?;
    if !about_a_status {
        return Err("this message tells no contract's status; `FlowStatusChange` does".to_owned());
    }
    let mut message = Fields::parse(text.as_bytes()).map_err(|error| error.to_string())?;
    if message.has("MsgId") {
        message.set("MsgId", format!("yD{}", Draw::apart(made.seed, 0).alphanumeric(30)));
    }
    made.seal_text(message.to_text().as_bytes())
}

fn number(data: &Fields, name: &str) -> Option<i64> {
    data.get(name)?.parse().ok()
}

fn is_time(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["on", "time", "deadline"].iter().any(|end| lower.ends_with(end))
}
