//! Carries callbacks to their receivers: one POST per job, outside of every lock.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::delivery::{Attempt, Outcome};
use super::sender::Sender;
use super::transmission::Transmission;
use crate::engine::account::Job;
use crate::engine::clock::EdgeTime;

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
    let courier = Arc::new(Courier { timeouts, sender: Sender::default() });
    while let Some(job) = jobs.recv().await {
        let courier = courier.clone();
        tokio::spawn(async move { courier.deliver(job).await });
    }
}

struct Courier {
    timeouts: Timeouts,
    sender: Sender,
}

impl Courier {
    async fn deliver(&self, job: Job) {
        let started = EdgeTime::read();
        let outcome = self.post(&job).await;
        let ended = EdgeTime::read();
        let took = Duration::from_millis(u64::try_from(ended.millis() - started.millis()).unwrap_or(0));
        tracing::debug!(delivery = job.delivery.id, address = ?job.delivery.address, ?outcome, "callback");
        job.account.record(ended, &job, Attempt::new(job.at, outcome, took, job.delivery.address.clone()));
    }

    async fn post(&self, job: &Job) -> Outcome {
        let patience = if job.frozen { self.timeouts.frozen } else { self.timeouts.running };
        match Transmission::of(&job.delivery, &job.settings) {
            Ok(transmission) => self.sender.send(&transmission, &job.delivery.address.url, patience).await,
            Err(why) => Outcome::Unreachable(why),
        }
    }
}
