//! Rows whose keys are part of what they say: `FlowStatusChange: {...}` in a message, a bare name for a step.

use std::fmt;

use ess_client::callback::Generation;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_saphyr::Spanned;

use crate::engine::world_file::Span;

/// One thing the platform says.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// What steps call it.
    pub name: Option<Spanned<String>>,
    /// How long after the message before it happens.
    pub after: Option<Span>,
    /// Which generation says it, where not the file's.
    pub generation: Option<Generation>,
    /// What it says.
    pub stated: Stated,
}

/// What a message says.
#[derive(Clone, Debug)]
pub enum Stated {
    /// Made up by its type and what it is about.
    Typed {
        /// `MsgType`.
        kind: Spanned<String>,
        /// What it is about.
        data: Box<MessageData>,
    },
    /// As it was recorded, byte for byte.
    Verbatim(Spanned<String>),
}

/// What a typed message is about. Keys in lower case are the story's, all others are fields of `MsgData`.
#[derive(Clone, Debug, Default)]
pub struct MessageData {
    /// The contract, by its name in the file.
    pub contract: Option<Spanned<String>>,
    /// The group, likewise.
    pub group: Option<Spanned<String>>,
    /// What was done to the contract: `Operate`.
    pub operate: Option<Spanned<String>>,
    /// The status the contract has then: `FlowCallbackStatus`. Stated to be held to.
    pub status: Option<Spanned<i64>>,
    /// Which signer did it, counted from 0.
    pub signer: Option<Spanned<usize>>,
    /// Why, where somebody refused or withdrew.
    pub reason: Option<String>,
    /// What a signer filled in, by the component's name.
    pub values: Vec<(String, String)>,
    /// Fields of `MsgData`, written out.
    pub fields: Vec<Datum>,
}

/// A field of `MsgData`.
#[derive(Clone, Debug)]
pub struct Datum {
    /// Its name.
    pub name: String,
    /// Its value; a text such as `$lease` stands for the id of that contract or group.
    pub value: Spanned<Value>,
}

/// One thing that is sent.
#[derive(Clone, Debug, Default)]
pub struct StepRow {
    /// A message, by its name.
    pub send: Option<Spanned<String>>,
    /// Several steps, in an order drawn with the seed.
    pub shuffle: Option<Vec<Spanned<StepRow>>>,
    /// How long after the step before.
    pub after: Option<Span>,
    /// How often it is sent; once when left out.
    pub repeat: Option<Spanned<u32>>,
    /// How long between repeats.
    pub every: Option<Span>,
    /// How it is spoiled.
    pub hostile: Option<Spanned<String>>,
    /// The message a hostile body replays, where one does; an earlier one about the same contract when left out.
    pub older: Option<Spanned<String>>,
    /// Whether it is sent again until it is received.
    pub retry: Option<bool>,
    /// How many attempts are lost on the way before the first arrives.
    pub lost: Option<Spanned<u8>>,
    /// What a good receiver does with it.
    pub expect: Option<Spanned<String>>,
}

const MESSAGE_KEYS: &str = "`as`, `after`, `generation`, `plaintext`, or a MsgType such as `FlowStatusChange`";
const DATA_KEYS: &str = "`contract`, `group`, `operate`, `status`, `signer`, `reason`, `values`, or a field of MsgData, which begins with a capital";
const STEP_KEYS: &str = "`send`, `shuffle`, `after`, `repeat`, `every`, `hostile`, `older`, `retry`, `lost`, `expect`";

/// Fields of MsgData and MsgTypes begin with a capital, keys of ours do not.
fn is_the_vendors(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_uppercase())
}

impl<'de> Deserialize<'de> for MessageRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MessageVisitor)
    }
}

struct MessageVisitor;

