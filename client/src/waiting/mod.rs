//! Waiting until a contract has come somewhere: told by callbacks, or by asking again and again.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use ess_client::schemas::ess;
//! use ess_client::tracker::{FlowStatus, FlowTracker};
//! use ess_client::waiting::{CompanyFlows, wait_for_flow};
//! use ess_client::{Client, Credentials};
//!
//! # async fn example(client: Client, operator: ess::UserInfo) -> Result<(), Box<dyn std::error::Error>> {
//! let flows = CompanyFlows::new(&client, operator);
//! let mut tracker = FlowTracker::new();
//! let waited = wait_for_flow("yD...", &mut tracker).asking(&flows).within(Duration::from_secs(3600)).await?;
//! match waited.flow.status {
//!     FlowStatus::Completed => println!("signed by all"),
//!     other => println!("it ended as {other:?}: {}", waited.flow.details.message),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The wait is over when the contract has one of the statuses named by [`until`](WaitForFlow::until), or is finished otherwise: then
//! nothing else will ever come. Callbacks tell sooner and cost nothing; asking finds out what got lost. Use both if you can.

mod polling;
mod source;
#[cfg(test)]
mod tests;

use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use thiserror::Error;
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

pub use polling::PollPolicy;
pub use source::{Asked, CompanyFlows, FlowSource, PlatformFlows};

use crate::Error;
use crate::callback::Message;
use crate::tracker::{Change, Conflict, FlowState, FlowStatus, FlowTracker, Misshapen};
use polling::Polling;

/// Conflicts beyond so many are more of the same.
const MOST_CONFLICTS: usize = 32;

/// Begins to wait for a contract. What is heard meanwhile, of this contract and of others, is folded into the tracker.
pub fn wait_for_flow<'a>(flow_id: &'a str, tracker: &'a mut FlowTracker) -> WaitForFlow<'a> {
    WaitForFlow {
        flow_id,
        tracker,
        until: Vec::new(),
        within: Duration::from_secs(600),
        told_by: None,
        asking: None,
        policy: PollPolicy::default(),
    }
}

/// A wait, before it is awaited.
#[must_use = "nothing waits before `.await`"]
pub struct WaitForFlow<'a> {
    flow_id: &'a str,
    tracker: &'a mut FlowTracker,
    until: Vec<FlowStatus>,
    within: Duration,
    told_by: Option<&'a mut Receiver<Message>>,
    asking: Option<&'a dyn FlowSource>,
    policy: PollPolicy,
}

/// A contract that has come where it was awaited, or to another end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// The contract.
    pub flow: FlowState,
    /// What was told about it meanwhile and cannot be, each once.
    pub conflicts: Vec<Conflict>,
}

/// Why a wait ended before the contract came anywhere.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WaitError {
    /// Time is up.
    #[error("the contract {flow_id} did not come there within {within:?}")]
    TimedOut {
        /// The contract.
        flow_id: String,
        /// The limit.
        within: Duration,
        /// What is known about it, if anything was told.
        known: Option<Box<FlowState>>,
        /// Why asking failed last, if it did.
        #[source]
        trouble: Option<Error>,
    },
    /// The service knows no such contract, or does not show it to this caller.
    #[error("the service does not show a contract {flow_id}")]
    NotFound {
        /// The contract.
        flow_id: String,
    },
    /// Asking failed in a way that asking again does not cure.
    #[error("the contract cannot be asked for")]
    Asking(#[source] Error),
    /// The channel of callbacks is closed, and there is nobody to ask.
    #[error("no callback can come any more, and there is nobody to ask: use `asking`")]
    Deaf,
}

impl<'a> WaitForFlow<'a> {
    /// The statuses to wait for. Without this, and besides, any final one ends the wait.
    pub fn until(mut self, statuses: impl IntoIterator<Item = FlowStatus>) -> Self {
        self.until.extend(statuses);
        self
    }

    /// The longest wait; ten minutes, if not said.
    pub fn within(mut self, limit: Duration) -> Self {
        self.within = limit;
        self
    }

    /// Listens to the messages that a callback endpoint puts into a channel.
    pub fn told_by(mut self, messages: &'a mut Receiver<Message>) -> Self {
        self.told_by = Some(messages);
        self
    }

    /// Asks a Describe action: at once, and then in growing distances.
    pub fn asking(mut self, flows: &'a dyn FlowSource) -> Self {
        self.asking = Some(flows);
        self
    }

    /// How often to ask.
    pub fn polling(mut self, policy: PollPolicy) -> Self {
        self.policy = policy;
        self
    }

    async fn run(self) -> Result<Waited, WaitError> {
        let Self { flow_id, tracker, until, within, mut told_by, asking, policy } = self;
        let mut conflicts = Vec::new();
        let mut trouble = None;
        let arrived = |tracker: &FlowTracker| {
            tracker.flow(flow_id).filter(|flow| flow.status.is_final() || until.contains(&flow.status)).cloned()
        };
        let watch = async {
            let mut polling = Polling::of(asking, flow_id, policy);
            loop {
                if let Some(flow) = arrived(tracker) {
                    return Ok(flow);
                }
                if told_by.is_none() && asking.is_none() {
                    return Err(WaitError::Deaf);
                }
                tokio::select! {
                    biased;
                    message = next(&mut told_by) => match message {
                        Some(message) => note(&mut conflicts, flow_id, fold(tracker, &message)),
                        None => told_by = None,
                    },
                    answer = polling.next() => match answer {
                        Ok(Some(report)) => note(&mut conflicts, flow_id, Some(tracker.reconcile(report))),
                        Ok(None) => return Err(WaitError::NotFound { flow_id: flow_id.to_owned() }),
                        Err(error) if error.may_retry() => trouble = Some(error),
                        Err(error) => return Err(WaitError::Asking(error)),
                    },
                }
            }
        };
        match timeout(within, watch).await {
            Ok(flow) => Ok(Waited { flow: flow?, conflicts }),
            Err(_) => {
                let known = tracker.flow(flow_id).cloned().map(Box::new);
                Err(WaitError::TimedOut { flow_id: flow_id.to_owned(), within, known, trouble })
            }
        }
    }
}

impl<'a> IntoFuture for WaitForFlow<'a> {
    type Output = Result<Waited, WaitError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Never comes where nobody tells.
async fn next(told_by: &mut Option<&mut Receiver<Message>>) -> Option<Message> {
    match told_by {
        Some(messages) => messages.recv().await,
        None => std::future::pending().await,
    }
}

fn fold(tracker: &mut FlowTracker, message: &Message) -> Option<Change> {
    match tracker.fold(message) {
        Ok(folded) => folded.change,
        Err(Misshapen(_)) => {
            // It may be about any contract; asking will tell, if it was about this one. What is wrong with it may quote people's data.
            tracing::warn!(
                message_id = message.id(),
                message_type = message.kind(),
                "a callback that cannot be read was skipped"
            );
            None
        }
    }
}

fn note(conflicts: &mut Vec<Conflict>, flow_id: &str, change: Option<Change>) {
    let found = change.filter(|change| change.flow_id == flow_id).into_iter().flat_map(|change| change.conflicts);
    for conflict in found {
        if conflicts.len() < MOST_CONFLICTS && !conflicts.contains(&conflict) {
            conflicts.push(conflict);
        }
    }
}
