//! Carries callbacks to their receivers: one POST per job, outside of every lock.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ess_client::callback::{self, CallbackKey, Generation};
use ess_client::http::{Trust, client_builder};
use tokio::sync::mpsc;

use super::address::Address;
use super::delivery::{Attempt, Outcome};
use super::payload;
use crate::engine::account::Job;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::{LegacyContentType, Settings};

/// How long receivers may take, in real time.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// While the world's clock runs.
    pub running: Duration,
    /// While it stands still, where waiting is waste.
    pub frozen: Duration,
}

/// Carries jobs until nobody can hand over any more.
pub async fn carry(mut jobs: mpsc::UnboundedReceiver<Job>, timeouts: Timeouts) {
    let courier = Arc::new(Courier { timeouts, http: OnceLock::new() });
    while let Some(job) = jobs.recv().await {
        let courier = courier.clone();
        tokio::spawn(async move { courier.deliver(job).await });
    }
}

struct Courier {
    timeouts: Timeouts,
    /// Made for the first callback: a server that sends none starts without it.
    http: OnceLock<Result<reqwest::Client, String>>,
}

impl Courier {
    async fn deliver(&self, job: Job) {
        let started = EdgeTime::read();
        let outcome = self.post(&job).await;
        let ended = EdgeTime::read();
        let took = Duration::from_millis(u64::try_from(ended.millis() - started.millis()).unwrap_or(0));
        tracing::debug!(delivery = job.delivery.id, address = ?job.delivery.address, ?outcome, "callback");
        job.account.record(ended, &job, Attempt { at: job.at, outcome, took });
    }

    async fn post(&self, job: &Job) -> Outcome {
        let http = match self.http.get_or_init(http_client) {
            Ok(http) => http,
            Err(why) => return Outcome::Unreachable(why.clone()),
        };
        let address = &job.delivery.address;
        let body = match body(job) {
            Ok(body) => body,
            Err(why) => return Outcome::Unreachable(why),
        };
        // What the only raw capture of the vendor's sender shows (`seed scenario-guide`).
        let mut request = http
            .post(&address.url)
            .header("Content-Type", content_type(address, &job.settings))
            .header("User-Agent", "Go-http-client/1.1")
            .header("Accept-Encoding", "gzip");
        if let Some(token) = &address.token {
            request = request.header(callback::HEADER, callback::sign(&body, token));
        }
        let limit = if job.frozen { self.timeouts.frozen } else { self.timeouts.running };
        match tokio::time::timeout(limit, request.body(body).send()).await {
            Ok(Ok(answer)) => Outcome::Answered(answer.status().as_u16()),
            Ok(Err(error)) => Outcome::Unreachable(in_words(&error)),
            Err(_) => Outcome::Silence,
        }
    }
}

/// Redirects are followed, a POST becoming a GET as browsers do: the vendor's pages warn of exactly that
/// (`page callback_types_v2`). Certificates are checked (ASSUMED); a machine that has none can still be sent to by http.
fn http_client() -> Result<reqwest::Client, String> {
    let builder = client_builder(Trust::System).or_else(|error| {
        tracing::warn!(%error, "no certificates on this machine: callbacks to https:// will fail");
        client_builder(Trust::Nobody)
    });
    let builder = builder.map_err(|error| error.to_string())?;
    // Go spells header names with capitals; a receiver that compares letters would see a difference.
    builder.http1_only().http1_title_case_headers().build().map_err(|error| in_words(&error))
}

/// The bytes of an attempt; the same for every attempt of a delivery.
fn body(job: &Job) -> Result<Vec<u8>, String> {
    let delivery = &job.delivery;
    let plaintext = payload::plaintext(&delivery.message, &delivery.address, &job.settings);
    let key = delivery.address.key.as_deref().map(CallbackKey::new).transpose().map_err(|error| error.to_string())?;
    Ok(callback::seal(&plaintext, key.as_ref(), delivery.address.generation))
}

fn content_type(address: &Address, settings: &Settings) -> &'static str {
    match (address.generation, settings.legacy_content_type) {
        (Generation::Legacy, LegacyContentType::TextPlain) => "text/plain",
        (Generation::Legacy, LegacyContentType::ApplicationJson) | (Generation::Company | Generation::Partner, _) => {
            "application/json"
        }
    }
}

/// An error with all its causes, which reqwest keeps apart. The URL may hold secrets and stays out.
fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&error.to_string());
        cause = error.source();
    }
    if words.is_empty() { "the request could not be sent".to_owned() } else { words }
}
