//! How a step is written: every word a step may have, and which of them belong to which verb.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use super::{Act, Arrange, Call, Callbacks, Check, Download, Open, ReceiverAnswer, Step, Use};
use crate::suite::names::Span;

/// Everything a step may say, before it is known which verb it has.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    r#use: Option<Spanned<Value>>,
    call: Option<Spanned<String>>,
    act: Option<Spanned<String>>,
    open: Option<Value>,
    wait: Option<Span>,
    clock: Option<Span>,
    callbacks: Option<WrittenCallbacks>,
    receiver: Option<WrittenReceiver>,
    download: Option<Value>,
    check: Option<Value>,
    arrange: Option<Arrange>,

    r#as: Option<String>,
    with: Option<Value>,
    set: Option<Value>,
    by: Option<String>,
    spoil: Option<Value>,
    refused: Option<Spanned<Value>>,
    answers: Option<Value>,
    keep: Option<BTreeMap<String, String>>,
    until: Option<Value>,
    flow: Option<Value>,
    approver: Option<Value>,
    message: Option<Value>,
    fields: Option<Value>,
    link: Option<Value>,
    person: Option<Map<String, Value>>,
    fails: Option<bool>,
    alive: Option<bool>,
    shows: Option<Vec<Value>>,
    status: Option<u16>,
    kind: Option<String>,
    pages: Option<Value>,
    text: Option<Vec<Value>>,
    lacks: Option<Vec<Value>>,
    is: Option<Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCallbacks {
    about: Option<Value>,
    of: Option<String>,
    in_order: Option<Vec<Value>>,
    any_order: Option<Vec<Value>>,
    only: Option<Vec<Value>>,
    none: Option<Vec<Value>>,
    #[serde(default)]
    keep: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReceiver {
    answers: Vec<ReceiverAnswer>,
}

impl<'de> Deserialize<'de> for ReceiverAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Value::deserialize(deserializer)?;
        if written == "silent" {
            return Ok(Self::Silent);
        }
        let status = written.as_u64().and_then(|status| u16::try_from(status).ok());
        status
            .filter(|status| (100..600).contains(status))
            .map(Self::Status)
            .ok_or_else(|| serde::de::Error::custom(format!("expected an HTTP status or `silent`, found {written}")))
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.into_step().map_err(serde::de::Error::custom)
    }
}

/// A name, or a list of them; each stands where the whole does.
fn one_or_more(written: Spanned<Value>) -> Result<Vec<Spanned<String>>, String> {
    let name = |value: &Value| match value.as_str() {
        Some(name) => Ok(Spanned::new(name.to_owned(), written.referenced, written.defined)),
        None => Err(format!("`use` names preparations, this is {value}")),
    };
    match written.value.as_array() {
        Some(names) => names.iter().map(name).collect(),
        None => Ok(vec![name(&written.value)?]),
    }
}

/// Which words belong to which verb.
const BELONGS: [(&str, &[&str]); 11] = [
    ("use", &["as", "with"]),
    ("call", &["with", "set", "by", "spoil", "refused", "answers", "keep", "until"]),
    ("act", &["flow", "approver", "message", "fields", "link", "with", "person", "fails"]),
    ("open", &["alive", "shows"]),
    ("wait", &[]),
    ("clock", &[]),
    ("callbacks", &["keep"]),
    ("receiver", &[]),
    ("download", &["status", "kind", "pages", "text", "lacks", "keep"]),
    ("check", &["is"]),
    ("arrange", &[]),
];

