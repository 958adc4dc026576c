//! Callbacks folded into where each contract stands.
//!
//! The platform promises neither order nor single delivery: a message is sent again when an answer is late, and a `1` may come after a
//! `4`. (callback docs) A [`FlowTracker`] takes messages as they come. Its states never run backwards, and any order of a contract's
//! messages, with any of them repeated, ends in the same state.
//!
//! ```
//! use ess_client::callback::Message;
//! use ess_client::tracker::{FlowStatus, FlowTracker};
//!
//! let told = |id: &str, status: u8, at: u32| Message::parse(format!(
//!     r#"{{"MsgId":"{id}","MsgType":"FlowStatusChange","MsgVersion":"CustomApp",
//!         "MsgData":{{"FlowId":"yD1","FlowCallbackStatus":{status},"UpdatedOn":{at}}}}}"#
//! ));
//! let mut tracker = FlowTracker::new();
//!
//! let signed = tracker.fold(&told("b", 4, 20)?)?;
//! assert!(signed.change.is_some_and(|change| change.ended()));
//!
//! let launched_comes_late = tracker.fold(&told("a", 1, 10)?)?;
//! assert!(launched_comes_late.change.is_some_and(|change| !change.news));
//! assert_eq!(tracker.flow("yD1").map(|flow| flow.status), Some(FlowStatus::Completed));
//!
//! assert!(tracker.fold(&told("b", 4, 20)?)?.repeated);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A message can get lost for good: after five repetitions the platform gives up. So ask now and then, and
//! [`reconcile`](FlowTracker::reconcile) with the answer: it wins where it is further. What contradicts what is known is reported as a
//! [`Conflict`] and changes nothing.
//!
//! - [`FlowTracker`] keeps every contract in memory until it is [forgotten](FlowTracker::forget). Where that is not enough, keep a
//!   [`FlowState`] for each contract
//!   in a database and fold [`Report`]s into it.
//! - Only messages about a contract's status count: `FlowStatusChange`, and the legacy message without a type. The others repeat part of
//!   it, or are about something else.

mod approver;
mod flow;
mod memory;
#[cfg(test)]
mod properties;
mod report;
mod status;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use approver::{ApproverState, ApproverStatus};
pub use flow::{Change, Conflict, FlowDetails, FlowState};
pub use report::{Misshapen, Report};
pub use status::FlowStatus;

use crate::callback::Message;
use memory::Recent;

/// Where each contract stands, by what callbacks and Describe answers told.
#[derive(Clone, Debug)]
pub struct FlowTracker {
    flows: HashMap<String, FlowState>,
    recent: Recent,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it says whether anything is new, and what cannot be"]
pub struct Folded {
    /// Whether this very message came before; what follows from a message should happen once.
    pub repeated: bool,
    /// What it changed; none if it is not about a contract's status.
    pub change: Option<Change>,
}

impl Default for FlowTracker {
    fn default() -> Self {
        Self::new()
    }
}

impl FlowTracker {
    /// How many message ids are remembered, unless said otherwise. A message is repeated within some 45 seconds: six attempts of
    /// five seconds, and the pauses between them. (callback docs)
    pub const REMEMBERED_MESSAGES: usize = 10_000;

    /// A tracker that has heard nothing yet.
    pub fn new() -> Self {
        Self::remembering(Self::REMEMBERED_MESSAGES)
    }

    /// Remembers the ids of so many messages, to tell a repeated one. States do not depend on it: folding a message twice changes nothing.
    pub fn remembering(messages: usize) -> Self {
        Self { flows: HashMap::new(), recent: Recent::of(messages) }
    }

    /// Takes a message in.
    pub fn fold(&mut self, message: &Message) -> Result<Folded, Misshapen> {
        let repeated = identity(message).is_some_and(|id| self.recent.remember(id));
        let change = Report::of(message)?.map(|report| self.reconcile(report));
        Ok(Folded { repeated, change })
    }

    /// Takes in what a Describe action answers about one contract: an entry of `DescribeFlowInfo`, `DescribeFlowBriefs` or
    /// `DescribeFlowDetailInfo`.
    pub fn reconcile(&mut self, report: impl Into<Report>) -> Change {
        let report = report.into();
        match self.flows.get_mut(report.flow_id()) {
            Some(known) => known.fold(report),
            None => {
                let mut flow = FlowState::unheard_of(report.flow_id());
                let change = Change { before: None, news: true, ..flow.fold(report) };
                self.flows.insert(flow.flow_id.clone(), flow);
                change
            }
        }
    }

    /// A contract by its `FlowId`.
    pub fn flow(&self, flow_id: &str) -> Option<&FlowState> {
        self.flows.get(flow_id)
    }

    /// All contracts heard of, in no order.
    pub fn flows(&self) -> impl Iterator<Item = &FlowState> {
        self.flows.values()
    }

    /// Forgets a contract. A message that comes late would make it known again, and at an earlier state: forget no contract
    /// within a minute of its last message.
    pub fn forget(&mut self, flow_id: &str) -> Option<FlowState> {
        self.flows.remove(flow_id)
    }
}

/// What makes a message the same one as another. Legacy contract messages have no id (ASSUMED: these fields tell them apart).
fn identity(message: &Message) -> Option<String> {
    if let Some(id) = message.id() {
        return Some(id.to_owned());
    }
    let fields = ["FlowId", "Operate", "RecipientId", "UpdatedOn", "FlowCallbackStatus"];
    let values: Option<Vec<_>> = fields.iter().map(|name| message.data().get(name).map(ToString::to_string)).collect();
    values.map(|values| values.join("\n"))
}
