//! What came back, as bytes and as the envelope in them.

use bytes::Bytes;
use serde_json::Value;

use crate::envelope::Answer;
use crate::{ErrorKind, Reply};

/// Any answer to a raw request.
#[derive(Clone, Debug, PartialEq)]
pub struct RawAnswer {
    /// The HTTP status. The vendor answers 200 whatever it thinks of the request. (api common)
    pub status: u16,
    /// The body as it came.
    pub body: Bytes,
    /// What the body says.
    pub opened: Opened,
}

/// The envelope of an answer, opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// The action was carried out.
    Reply(Reply<Value>),
    /// The service refused.
    Refused {
        /// The vendor's code.
        code: String,
        /// The vendor's sentence.
        message: String,
        /// What to quote to the vendor.
        request_id: Option<String>,
    },
    /// The body is not in the vendor's envelope.
    Foreign,
}

impl RawAnswer {
    pub(super) fn read(status: u16, body: Bytes) -> Self {
        let opened = match Answer::open(status, &body).and_then(Answer::read) {
            Ok(reply) => Opened::Reply(reply),
            Err(ErrorKind::Refused { code, message, request_id }) => Opened::Refused { code, message, request_id },
            // An envelope is opened by its shape alone, so there is no other way to fail.
            Err(_) => Opened::Foreign,
        };
        Self { status, body, opened }
    }

    /// The vendor's code, if the service refused.
    pub fn code(&self) -> Option<&str> {
        if let Opened::Refused { code, .. } = &self.opened { Some(code) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_reply_a_refusal_or_foreign() {
        let reply = RawAnswer::read(200, Bytes::from_static(br#"{"Response":{"FlowId":"yD","RequestId":"r"}}"#));
        assert!(matches!(&reply.opened, Opened::Reply(reply) if reply["FlowId"] == "yD" && reply.request_id == "r"));

        let refusal = r#"{"Response":{"Error":{"Code":"InvalidAction","Message":"no"},"RequestId":"r"}}"#;
        assert_eq!(RawAnswer::read(200, refusal.into()).code(), Some("InvalidAction"));

        for foreign in ["", "<html>", "{}", r#"{"Response":7}"#] {
            assert_eq!(RawAnswer::read(502, foreign.into()).opened, Opened::Foreign, "{foreign}");
        }
    }
}
