//! One request's way through the server, from bytes to bytes. The only place that reads the machine's clock for a call.
//!
//! gateway (bytes) -> identity (who acts) -> limits (fields) -> action (typed) -> domain (pure) -> events -> callbacks

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use bytes::Bytes;
use ess_schemas::ActionContract;
use http::Request;
use http::request::Parts;
use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::actions::{self, Reply};
use crate::domain::refusal::Refusal;
use crate::engine::account::{Account, attempt};
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::registry::{Key, Registry};
use crate::faults::mentions::Mentions;
use crate::gateway::body::{self, Unread};
use crate::gateway::credential::{self, Auth};
use crate::gateway::envelope::{self, Fidelity};
use crate::gateway::fault::{ApiError, Fault};
use crate::gateway::language::Language;
use crate::gateway::rate::RateWindows;
use crate::gateway::signature::SignatureClock;
use crate::gateway::{product, read, refusal, shape, signature, synthesized};
use crate::identity::Claim;
use crate::limits;
use crate::listener::Cut;

mod enclosed;
mod injection;
mod noting;

use noting::Noted;

pub use injection::Injected;

/// Bodies over this many bytes are read off the async threads, a few at a time.
const BIG_BODY: usize = 256 * 1024;
/// How many big bodies are taken in at once; each may be 84 MB. More wait, and slow senders do not hold up the others
/// until there are this many of them.
const BIG_BODIES_READ_AT_ONCE: usize = 16;
/// How many big bodies and heavy actions are worked on at once: decoding takes as much memory again, and a core.
const BIG_BODIES_WORKED_AT_ONCE: usize = 2;

/// Answers API calls.
pub struct Edge {
    registry: Arc<Registry>,
    auth: Auth,
    signature_clock: SignatureClock,
    /// Calls per second and key, when they are counted.
    rate: Option<Mutex<RateWindows>>,
    reading: Semaphore,
    working: Semaphore,
    /// How often each action was answered from its schema alone.
    synthesized: Mutex<BTreeMap<&'static str, u64>>,
}

/// What the gateway demands of calls.
#[derive(Clone, Copy, Debug, Default)]
pub struct EdgeOptions {
    /// How signatures are checked.
    pub auth: Auth,
    /// The clock they expire by.
    pub signature_clock: SignatureClock,
    /// Whether calls per second are counted.
    pub rate_limit: bool,
}

/// An answer before it is wrapped.
struct Answer {
    body: Bytes,
    fidelity: Fidelity,
    /// What a fault makes of it.
    injected: Option<Injected>,
    /// What the journal is told of the call.
    noted: Noted,
}

impl Edge {
    /// Answers calls to the worlds of `registry`.
    #[must_use]
    pub fn new(registry: Arc<Registry>, options: EdgeOptions) -> Arc<Self> {
        Arc::new(Self {
            registry,
            auth: options.auth,
            signature_clock: options.signature_clock,
            rate: options.rate_limit.then(|| Mutex::new(RateWindows::default())),
            reading: Semaphore::new(BIG_BODIES_READ_AT_ONCE),
            working: Semaphore::new(BIG_BODIES_WORKED_AT_ONCE),
            synthesized: Mutex::default(),
        })
    }

    /// Answers one call.
    pub async fn answer(self: Arc<Self>, request: Request<Body>) -> Response {
        let edge = EdgeTime::read();
        let connection = request.extensions().get::<ConnectInfo<Cut>>().map(|ConnectInfo(cut)| cut.clone());
        let (head, body) = request.into_parts();
        let language = Language::of(&head.headers);
        // Bodies that may be big wait for a place before they are read. The semaphores are never closed.
        let place =
            if body::limit(&head) > BIG_BODY && is_big(&head) { self.reading.acquire().await.ok() } else { None };
        let bytes = match body::read(&head, body).await {
            Ok(bytes) => bytes,
            Err(unread) => {
                // Who broke off may have closed only their own side, and still listen.
                let fault = if let Unread::Refused(fault) = unread { fault } else { Fault::NotJson };
                let refused = self.refuse(Noted::unread(&head), &fault, language);
                self.write_down(&refused, edge);
                return envelope::closing(envelope::response(refused.body, refused.fidelity));
            }
        };
        let handler = body::announced_action(&head).and_then(actions::handler);
        let answer = if bytes.len() > BIG_BODY || handler.is_some_and(|handler| handler.heavy) {
            let _core = self.working.acquire().await.ok();
            let this = self.clone();
            let unread = Noted::unread(&head);
            let work = tokio::task::spawn_blocking(move || this.handle(&head, &bytes, edge));
            work.await.unwrap_or_else(|_| self.refuse(unread, &Fault::Internal, language))
        } else {
            self.handle(&head, &bytes, edge)
        };
        drop(place);
        self.write_down(&answer, edge);
        injection::respond(answer, connection).await
    }

