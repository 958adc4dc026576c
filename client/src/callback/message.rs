//! What a callback says, once it is opened.

use serde_json::{Map, Value};
use thiserror::Error;

/// One message of the platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    id: Option<String>,
    kind: Option<String>,
    version: Option<String>,
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
        let data = match (&kind, object.remove("MsgData")) {
            (Some(_), Some(data)) => unquoted(data),
            (_, removed) => {
                object.extend(removed.map(|data| ("MsgData".to_owned(), data)));
                Value::Object(object)
            }
        };
        Ok(Self { id, kind, version, data, plaintext })
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
