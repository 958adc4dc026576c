//! A receiver that is right but for one thing.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a defect is the one thing that differs: all others do as the right one"
)]

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use ess_client::callback::{Event, HEADER, Message, Received, Receiver};
use serde_json::{Value, json};

use super::{TOKEN, key};

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Defect {
    Nothing,
    /// Does everything well, and says that it failed.
    Answers500,
    /// Takes what it is sent, and never answers.
    NeverAnswers,
    /// Takes a resend for a new message.
    CountsTwice,
    /// Answers a resend with 409.
    RefusesDuplicates,
    /// Believes whatever came last.
    RunsBackwards,
    /// Believes whatever says that it is newest.
    LatestTimeWins,
    /// Does not look at signatures.
    AcceptsAnySignature,
    /// Answers 200 whatever comes.
    Answers200Always,
    /// Stops when it meets a type it does not know.
    DiesAtUnknownTypes,
    /// Answers 500 to a type it does not know.
    RefusesUnknownTypes,
    /// Takes no end for one.
    NeverEnds,
    /// Takes down a message's id before it looks whether it may be believed.
    RemembersTheRefused,
    /// Has one status for all contracts.
    MixesContracts,
    /// The last message wins for signers alone.
    SignersRunBackwards,
    /// Answers first and works later: that is allowed.
    WorksLater,
    /// Keeps only how contracts end: that is allowed to whoever says so.
    KeepsEndsOnly,
    /// Tells its state in words of its own.
    OwnWords,
}

struct Planted {
    defect: Defect,
    receiver: Receiver,
    state: Mutex<Known>,
    dies: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct Known {
    taken: HashSet<String>,
    contracts: HashMap<String, Contract>,
}

#[derive(Clone, Default)]
struct Contract {
    status: Option<i64>,
    at: i64,
    approvers: HashMap<String, i64>,
    messages: usize,
}

/// The receiver; `dies` ends the process it would run in.
pub(super) fn app(defect: Defect, dies: impl Fn() + Send + Sync + 'static) -> Router {
    let receiver = match defect {
        Defect::AcceptsAnySignature => Receiver::new().with_key(key()),
        _ => Receiver::new().with_key(key()).with_token(TOKEN),
    };
    let planted = Planted { defect, receiver, state: Mutex::default(), dies: Box::new(dies) };
    Router::new().route("/callback", post(callback)).route("/state/{flow}", get(state)).with_state(Arc::new(planted))
}

async fn callback(State(planted): State<Arc<Planted>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let defect = planted.defect;
    let signature = headers.get(HEADER).and_then(|value| value.to_str().ok());
    let signature = signature.filter(|_| defect != Defect::AcceptsAnySignature);
    let received = planted.receiver.receive(&body, signature);
    if defect == Defect::RemembersTheRefused
        && let Ok(Received::Message(message)) = Receiver::new().with_key(key()).receive(&body, None)
        && received.is_err()
    {
        planted.known().taken.insert(id(&message));
    }
    let status = match received {
        Ok(Received::Probe) => 200,
        Ok(Received::Message(message))
            if defect == Defect::DiesAtUnknownTypes && *message.event() == Event::Unknown =>
        {
            (planted.dies)();
            std::future::pending().await
        }
        Ok(Received::Message(message)) => planted.take(message),
        Err(refusal) => refusal.http_status(),
    };
    let status = match defect {
        Defect::Answers500 => 500,
        Defect::Answers200Always => 200,
        Defect::NeverAnswers => std::future::pending().await,
        _ => status,
    };
    StatusCode::from_u16(status).unwrap()
}

async fn state(State(planted): State<Arc<Planted>>, Path(flow): Path<String>) -> Json<Value> {
    let flow = if planted.defect == Defect::MixesContracts { "all" } else { flow.as_str() };
    let contract = planted.known().contracts.get(flow).cloned().unwrap_or_default();
    let status = match (planted.defect, contract.status) {
        (Defect::OwnWords, Some(4)) => json!("SIGNED"),
        (_, status) => json!(status),
    };
    Json(json!({ "status": status, "approvers": contract.approvers, "messages": contract.messages }))
}

fn id(message: &Message) -> String {
    message.id().unwrap_or(message.plaintext()).to_owned()
}

impl Planted {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(self: &Arc<Self>, message: Message) -> u16 {
        let unknown = *message.event() == Event::Unknown;
        match self.defect {
            Defect::RefusesUnknownTypes if unknown => return 500,
            Defect::WorksLater => {
                let later = self.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    later.apply(&message);
                });
                return 200;
            }
            _ => (),
        }
        self.apply(&message)
    }

    fn apply(&self, message: &Message) -> u16 {
        let mut known = self.known();
        let news = known.taken.insert(id(message));
        match self.defect {
            Defect::RefusesDuplicates if !news => return 409,
            Defect::CountsTwice | Defect::RunsBackwards | Defect::LatestTimeWins => (),
            _ if !news => return 200,
            _ => (),
        }
        let typed = !matches!(message.event(), Event::Unknown | Event::Misshapen(_));
        let data = message.data();
        let (flow, status) = (data["FlowId"].as_str(), data["FlowCallbackStatus"].as_i64());
        if let (true, Some(flow), Some(status)) = (typed, flow, status) {
            let flow = if self.defect == Defect::MixesContracts { "all" } else { flow };
            known.contracts.entry(flow.to_owned()).or_default().told(self.defect, status, data);
        }
        200
    }
}

impl Contract {
    fn told(&mut self, defect: Defect, status: i64, data: &Value) {
        self.messages += 1;
        let at = data["UpdatedOn"].as_i64().unwrap_or_default();
        let known = self.status.map_or(0, stage);
        let takes = match defect {
            Defect::RunsBackwards => true,
            Defect::LatestTimeWins => at >= self.at,
            Defect::NeverEnds => stage(status) < 4 && stage(status) > known,
            Defect::KeepsEndsOnly => stage(status) >= 4 && stage(status) > known,
            _ => stage(status) > known,
        };
        if takes {
            (self.status, self.at) = (Some(status), at);
        }
        for approver in data["Approvers"].as_array().into_iter().flatten() {
            let (recipient, told) = (&approver["RecipientId"], approver["ApproveCallbackStatus"].as_i64());
            let (Some(recipient), Some(told)) = (recipient.as_str(), told) else { continue };
            let known = self.approvers.entry(recipient.to_owned()).or_insert(told);
            if defect == Defect::SignersRunBackwards || signer_stage(told) > signer_stage(*known) {
                *known = told;
            }
        }
    }
}

fn stage(status: i64) -> u8 {
    match status {
        8 => 1,
        1 => 2,
        2 => 3,
        21 => 5,
        _ => 4,
    }
}

fn signer_stage(status: i64) -> u8 {
    match status {
        8 => 1,
        10 => 2,
        2 | 7 | 19 => 3,
        15 => 5,
        _ => 4,
    }
}
