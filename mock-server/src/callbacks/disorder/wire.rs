//! A policy as text: an object with a field per kind of disorder, or the words `in order`.

use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Delay, Disorder, Duplicate, Lose, LoseFirst, Merge, Outdated, Shuffle, Swap};

/// What the empty policy is called.
const IN_ORDER: &str = "in order";

/// The object.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lose: Option<Lose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lose_first: Option<LoseFirst>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duplicate: Option<Duplicate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outdated: Option<Outdated>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delay: Option<Delay>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shuffle: Option<Shuffle>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merge: Option<Merge>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    swap: Vec<Swap>,
}

impl Serialize for Disorder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_none() {
            return serializer.serialize_str(IN_ORDER);
        }
        let Self { lose, lose_first, duplicate, outdated, delay, shuffle, merge, swap } = self.clone();
        Kinds { lose, lose_first, duplicate, outdated, delay, shuffle, merge, swap }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Disorder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Disorder;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "\"{IN_ORDER}\" or an object of lose, lose_first, duplicate, outdated, delay, shuffle, merge and swap"
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Disorder, E> {
        if text == IN_ORDER {
            Ok(Disorder::default())
        } else {
            Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Disorder, A::Error> {
        let Kinds { lose, lose_first, duplicate, outdated, delay, shuffle, merge, swap } =
            Kinds::deserialize(MapAccessDeserializer::new(map))?;
        let policy = Disorder { lose, lose_first, duplicate, outdated, delay, shuffle, merge, swap };
        policy.mistake().map_or(Ok(policy), |mistake| Err(A::Error::custom(mistake)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(policy: Value) -> Result<Disorder, String> {
        serde_json::from_value(policy).map_err(|error| error.to_string())
    }

    #[test]
    fn every_kind_is_written_as_it_was_read() {
        let full = json!({
            "lose": { "only": ["FlowCost"], "probability": 0.5 },
            "lose_first": { "probability": 1.0, "attempts": 2, "how": "answer" },
            "duplicate": { "probability": 0.25, "copies": 3, "gap": { "uniform": { "from": "1s", "to": "1h30m" } } },
            "outdated": { "only": ["FlowStatusChange/sign"], "probability": 1.0, "within": "1d" },
            "delay": { "probability": 1.0, "by": { "exponential": { "mean": "500ms" } } },
            "shuffle": { "messages": 5 },
            "merge": { "at": "2027-01-01T00:00:00Z" },
            "swap": [{ "send": "FlowStatusChange/finish", "before": "FlowStatusChange/sign", "within": "1h" }],
        });
        assert_eq!(serde_json::to_value(read(full.clone()).unwrap()).unwrap(), full);
        assert_eq!(serde_json::to_value(read(json!("in order")).unwrap()).unwrap(), json!("in order"));
        assert_eq!(read(json!({})).unwrap(), Disorder::default());
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_was_expected() {
        for (policy, words) in [
            (json!("chaos"), "expected \"in order\" or an object of lose,"),
            (json!({ "shufle": {} }), "unknown field `shufle`"),
            (json!({ "shuffle": {} }), "expected messages, 2 or more, or within"),
            (json!({ "shuffle": { "messages": 1 } }), "2 or more"),
            (json!({ "merge": {} }), "expected messages, 1 or more, at, a moment, or within"),
            (json!({ "merge": { "at": "soon" } }), "expected a moment such as"),
            (json!({ "duplicate": { "copies": 101 } }), "at most 100"),
            (json!({ "duplicate": { "copies": 0 } }), "nonzero"),
            (json!({ "lose_first": { "attempts": 6 } }), "the sixth is the last one"),
            (json!({ "lose": { "probability": 2 } }), "from 0 to 1"),
            (json!({ "lose": { "only": ["Nothing"] } }), "no MsgType `Nothing`"),
            (json!({ "delay": { "by": "3s" } }), "unknown variant `3s`"),
            (json!({ "delay": { "by": { "fixed": "3 seconds" } } }), "whole numbers with d, h, m, s or ms"),
            (json!({ "delay": { "by": { "uniform": { "from": "3s", "to": "1s" } } } }), "more than to 1s"),
            (json!({ "swap": [{ "send": "FlowCost", "before": "FlowCost" }] }), "cannot go before itself"),
        ] {
            let refused = read(policy).unwrap_err();
            assert!(refused.contains(words), "{refused}");
        }
    }
}
