//! Messages by name: `FlowStatusChange`, or `FlowStatusChange/sign` for those of one `Operate`.
//!
//! A name nobody ever sends is refused with the names there are, so that a typing error never passes for a wish.

use std::fmt;

use ess_schemas::callbacks;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use super::message::{MessageKind, Operate};

/// The only kind of message that says what was done to a contract.
const WITH_OPERATE: &str = "FlowStatusChange";

/// A kind of message, by its `MsgType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MsgType(&'static str);

impl MsgType {
    /// Its name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }

    /// Every one there is, in alphabetical order.
    #[must_use]
    pub fn all() -> Vec<&'static str> {
        let mut all: Vec<&str> = callbacks::Generation::ALL
            .iter()
            .flat_map(|one| callbacks::messages(*one))
            .map(|one| one.msg_type)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl<'de> Deserialize<'de> for MsgType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl TryFrom<String> for MsgType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let all = Self::all();
        let known = all.iter().find(|one| **one == text);
        known
            .map(|one| Self(one))
            .ok_or_else(|| format!("there is no MsgType `{text}`; expected one of {}", all.join(", ")))
    }
}

/// Messages of one kind, or of one kind and `Operate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Named {
    kind: MsgType,
    operate: Option<Operate>,
}

impl Named {
    /// Whether this message is meant.
    #[must_use]
    pub fn fits(&self, message: &MessageKind) -> bool {
        message.name() == self.kind.name() && self.operate.is_none_or(|one| message.operate() == Some(one))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        self.operate.map_or(Ok(()), |operate| write!(f, "/{}", operate.wire()))
    }
}

impl From<Named> for String {
    fn from(named: Named) -> Self {
        named.to_string()
    }
}

impl TryFrom<String> for Named {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (kind, operate) = text.split_once('/').map_or((text.as_str(), None), |(kind, rest)| (kind, Some(rest)));
        let kind = MsgType::try_from(kind.to_owned())?;
        let Some(operate) = operate else { return Ok(Self { kind, operate: None }) };
        if kind.name() != WITH_OPERATE {
            return Err(format!("`{text}`: only {WITH_OPERATE} has an Operate; expected `{}`", kind.name()));
        }
        let known = Operate::ALL.into_iter().find(|one| one.wire() == operate);
        let known = known.ok_or_else(|| {
            let all = Operate::ALL.map(Operate::wire).join(", ");
            format!("`{text}`: there is no Operate `{operate}`; expected one of {all}")
        })?;
        Ok(Self { kind, operate: Some(known) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::samples::message;

    fn named(text: &str) -> Result<Named, String> {
        Named::try_from(text.to_owned())
    }

    #[test]
    fn a_name_means_all_of_a_kind_or_those_of_one_operate() {
        let start = message().kind;
        for (text, fits) in [
            ("FlowStatusChange", true),
            ("FlowStatusChange/start", true),
            ("FlowStatusChange/finish", false),
            ("BillingUse", false),
        ] {
            let one = named(text).unwrap();
            assert_eq!(one.fits(&start), fits, "{text}");
            assert_eq!(one.to_string(), text);
        }
    }

    #[test]
    fn what_nobody_sends_is_refused_by_its_name() {
        for (text, words) in [
            ("FlowStatus", "no MsgType `FlowStatus`; expected one of AIContractReview,"),
            ("FlowStatusChange/signed", "no Operate `signed`; expected one of start, fill,"),
            ("BillingUse/start", "only FlowStatusChange has an Operate; expected `BillingUse`"),
        ] {
            let refused = named(text).unwrap_err();
            assert!(refused.contains(words), "{refused}");
        }
    }

    #[test]
    fn the_operates_are_those_of_the_published_message() {
        let contract = callbacks::message(callbacks::Generation::Company, WITH_OPERATE).unwrap();
        let schema: serde_json::Value = serde_json::from_str(contract.schema).unwrap();
        let mut published: Vec<String> =
            serde_json::from_value(schema["properties"]["Operate"]["enum"].clone()).unwrap();
        let mut known = Operate::ALL.map(|one| one.wire().to_owned());
        published.sort();
        known.sort();
        assert_eq!(published, known);
    }
}
