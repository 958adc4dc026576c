//! The vendor's envelope around every answer: `{"Response": {..., "RequestId": "..."}}`, or with an `Error` in it. (api common)

use std::ops::Deref;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::ErrorKind;

/// How much of a foreign answer an error quotes, in characters.
const EXCERPT: usize = 200;

/// An action's answer and the id it is known by at the vendor's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply<R> {
    /// The answer itself; `reply.flow_id` reads through to it.
    pub response: R,
    /// What to quote to the vendor. Empty if the service sent none.
    pub request_id: String,
}

impl<R> Deref for Reply<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.response
    }
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "Response")]
    response: Box<RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outline {
    request_id: Option<String>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Refusal {
    code: String,
    #[serde(default)]
    message: String,
}

/// A successful answer, not yet read further.
#[derive(Debug)]
pub(crate) struct Answer {
    response: Box<RawValue>,
    request_id: Option<String>,
}

impl Answer {
    /// Takes the answer out of its envelope; an `Error` in it becomes ours.
    pub(crate) fn open(status: u16, body: &[u8]) -> Result<Self, ErrorKind> {
        let foreign = || {
            let text = String::from_utf8_lossy(body);
            ErrorKind::NotAnAnswer { status, excerpt: text.chars().take(EXCERPT).collect() }
        };
        let Envelope { response } = serde_json::from_slice(body).map_err(|_| foreign())?;
        let outline: Outline = serde_json::from_str(response.get()).map_err(|_| foreign())?;
        match outline.error {
            Some(Refusal { code, message }) => {
                Err(ErrorKind::Refused { code, message, request_id: outline.request_id })
            }
            None => Ok(Self { response, request_id: outline.request_id }),
        }
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Reads the answer as its documented type.
    pub(crate) fn read<R: DeserializeOwned>(self) -> Result<Reply<R>, ErrorKind> {
        match read_tolerantly(self.response.get()) {
            Ok(response) => Ok(Reply { response, request_id: self.request_id.unwrap_or_default() }),
            Err(source) => Err(ErrorKind::Unreadable { request_id: self.request_id, source }),
        }
    }
}

/// A `null` where the contract promises a value is read as an absent one: the vendor writes both. (ASSUMED: SDKs in Go and Python take both alike)
fn read_tolerantly<R: DeserializeOwned>(text: &str) -> Result<R, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| {
        let mut value: Value = serde_json::from_str(text)?;
        remove_nulls(&mut value);
        // The first error is the one that names line and column.
        serde_json::from_value(value).map_err(|_| error)
    })
}

fn remove_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, member| !member.is_null());
            object.values_mut().for_each(remove_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct Example {
        flow_id: String,
        names: Vec<String>,
    }

    #[test]
    fn an_answer_is_read_without_its_envelope() {
        let body = r#"{"Response":{"FlowId":"yD","Names":["甲"],"NewField":{"a":1},"RequestId":"r-1"}}"#;

        let reply: Reply<Example> = Answer::open(200, body.as_bytes()).unwrap().read().unwrap();

        assert_eq!((reply.flow_id.as_str(), reply.request_id.as_str()), ("yD", "r-1"));
        assert_eq!(reply.names, ["甲"]);
    }

    #[test]
    fn a_null_where_a_value_was_promised_counts_as_absent() {
        let body = br#"{"Response":{"FlowId":null,"Names":null,"RequestId":"r-1"}}"#;

        let reply: Reply<Example> = Answer::open(200, body).unwrap().read().unwrap();

        assert_eq!(reply.response, Example::default());
    }

    #[test]
    fn an_error_is_recognised_whatever_the_status() {
        let body = br#"{"Response":{"Error":{"Code":"InvalidParameter","Message":"no"},"RequestId":"r-1"}}"#;

        for status in [200, 400] {
            let ErrorKind::Refused { code, message, request_id } = Answer::open(status, body).unwrap_err() else {
                panic!("a refusal")
            };
            assert_eq!(
                (code.as_str(), message.as_str(), request_id.as_deref()),
                ("InvalidParameter", "no", Some("r-1"))
            );
        }
    }

    #[test]
    fn what_has_no_envelope_is_quoted_in_part() {
        let page = format!("<html>{}", "合".repeat(1000));

        for body in [page.as_bytes(), b"", b"{}", b"[]", br#"{"Response":[]}"#, b"\xff\xfe"] {
            let ErrorKind::NotAnAnswer { status, excerpt } = Answer::open(502, body).unwrap_err() else {
                panic!("no answer of the service")
            };
            assert_eq!(status, 502);
            assert!(excerpt.chars().count() <= EXCERPT);
        }
    }

    #[test]
    fn an_answer_of_another_shape_names_the_place_and_keeps_the_request_id() {
        let body = br#"{"Response":{"FlowId":7,"RequestId":"r-1"}}"#;

        let ErrorKind::Unreadable { request_id, source } =
            Answer::open(200, body).unwrap().read::<Example>().unwrap_err()
        else {
            panic!("an unreadable answer")
        };
        assert_eq!(request_id.as_deref(), Some("r-1"));
        assert!(source.to_string().contains("invalid type: integer `7`"), "{source}");
    }
}