impl Written {
    fn into_step(mut self) -> Result<Step, String> {
        let verb = self.verb()?;
        self.only_what_belongs_to(verb)?;
        Ok(match verb {
            "use" => {
                let names = self.r#use.take().map_or_else(|| Ok(Vec::new()), one_or_more)?;
                if self.r#as.is_some() && names.len() != 1 {
                    return Err("`as` names what one preparation gives; use them in steps of their own".to_owned());
                }
                Step::Use(Use { names, name: self.r#as.take(), with: self.map("with")? })
            }
            "act" => {
                let mut with = self.map("with")?;
                with.extend(self.person.take().unwrap_or_default());
                if self.link.is_some() == self.flow.is_some() {
                    return Err("`act` needs `flow`, or the `link` through which somebody comes".to_owned());
                }
                Step::Act(Act {
                    verb: self.act.take().ok_or("no verb")?,
                    flow: self.flow.take(),
                    approver: self.approver.take(),
                    message: self.message.take(),
                    fields: self.fields.take(),
                    link: self.link.take(),
                    with,
                    fails: self.fails.unwrap_or_default(),
                })
            }
            "open" => Step::Open(Open {
                url: self.open.take().unwrap_or_default(),
                alive: self.alive.unwrap_or(true),
                shows: self.shows.take().unwrap_or_default(),
            }),
            "wait" => Step::Wait(self.wait.ok_or("no span")?),
            "clock" => Step::Clock(self.clock.ok_or("no span")?),
            "callbacks" => Step::Callbacks(Box::new(self.callbacks()?)),
            "receiver" => Step::Receiver(self.receiver.take().map(|one| one.answers).unwrap_or_default()),
            "download" => Step::Download(Download {
                url: self.download.take().unwrap_or_default(),
                status: self.status,
                kind: self.kind.take(),
                pages: self.pages.take(),
                text: self.text.take().unwrap_or_default(),
                lacks: self.lacks.take().unwrap_or_default(),
                keep: self.keep.take().unwrap_or_default(),
            }),
            "check" => Step::Check(Check {
                value: self.check.take().unwrap_or_default(),
                is: self.is.take().ok_or("`check` needs `is`: what the value must be like")?,
            }),
            "arrange" => Step::Arrange(self.arrange.take().unwrap_or_default()),
            _ => Step::Call(Box::new(self.call()?)),
        })
    }

    fn call(mut self) -> Result<Call, String> {
        if self.refused.is_some() && (self.answers.is_some() || self.keep.is_some() || self.until.is_some()) {
            return Err("a call that is `refused` has no `answers`, `keep` or `until`".to_owned());
        }
        Ok(Call {
            action: self.call.take().ok_or("no action")?,
            with: self.with.take().unwrap_or_else(|| Value::Object(Map::new())),
            set: self.set.take(),
            by: self.by.take(),
            spoil: self.spoil.take(),
            refused: self.refused.take(),
            answers: self.answers.take(),
            keep: self.keep.take().unwrap_or_default(),
            until: self.until.take(),
        })
    }

    fn callbacks(&mut self) -> Result<Callbacks, String> {
        let written = self.callbacks.take().ok_or("no messages")?;
        if [&written.in_order, &written.any_order, &written.only, &written.none].iter().all(|list| list.is_none()) {
            return Err("`callbacks` needs one of `in_order`, `any_order`, `only` and `none`".to_owned());
        }
        let mut keep = written.keep;
        keep.extend(self.keep.take().unwrap_or_default());
        let WrittenCallbacks { about, of, in_order, any_order, only, none, .. } =
            WrittenCallbacks { keep: BTreeMap::new(), ..written };
        Ok(Callbacks { about, of, in_order, any_order, only, none, keep })
    }

    fn map(&mut self, name: &str) -> Result<Map<String, Value>, String> {
        match self.with.take() {
            None => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(_) => Err(format!("`{name}` must be a map here")),
        }
    }

    /// The one verb.
    fn verb(&self) -> Result<&'static str, String> {
        let said: Vec<&'static str> = BELONGS.iter().map(|(verb, _)| *verb).filter(|verb| self.says(verb)).collect();
        match said[..] {
            [verb] => Ok(verb),
            [] => Err(format!("a step needs a verb: one of {}", BELONGS.map(|(verb, _)| verb).join(", "))),
            _ => Err(format!("a step has one verb, this one has {}", said.join(" and "))),
        }
    }

    fn only_what_belongs_to(&self, verb: &'static str) -> Result<(), String> {
        let own = BELONGS.iter().find(|(name, _)| *name == verb).map_or(&[][..], |(_, words)| words);
        let mut all: Vec<&str> = BELONGS.iter().flat_map(|(_, words)| *words).copied().collect();
        all.sort_unstable();
        all.dedup();
        match all.into_iter().find(|word| self.says(word) && !own.contains(word)) {
            Some(word) => Err(format!("`{word}` does not belong to `{verb}`")),
            None => Ok(()),
        }
    }

    fn says(&self, word: &str) -> bool {
        match word {
            "use" => self.r#use.is_some(),
            "call" => self.call.is_some(),
            "act" => self.act.is_some(),
            "open" => self.open.is_some(),
            "wait" => self.wait.is_some(),
            "clock" => self.clock.is_some(),
            "callbacks" => self.callbacks.is_some(),
            "receiver" => self.receiver.is_some(),
            "download" => self.download.is_some(),
            "check" => self.check.is_some(),
            "arrange" => self.arrange.is_some(),
            "as" => self.r#as.is_some(),
            "with" => self.with.is_some(),
            "set" => self.set.is_some(),
            "by" => self.by.is_some(),
            "spoil" => self.spoil.is_some(),
            "refused" => self.refused.is_some(),
            "answers" => self.answers.is_some(),
            "keep" => self.keep.is_some(),
            "until" => self.until.is_some(),
            "flow" => self.flow.is_some(),
            "approver" => self.approver.is_some(),
            "message" => self.message.is_some(),
            "fields" => self.fields.is_some(),
            "link" => self.link.is_some(),
            "person" => self.person.is_some(),
            "fails" => self.fails.is_some(),
            "alive" => self.alive.is_some(),
            "shows" => self.shows.is_some(),
            "status" => self.status.is_some(),
            "kind" => self.kind.is_some(),
            "pages" => self.pages.is_some(),
            "text" => self.text.is_some(),
            "lacks" => self.lacks.is_some(),
            "is" => self.is.is_some(),
            _ => false,
        }
    }
}
