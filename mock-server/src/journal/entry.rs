//! One call as it is remembered.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use ess_schemas::ActionContract;
use serde::Serialize;

use super::body::Body;
use crate::domain::ids::OrganizationId;
use crate::domain::time::Timestamp;
use crate::gateway::envelope::Fidelity;
use crate::gateway::fault::ApiError;
use crate::gateway::signature::Autopsy;

/// What an entry weighs beside its texts, about.
const BARE_WEIGHT: usize = 512;

/// A call and its answer.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the order of arrival, from 1; given by the journal.
    pub number: u64,
    /// When it came, in the world's time.
    pub at: Timestamp,
    /// What was asked.
    pub asked: Asked,
    /// What was answered.
    pub answered: Answered,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The action by its name; as the client wrote it, when there is none of that name.
    pub action: Arc<str>,
    /// What is known of the action.
    pub contract: Option<&'static ActionContract>,
    /// Whose key signed it, when anybody's did.
    pub organization: Option<OrganizationId>,
    /// Which client sent it, by its own account (`User-Agent` or `X-TC-RequestClient`).
    pub client: String,
    /// Its parameters.
    pub body: Body,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its RequestId; empty where the answer had none.
    pub request_id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The error it carries.
    pub error: Option<ApiError>,
    /// The row of `refusals.yaml` it was refused by.
    pub reason: Option<&'static str>,
    /// Where the limit that was broken is known from.
    pub limit_source: Option<&'static str>,
    /// Its body.
    pub body: Body,
    /// How much stands behind it.
    pub fidelity: Fidelity,
    /// What was wrong with the signature.
    pub autopsy: Option<Box<Autopsy>>,
    /// The fault that struck it.
    pub injected: Option<Injected>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// A rule refused it.
    Refused,
    /// The gateway turned it away before any rule saw it.
    TurnedAway,
    /// A fault came before it.
    Prevented,
}

/// A fault in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Injected {
    /// The rule's id.
    pub rule: Arc<str>,
    /// What the client got; `latency` when its own answer, only late.
    pub effect: &'static str,
    /// Whether the call was done nevertheless.
    pub happened: bool,
    /// How long the answer was held back.
    #[serde(rename = "latency_ms", serialize_with = "in_milliseconds")]
    pub latency: Duration,
}

fn in_milliseconds<S: serde::Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(span.as_millis()).unwrap_or(u64::MAX))
}

impl Entry {
    /// What it costs to keep, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let autopsy = self.answered.autopsy.as_ref().map_or(0, |autopsy| {
            autopsy.canonical_request.len()
                + autopsy.string_to_sign.len()
                + autopsy.also_tried.iter().map(String::len).sum::<usize>()
        });
        BARE_WEIGHT + self.asked.body.len() + self.answered.body.len() + autopsy
    }

    /// Whether this text stands in the request or in the answer, such as a contract's id.
    #[must_use]
    pub fn mentions(&self, text: &str) -> bool {
        self.asked.body.mentions(text) || self.answered.body.mentions(text)
    }
}

impl Answered {
    /// An answer with this body, done.
    #[must_use]
    pub fn done(request_id: String, body: Bytes) -> Self {
        Self {
            request_id,
            outcome: Outcome::Done,
            error: None,
            reason: None,
            limit_source: None,
            body: Body::of_bytes(body),
            fidelity: Fidelity::Stateful,
            autopsy: None,
            injected: None,
        }
    }
}

#[cfg(test)]
pub(super) mod samples {
    use ess_schemas::Service;

    use super::*;

    /// A call of an action with these parameters, done.
    pub(in crate::journal) fn entry(action: &str, parameters: &str) -> Entry {
        Entry {
            number: 0,
            at: Timestamp::from_seconds(1_700_000_000),
            asked: Asked {
                action: action.into(),
                contract: ess_schemas::action(Service::Ess, action),
                organization: Some("own".into()),
                client: "test".to_owned(),
                body: Body::of_bytes(Bytes::copy_from_slice(parameters.as_bytes())),
            },
            answered: Answered::done("s1".to_owned(), Bytes::from_static(br#"{"Response":{"RequestId":"s1"}}"#)),
        }
    }
}
