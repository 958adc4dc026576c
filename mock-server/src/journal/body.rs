//! What is kept of a request's parameters or of an answer: the bytes where they are few, else the JSON with every long text
//! replaced by its hash.

use bytes::Bytes;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Bodies up to so many bytes are kept as they are.
const KEPT_AS_THEY_ARE: usize = 16 * 1024;
/// Longer texts in longer bodies are kept as their hash.
const LONGEST_TEXT: usize = 1024;
/// The most list items that are kept of a longer body; more are counted.
const MOST_ITEMS: usize = 200;

/// Parameters or an answer. Cloning is cheap.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// JSON as it came.
    Whole(Bytes),
    /// JSON, with long texts as `{"sha256": ..., "bytes": ...}`; or parameters that came as a form.
    Read(Value),
}

impl Body {
    /// What to keep of these bytes.
    #[must_use]
    pub fn of_bytes(bytes: Bytes) -> Self {
        if bytes.len() <= KEPT_AS_THEY_ARE {
            return Self::Whole(bytes);
        }
        match serde_json::from_slice(&bytes) {
            Ok(value) => Self::Read(elided(value)),
            Err(_) => Self::Read(hashed(&bytes)),
        }
    }

    /// What to keep of bytes that nobody has read yet: of many, only how many they are, since reading them is the gateway's.
    #[must_use]
    pub fn not_understood(bytes: Bytes) -> Self {
        if bytes.len() <= KEPT_AS_THEY_ARE { Self::Whole(bytes) } else { Self::Read(json!({ "bytes": bytes.len() })) }
    }

    /// What to keep of parameters that were read from `bytes`.
    #[must_use]
    pub fn of_parameters(parameters: &Value, bytes: &Bytes, is_json: bool) -> Self {
        if is_json && bytes.len() <= KEPT_AS_THEY_ARE {
            return Self::Whole(bytes.clone());
        }
        Self::Read(elided(parameters.clone()))
    }

    /// As JSON; bytes that are none as a text.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Self::Whole(bytes) => serde_json::from_slice(bytes)
                .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned())),
            Self::Read(value) => value.clone(),
        }
    }

    /// How many bytes are kept, about.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Whole(bytes) => bytes.len(),
            Self::Read(value) => weight(value),
        }
    }

    /// Whether this text stands in it.
    pub(super) fn mentions(&self, text: &str) -> bool {
        match self {
            Self::Whole(bytes) => contains(bytes, text.as_bytes()),
            Self::Read(value) => contains(value.to_string().as_bytes(), text.as_bytes()),
        }
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    wanted.is_empty() || bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 16,
        Value::String(text) => text.len() + 32,
        Value::Array(items) => items.iter().map(weight).sum::<usize>() + 32,
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + weight(value) + 48).sum(),
    }
}

fn elided(value: Value) -> Value {
    match value {
        Value::String(text) if text.len() > LONGEST_TEXT => hashed(text.as_bytes()),
        Value::Array(items) if items.len() > MOST_ITEMS => {
            let left_out = items.len() - MOST_ITEMS;
            let mut kept: Vec<Value> = items.into_iter().take(MOST_ITEMS).map(elided).collect();
            kept.push(json!({ "more_items": left_out }));
            Value::Array(kept)
        }
        Value::Array(items) => items.into_iter().map(elided).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, elided(value))).collect(),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

/// What stands for so many bytes: the hash tells whether two are the same.
fn hashed(bytes: &[u8]) -> Value {
    json!({ "sha256": hex::encode(Sha256::digest(bytes)), "bytes": bytes.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_bodies_are_kept_to_the_letter() {
        let body = Body::of_bytes(Bytes::from_static(b"{\"B\": 1, \"A\": 2}"));

        assert!(matches!(&body, Body::Whole(bytes) if bytes.as_ref() == b"{\"B\": 1, \"A\": 2}"));
        assert!(body.mentions("\"B\"") && !body.mentions("C"));
    }

    #[test]
    fn long_texts_of_long_bodies_become_their_hash() {
        let file = "A".repeat(100_000);
        let upload = json!({"BusinessType": "DOCUMENT", "FileInfos": [{"FileName": "a.pdf", "FileBody": file}]});

        let kept = Body::of_bytes(Bytes::from(upload.to_string()));

        let value = kept.value();
        assert_eq!(value["FileInfos"][0]["FileName"], "a.pdf");
        assert_eq!(value["FileInfos"][0]["FileBody"], hashed(file.as_bytes()));
        assert!(kept.len() < 1_000, "{}", kept.len());
    }

    #[test]
    fn parameters_of_a_form_are_kept_as_what_they_stand_for() {
        let parameters = json!({"FlowId": "yD1"});

        let kept = Body::of_parameters(&parameters, &Bytes::from_static(b"FlowId=yD1"), false);

        assert_eq!(kept, Body::Read(parameters));
    }

    #[test]
    fn bytes_that_are_no_json_are_shown_as_a_text() {
        assert_eq!(Body::of_bytes(Bytes::from_static(b"a=b")).value(), json!("a=b"));
        let long = Bytes::from(vec![b'x'; 20_000]);
        assert_eq!(Body::of_bytes(long).value()["bytes"], 20_000);
    }
}