    fn handle(&self, head: &Parts, bytes: &Bytes, edge: EdgeTime) -> Answer {
        let mut noted = Noted::new(head, bytes);
        let incoming = match read::read(head, bytes) {
            Ok(incoming) => incoming,
            Err(fault) => return self.refuse(noted, &fault, Language::of(&head.headers)),
        };
        let language = incoming.language;
        noted.asks_for(&incoming.action);
        let contract = match product::contract(&incoming.version, &incoming.action) {
            Ok(contract) => contract,
            Err(fault) => return self.refuse(noted, &fault, language),
        };
        noted.contract = Some(contract);
        let credential = match credential::read(&incoming, self.auth) {
            Ok(credential) => credential,
            Err(fault) => return self.refuse(noted, &fault, language),
        };
        let key = match &credential.secret_id {
            Some(secret_id) => self.registry.key(secret_id),
            None => self.registry.first_key(),
        };
        noted.key.clone_from(&key);
        let known = match (&key, &credential.secret_id) {
            (Some(key), _) => Some(key.secret_key.as_str()),
            (None, Some(stranger)) => self.registry.key_of_stranger(stranger),
            (None, None) => None,
        };
        let known = known.map(|secret_key| signature::Key { secret_key, token: None });
        let now = match (self.signature_clock, &key) {
            (SignatureClock::World, Some(key)) => key.account.pulse(edge).now.seconds(),
            (SignatureClock::World, None) => self.registry.clock_of_new_worlds().at(edge).seconds(),
            (SignatureClock::Real, _) => edge.seconds(),
        };
        if let Err(rejection) = signature::verify(&incoming, &credential, known, self.auth, now) {
            if let Some(autopsy) = &rejection.autopsy {
                tracing::warn!(action = contract.name, "signature refused: {autopsy}");
            }
            noted.autopsy = rejection.autopsy;
            return self.refuse(noted, &rejection.fault, language);
        }
        // Only now, so that whoever cannot sign leaves no trace.
        let key = key.or_else(|| self.registry.admit(credential.secret_id.as_deref()?));
        noted.key.clone_from(&key);
        let Some(key) = key else { return self.refuse(noted, &Fault::SecretIdNotFound, language) };
        if let Some(rate) = &self.rate
            && let Err(fault) = rate.lock().admit(&key.secret_id, contract, edge.millis())
        {
            return self.refuse(noted, &fault, language);
        }
        match shape::read(&incoming, contract) {
            Ok(parameters) => {
                noted.reads(&incoming, &parameters, bytes);
                self.act(&key, contract, parameters, noted, edge, language)
            }
            Err(fault) => self.refuse(noted, &fault, language),
        }
    }

    /// The call is well-formed and signed: find out who acts, hold the fields against their limits, and do it.
    fn act(
        &self,
        key: &Key,
        contract: &'static ActionContract,
        parameters: Value,
        mut noted: Noted,
        edge: EdgeTime,
        language: Language,
    ) -> Answer {
        let claim = Claim::read(&parameters, contract);
        let breach = limits::check(&parameters, contract).err();
        let handler = actions::handler(contract);
        let fidelity = if handler.is_some() { Fidelity::Stateful } else { Fidelity::Synthesized };
        let mentions = Mentions::read(&parameters, key.account.has_faults());
        let visit = || -> Result<_, serde_json::Error> {
            let work = match (&breach, handler) {
                (None, Some(handler)) => Some(handler.prepare(&key.account, edge, parameters)?),
                (Some(_), _) | (None, None) => None,
            };
            Ok(key.account.enter(edge, |world, now, outbox| {
                let strike = world.strike(contract, &key.organization, &mentions, now);
                world.meet(strike, |world| {
                    attempt(world, outbox, |world, outbox| {
                        let caller =
                            claim.resolve(world, &key.organization).map_err(|refusal| refused(&refusal, contract))?;
                        if let Some(breach) = &breach {
                            return Err((breach.answer(contract), breach.refusal));
                        }
                        let Some(work) = work else { return Ok(None) };
                        let mut call = Call { world, caller: &caller, now, outbox, urls: &key.account.urls };
                        work(&mut call).map(Some).map_err(|refusal| refused(&refusal, contract))
                    })
                })
            }))
        };
        let (done, strike) = match contained(&key.account, contract.name, visit) {
            Some(Ok(met)) => met,
            Some(Err(error)) => {
                tracing::error!(action = contract.name, %error, "checked parameters do not fit their own type");
                return self.refuse(noted, &Fault::Internal, language);
            }
            None => return self.refuse(noted, &Fault::Internal, language),
        };
        noted.ended(done.as_ref(), breach.as_ref());
        let told = strike.as_ref().and_then(|strike| injection::told(strike, key, contract, language, edge));
        let mut injected = strike.map(Injected::from);
        let body = match (told, done) {
            (Some((error, request_id)), _) => {
                let body = envelope::failure(&error, &request_id);
                noted.answered(request_id, Some(error));
                body
            }
            (None, Some(done)) => {
                let done = done.map(|reply| self.response(reply, contract, &mut noted, &mut injected, edge, language));
                self.write(key, contract, done, &mut noted, edge)
            }
            // What comes in place of an answer stands in no envelope.
            (None, None) => Vec::new(),
        };
        Answer { body: body.into(), fidelity, injected, noted }
    }

