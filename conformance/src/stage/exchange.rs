//! One request and its answer, whatever they are.

use ess_client::Client;
use ess_client::raw::{Opened, RawAnswer, RawRequest};
use serde_json::Value;

use super::judging::envelope_differences;
use crate::outcome::Answer;
use crate::suite::matcher::Mismatch;

/// Sends a request once. The answer, and what is wrong with the envelope it came in.
pub(crate) async fn exchange(client: &Client, request: &RawRequest) -> (Answer, Vec<Mismatch>) {
    match client.send_raw(request).await {
        Ok(raw) => (read(&raw), envelope_differences(&raw)),
        Err(error) => (Answer::Lost(chain(&error)), Vec::new()),
    }
}

fn read(raw: &RawAnswer) -> Answer {
    match &raw.opened {
        Opened::Refused { code, message, .. } => Answer::Refused { code: code.clone(), message: message.clone() },
        // With its RequestId, which the schema asks for.
        Opened::Reply(_) => match serde_json::from_slice::<Value>(&raw.body) {
            Ok(mut body) => Answer::Answered(body["Response"].take()),
            Err(error) => Answer::Lost(error.to_string()),
        },
        Opened::Foreign => {
            let excerpt: String = String::from_utf8_lossy(&raw.body).chars().take(200).collect();
            Answer::Lost(format!("HTTP {}, and not the vendor's envelope: {excerpt:?}", raw.status))
        }
    }
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
