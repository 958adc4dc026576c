//! Waiting for messages.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{End, Stage};
use crate::inbox::Mailbox;
use crate::suite::matcher::{self, Mismatch};
use crate::suite::step::Callbacks;

/// How long messages of a target without a clock are waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether they came.
const PAUSE: Duration = Duration::from_millis(500);

/// Expected messages, names resolved.
struct Wanted {
    about: Option<String>,
    of: Option<String>,
    in_order: Option<Vec<Map<String, Value>>>,
    any_order: Option<Vec<Map<String, Value>>>,
    only: Option<Vec<Map<String, Value>>>,
    none: Option<Vec<Map<String, Value>>>,
}

impl Stage<'_> {
    pub(super) async fn callbacks(&mut self, callbacks: &Callbacks) -> Result<(), End> {
        let mailbox = self.world.mailbox.clone();
        let mailbox = mailbox.ok_or_else(|| End::Skipped("callbacks do not reach the suite".to_owned()))?;
        let wanted = Wanted {
            about: callbacks.about.as_ref().map(|about| self.names.text(about)).transpose()?,
            of: callbacks.of.clone(),
            in_order: self.messages(callbacks.in_order.as_ref())?,
            any_order: self.messages(callbacks.any_order.as_ref())?,
            only: self.messages(callbacks.only.as_ref())?,
            none: self.messages(callbacks.none.as_ref())?,
        };
        let found = match &self.world.fake {
            // Nothing is on its way any more when the world has come to rest.
            Some(fake) => {
                fake.advance("0s").await.map_err(End::Broken)?;
                wanted.look(&self.arrived(&mailbox))
            }
            None => {
                let until = tokio::time::Instant::now() + PATIENCE;
                loop {
                    let found = wanted.look(&self.arrived(&mailbox));
                    if found.is_ok() || tokio::time::Instant::now() >= until {
                        break found;
                    }
                    tokio::time::sleep(PAUSE).await;
                }
            }
        };
        let matched = found.map_err(End::Differs)?;
        self.keep(&callbacks.keep, &Value::Array(matched))
    }

    fn arrived(&self, mailbox: &Mailbox) -> Vec<Value> {
        let mut arrived = mailbox.arrived();
        arrived.iter_mut().for_each(|message| self.watch.came_in(message));
        arrived
    }

    fn messages(&self, messages: Option<&Vec<Value>>) -> Result<Option<Vec<Map<String, Value>>>, End> {
        messages.map(|messages| messages.iter().map(|message| self.map(Some(message))).collect()).transpose()
    }
}

impl Wanted {
    /// Those that matched, in the order of the expectations.
    fn look(&self, arrived: &[Value]) -> Result<Vec<Value>, Vec<Mismatch>> {
        let about = |message: &&Value| {
            self.about.as_ref().is_none_or(|id| mentions(&message["MsgData"], id))
                && self.of.as_ref().is_none_or(|kind| message["MsgType"] == kind.as_str())
        };
        let relevant: Vec<&Value> = arrived.iter().filter(about).collect();
        let mut matched = Vec::new();
        if let Some(none) = &self.none
            && let Some(unwanted) = relevant.iter().find(|message| none.iter().any(|one| fits(one, message)))
        {
            return Err(vec![Mismatch {
                place: "none".to_owned(),
                expected: "no such message".to_owned(),
                actual: matcher::shown(unwanted),
            }]);
        }
        if let Some(in_order) = &self.in_order {
            let mut rest = relevant.iter();
            for (number, one) in in_order.iter().enumerate() {
                let found = rest.find(|message| fits(one, message));
                matched.push((*found.ok_or_else(|| missing("in_order", number, one, &relevant))?).clone());
            }
        }
        if let Some(any_order) = &self.any_order {
            let mut left = relevant.clone();
            for (number, one) in any_order.iter().enumerate() {
                let found = left.iter().position(|message| fits(one, message));
                matched.push(left.remove(found.ok_or_else(|| missing("any_order", number, one, &relevant))?).clone());
            }
        }
        if let Some(only) = &self.only {
            for (number, one) in only.iter().enumerate() {
                match relevant.get(number) {
                    Some(message) if fits(one, message) => matched.push((*message).clone()),
                    Some(_) | None => return Err(missing("only", number, one, &relevant)),
                }
            }
            if relevant.len() > only.len() {
                return Err(vec![Mismatch {
                    place: format!("only[{}]", only.len()),
                    expected: format!("{} messages", only.len()),
                    actual: summary(&relevant),
                }]);
            }
        }
        Ok(matched)
    }
}

fn fits(expected: &Map<String, Value>, message: &Value) -> bool {
    matcher::compare(expected, message).is_empty()
}

/// Whether an id stands anywhere in a message's data.
fn mentions(data: &Value, id: &str) -> bool {
    match data {
        Value::String(text) => text == id,
        Value::Array(items) => items.iter().any(|item| mentions(item, id)),
        Value::Object(map) => map.values().any(|value| mentions(value, id)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn missing(list: &str, number: usize, expected: &Map<String, Value>, relevant: &[&Value]) -> Vec<Mismatch> {
    vec![Mismatch {
        place: format!("{list}[{number}]"),
        expected: matcher::shown(&Value::Object(expected.clone())),
        actual: summary(relevant),
    }]
}

/// What arrived, in few words.
fn summary(messages: &[&Value]) -> String {
    if messages.is_empty() {
        return "no message".to_owned();
    }
    let one = |message: &&Value| {
        let data = &message["MsgData"];
        let operate = data["Operate"].as_str().map(|operate| format!(" {operate}")).unwrap_or_default();
        let status = data["FlowCallbackStatus"].as_i64().map(|status| format!(" {status}")).unwrap_or_default();
        let refused = message["Wire"]["Refused"].as_str().map(|why| format!(" ({why})")).unwrap_or_default();
        format!("{}{operate}{status}{refused}", message["MsgType"].as_str().unwrap_or("unreadable"))
    };
    messages.iter().map(one).collect::<Vec<_>>().join(", ")
}