    /// Wraps what came of a call.
    fn write(
        &self,
        key: &Key,
        contract: &'static ActionContract,
        done: Result<Vec<u8>, Refused>,
        noted: &mut Noted,
        edge: EdgeTime,
    ) -> Vec<u8> {
        let request_id = key.account.request_id(edge);
        match done {
            Ok(response) => {
                tracing::debug!(action = contract.name, request_id, "answered");
                let written = envelope::success(&request_id, |out| {
                    out.extend_from_slice(&response);
                    Ok::<(), std::convert::Infallible>(())
                });
                noted.answered(request_id, None);
                match written {
                    Ok(body) => body,
                    Err(never) => match never {},
                }
            }
            Err((error, _)) => {
                tracing::debug!(action = contract.name, request_id, %error, "refused");
                let body = envelope::failure(&error, &request_id);
                noted.answered(request_id, Some(error));
                body
            }
        }
    }

    /// The response a call comes to; `None` for one that is to be synthesized.
    fn response(
        &self,
        reply: Option<Reply>,
        contract: &'static ActionContract,
        noted: &mut Noted,
        injected: &mut Option<Injected>,
        edge: EdgeTime,
        language: Language,
    ) -> Vec<u8> {
        match reply {
            None => self.synthesize(contract),
            Some(Reply::Response(response)) => response,
            Some(Reply::Enclosed(enclosed)) => {
                let inside = self.answer_enclosed(&enclosed, contract, noted, edge, language);
                // A fault inside takes its way out, unless the call around it met one of its own.
                *injected = injected.take().or(inside.injected);
                enclosed.close(&inside.body).to_string().into_bytes()
            }
        }
    }

    fn synthesize(&self, contract: &'static ActionContract) -> Vec<u8> {
        let count = {
            let mut synthesized = self.synthesized.lock();
            let count = synthesized.entry(contract.name).or_insert(0);
            *count += 1;
            *count
        };
        tracing::info!(action = contract.name, count, "answered from the response schema alone: nothing was done");
        synthesized::response(contract).to_string().into_bytes()
    }

    /// Turns a call away before any business rule has seen it.
    fn refuse(&self, mut noted: Noted, fault: &Fault, language: Language) -> Answer {
        let request_id = match &noted.key {
            Some(key) => key.account.refused_request_id(),
            None => self.registry.stranger_request_id(),
        };
        let error = fault.answer(language);
        tracing::debug!(request_id, %error, "turned away");
        let body = envelope::failure(&error, &request_id).into();
        noted.answered(request_id, Some(error));
        Answer { body, fidelity: Fidelity::Stateful, injected: None, noted }
    }

    /// Takes the call down in its world's journal. What came from nobody known stands in the first world's, where somebody
    /// who tries the server for the first time will look.
    fn write_down(&self, answer: &Answer, edge: EdgeTime) {
        let known = answer.noted.key.as_ref().map(|key| key.account.clone());
        if let Some(account) = known.or_else(|| self.registry.first()) {
            account.write_down(edge, |at| answer.noted.entry(at, answer));
        }
    }
}

/// Does a handler's work. A panic in it stays here: its world is marked damaged, since it may have been left half changed,
/// and the answer is `None`.
fn contained<R>(account: &Account, action: &str, work: impl FnOnce() -> R) -> Option<R> {
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    if done.is_none() {
        account.mark_damaged(format!("the handler of {action} panicked"));
        tracing::error!(action, world = &*account.alias, "a handler panicked: reset this world");
    }
    done
}

fn is_big(head: &Parts) -> bool {
    let announced =
        head.headers.get(http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    announced.is_none_or(|length: usize| length > BIG_BODY) && head.method == http::Method::POST
}

/// What the client of a refused call is told, and the row of `refusals.yaml` it stands in.
type Refused = (ApiError, &'static str);

fn refused(refusal: &Refusal, contract: &ActionContract) -> Refused {
    let values = refusal.values();
    let values: Vec<(&'static str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    (refusal::answer(refusal.row(), &values, contract), refusal.row())
}

#[cfg(test)]
mod tests;
