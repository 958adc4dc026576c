//! What a callback says, once it is opened.

use serde_json::{Map, Value};
use thiserror::Error;

use super::Event;

/// One message of the platform: its envelope, what happened, and both as they came.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    id: Option<String>,
    kind: Option<String>,
    version: Option<String>,
    event: Event,
    data: Value,
    plaintext: String,
}

/// Why a text is not a message.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MessageError {
    /// Usually a sign of the wrong key, or of a damaged text whose last block survived.
    #[error("the text is not UTF-8")]
    NotText(#[from] std::string::FromUtf8Error),
    /// The text is no JSON object.
    #[error("the text is no JSON object")]
    NotAnObject(#[from] serde_json::Error),
}

impl Message {
    /// Reads an opened or plain message of any generation. An unknown `MsgType` and unknown fields are kept, never refused.
    pub fn parse(plaintext: impl Into<Vec<u8>>) -> Result<Self, MessageError> {
        let plaintext = String::from_utf8(plaintext.into())?;
        let mut object: Map<String, Value> = serde_json::from_str(&plaintext)?;
        let kind = text(&object, "MsgType");
        let (id, version) = (text(&object, "MsgId"), text(&object, "MsgVersion"));
        let data = match kind.is_some() {
            true => unquoted(object.remove("MsgData").unwrap_or_default()),
            false => Value::Object(object),
        };
        let event = data.as_object().map_or_else(
            || Event::Misshapen("MsgData is not an object".to_owned()),
            |fields| Event::read(kind.as_deref(), version.as_deref(), fields),
        );
        Ok(Self { id, kind, version, event, data, plaintext })
    }

    /// `MsgId`: different for every message and the same in every resend. A legacy contract message has none.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// `MsgType`. A legacy contract message has none.
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// `MsgVersion`: `CustomApp` or `ThirdPartyApp`; none in the legacy generation.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// What happened.
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// `MsgData` as it came; the whole message where there is no envelope.
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// The message as it came.
    pub fn plaintext(&self) -> &str {
        &self.plaintext
    }
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(str::to_owned)
}

/// `MsgData` is an object in every message recorded; receivers have met it as a text that holds one. (callback docs)
fn unquoted(data: Value) -> Value {
    let inner = data.as_str().and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    inner.map_or(data, Value::Object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_came_as_a_text_is_unquoted() {
        let message = Message::parse(r#"{"MsgId":"1","MsgType":"FlowCost","MsgData":"{\"Cost\":1}"}"#).unwrap();

        assert_eq!(message.data()["Cost"], 1);
    }

    #[test]
    fn a_message_without_a_type_is_its_own_data() {
        let message = Message::parse(r#"{"MsgId":"1","MsgData":{},"FlowId":"yD"}"#).unwrap();

        assert_eq!((message.id(), message.kind()), (Some("1"), None));
        assert_eq!(message.data()["FlowId"], "yD");
    }

    #[test]
    fn escaped_and_raw_characters_read_alike() {
        let escaped = Message::parse(r#"{"MsgType":"X","MsgData":{"Name":"\u003cA\u0026B\u003e"}}"#).unwrap();

        assert_eq!(escaped.data()["Name"], "<A&B>");
    }

    #[test]
    fn only_an_object_is_a_message() {
        assert!(matches!(Message::parse("[1]"), Err(MessageError::NotAnObject(_))));
        assert!(matches!(Message::parse("{} x"), Err(MessageError::NotAnObject(_))));
        assert!(matches!(Message::parse(vec![0xff]), Err(MessageError::NotText(_))));
    }
}