impl<'de> Visitor<'de> for MessageVisitor {
    type Value = MessageRow;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a message: {MESSAGE_KEYS}")
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<MessageRow, Map::Error> {
        let (mut name, mut after, mut generation, mut stated) = (None, None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            let said = match key.as_str() {
                "as" => {
                    name = Some(map.next_value()?);
                    continue;
                }
                "after" => {
                    after = Some(map.next_value()?);
                    continue;
                }
                "generation" => {
                    generation = Some(map.next_value()?);
                    continue;
                }
                "plaintext" => Stated::Verbatim(map.next_value()?),
                kind if is_the_vendors(kind) => {
                    let data: Spanned<Option<MessageData>> = map.next_value()?;
                    let kind = Spanned::new(kind.to_owned(), data.referenced, data.defined);
                    Stated::Typed { kind, data: Box::new(data.value.unwrap_or_default()) }
                }
                other => {
                    return Err(Map::Error::custom(format!("a message has no `{other}`; expected {MESSAGE_KEYS}")));
                }
            };
            if stated.replace(said).is_some() {
                return Err(Map::Error::custom("a message says one thing: this one has two MsgTypes or plaintexts"));
            }
        }
        let stated =
            stated.ok_or_else(|| Map::Error::custom(format!("a message says something; expected {MESSAGE_KEYS}")))?;
        Ok(MessageRow { name, after, generation, stated })
    }
}

impl<'de> Deserialize<'de> for MessageData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DataVisitor)
    }
}

struct DataVisitor;

impl<'de> Visitor<'de> for DataVisitor {
    type Value = MessageData;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "what a message is about: {DATA_KEYS}")
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<MessageData, Map::Error> {
        let mut data = MessageData::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "contract" => data.contract = Some(map.next_value()?),
                "group" => data.group = Some(map.next_value()?),
                "operate" => data.operate = Some(map.next_value()?),
                "status" => data.status = Some(map.next_value()?),
                "signer" => data.signer = Some(map.next_value()?),
                "reason" => data.reason = Some(map.next_value()?),
                "values" => {
                    let values: std::collections::BTreeMap<String, String> = map.next_value()?;
                    data.values = values.into_iter().collect();
                }
                name if is_the_vendors(name) => {
                    let name = name.to_owned();
                    data.fields.push(Datum { name, value: map.next_value()? });
                }
                other => return Err(Map::Error::custom(format!("a message has no `{other}`; expected {DATA_KEYS}"))),
            }
        }
        Ok(data)
    }
}

impl<'de> Deserialize<'de> for StepRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StepVisitor)
    }
}

struct StepVisitor;

impl<'de> Visitor<'de> for StepVisitor {
    type Value = StepRow;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a message's name, or a step: {STEP_KEYS}")
    }

    fn visit_str<Failure: Error>(self, name: &str) -> Result<StepRow, Failure> {
        // A bare name is located by the step around it.
        let send = Spanned::new(name.to_owned(), serde_saphyr::Location::UNKNOWN, serde_saphyr::Location::UNKNOWN);
        Ok(StepRow { send: Some(send), ..StepRow::default() })
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<StepRow, Map::Error> {
        let mut step = StepRow::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "send" => step.send = Some(map.next_value()?),
                "shuffle" => step.shuffle = Some(map.next_value()?),
                "after" => step.after = Some(map.next_value()?),
                "repeat" => step.repeat = Some(map.next_value()?),
                "every" => step.every = Some(map.next_value()?),
                "hostile" => step.hostile = Some(map.next_value()?),
                "older" => step.older = Some(map.next_value()?),
                "retry" => step.retry = Some(map.next_value()?),
                "lost" => step.lost = Some(map.next_value()?),
                "expect" => step.expect = Some(map.next_value()?),
                other => return Err(Map::Error::custom(format!("a step has no `{other}`; expected {STEP_KEYS}"))),
            }
        }
        match (&step.send, &step.shuffle) {
            (Some(_), None) | (None, Some(_)) => Ok(step),
            (None, None) => Err(Map::Error::custom("a step needs `send` or `shuffle`")),
            (Some(_), Some(_)) => Err(Map::Error::custom("a step has `send` or `shuffle`, not both")),
        }
    }
}
