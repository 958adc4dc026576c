//! What the journal is told of a call, gathered on its way through the edge.

use std::sync::Arc;

use bytes::Bytes;
use ess_schemas::ActionContract;
use http::request::Parts;
use serde_json::Value;

use super::{Answer, Injected, Refused};
use crate::domain::time::Timestamp;
use crate::engine::registry::Key;
use crate::faults::effect::Effect;
use crate::gateway::body::announced_action;
use crate::gateway::fault::ApiError;
use crate::gateway::incoming::{Incoming, Params};
use crate::gateway::signature::Autopsy;
use crate::journal::Body;
use crate::journal::entry::{Answered, Asked, Entry, Injected as Struck, Outcome as Ended};
use crate::limits::Breach;

/// The most characters kept of a client's own words: an action nobody has, its name.
const MOST_SHOWN: usize = 200;

/// Notes on a call.
#[derive(Default)]
pub(super) struct Noted {
    pub(super) contract: Option<&'static ActionContract>,
    pub(super) key: Option<Arc<Key>>,
    pub(super) autopsy: Option<Box<Autopsy>>,
    action: String,
    client: String,
    body: Option<Body>,
    ended: Option<Ended>,
    reason: Option<&'static str>,
    limit_source: Option<&'static str>,
    request_id: String,
    error: Option<ApiError>,
}

impl Noted {
    /// A call whose body was not read.
    pub(super) fn unread(head: &Parts) -> Self {
        let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let client = [text("x-tc-requestclient"), text("user-agent")].into_iter().find(|text| !text.is_empty());
        Self {
            contract: announced_action(head),
            action: cut(text("x-tc-action")),
            client: cut(client.unwrap_or_default()),
            ..Self::default()
        }
    }

    /// A call that came inside of this one.
    pub(super) fn inside(&self, action: &str, body: &[u8]) -> Self {
        Self {
            key: self.key.clone(),
            action: cut(action),
            client: self.client.clone(),
            body: Some(Body::not_understood(Bytes::copy_from_slice(body))),
            ..Self::default()
        }
    }

    /// A call with this body, not understood yet.
    pub(super) fn new(head: &Parts, bytes: &Bytes) -> Self {
        let query = || Bytes::from(head.uri.query().unwrap_or_default().to_owned());
        let sent = if bytes.is_empty() { query() } else { bytes.clone() };
        Self { body: Some(Body::not_understood(sent)), ..Self::unread(head) }
    }

    /// The action that is asked for, wherever it stands.
    pub(super) fn asks_for(&mut self, action: &str) {
        self.action = cut(action);
    }

    /// The parameters, once they are read.
    pub(super) fn reads(&mut self, incoming: &Incoming<'_>, parameters: &Value, bytes: &Bytes) {
        let is_json = matches!(incoming.params, Params::Json(_));
        self.body = Some(Body::of_parameters(parameters, bytes, is_json));
    }

    /// The parameters of a call that can only come as JSON.
    pub(super) fn reads_json(&mut self, parameters: &Value, body: &[u8]) {
        self.body = Some(Body::of_parameters(parameters, &Bytes::copy_from_slice(body), true));
    }

    /// How the call ended in its world; `None` when a fault came before it.
    pub(super) fn ended<R>(&mut self, done: Option<&Result<R, Refused>>, breach: Option<&Breach>) {
        let (ended, reason) = match done {
            Some(Ok(_)) => (Ended::Done, None),
            Some(Err((_, row))) => (Ended::Refused, Some(*row)),
            None => (Ended::Prevented, None),
        };
        self.ended = Some(ended);
        self.reason = reason;
        self.limit_source = breach.filter(|breach| reason == Some(breach.refusal)).map(|breach| breach.source);
    }

    /// What the client is told.
    pub(super) fn answered(&mut self, request_id: String, error: Option<ApiError>) {
        self.request_id = request_id;
        self.error = error;
    }

    /// The journal's entry.
    pub(super) fn entry(&self, at: Timestamp, answer: &Answer) -> Entry {
        Entry {
            number: 0,
            at,
            asked: Asked {
                action: self.contract.map_or(self.action.as_str(), |contract| contract.name).into(),
                contract: self.contract,
                organization: self.key.as_ref().map(|key| key.organization.clone()),
                client: self.client.clone(),
                body: self.body.clone().unwrap_or(Body::Read(Value::Null)),
            },
            answered: Answered {
                request_id: self.request_id.clone(),
                outcome: self.ended.unwrap_or(Ended::TurnedAway),
                error: self.error.clone(),
                reason: self.reason,
                limit_source: self.limit_source,
                body: Body::of_bytes(answer.body.clone()),
                fidelity: answer.fidelity,
                autopsy: self.autopsy.clone(),
                injected: answer.injected.as_ref().map(struck),
            },
        }
    }
}

fn struck(injected: &Injected) -> Struck {
    Struck {
        rule: injected.rule.clone(),
        effect: injected.effect.as_ref().map_or("latency", Effect::word),
        happened: injected.happened,
        latency: injected.latency,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MOST_SHOWN).collect()
}
