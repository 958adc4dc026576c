//! What one message, or one Describe answer, says about a contract.

use ess_schemas::callbacks::{self, legacy, partner};
use ess_schemas::{ess, essbasic};
use thiserror::Error;

use super::{ApproverStatus, FlowStatus};
use crate::callback::{Event, Message};

/// One source's view of one contract: a callback, or an entry of a Describe answer. Made with `From`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(super) flow_id: String,
    pub(super) source: Source,
    pub(super) status: Told<FlowStatus>,
    pub(super) details: Details,
    pub(super) approvers: Vec<Slot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A callback about what happened at this second.
    Callback { at: i64 },
    /// An answer about now. It has no time of its own.
    Describe,
}

/// A status, or the number or word nobody here knows.
pub(super) type Told<S> = Result<S, String>;

/// What a report says besides; nothing where its source does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Details {
    pub(super) name: String,
    pub(super) message: Option<String>,
    pub(super) deadline: Option<i64>,
    pub(super) user_data: Option<String>,
    pub(super) release_flow_id: Option<String>,
}

/// One signer of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) recipient: String,
    pub(super) status: Told<ApproverStatus>,
    pub(super) name: String,
    pub(super) message: String,
    pub(super) signed_at: i64,
}

/// A message about a contract that does not say it in the documented way.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the message cannot be read as what its MsgType promises: {0}")]
pub struct Misshapen(pub String);

impl Report {
    /// What a callback says about a contract; nothing if it is about something else.
    pub fn of(message: &Message) -> Result<Option<Self>, Misshapen> {
        let report = match message.event() {
            Event::Company(callbacks::AnyMessage::FlowStatusChange(change)) => Self::from(change.as_ref()),
            Event::Partner(partner::AnyMessage::FlowStatusChange(change)) => Self::from(change.as_ref()),
            Event::Legacy(legacy::AnyMessage::FlowInfo(flow)) => Self::from(flow.as_ref()),
            Event::Misshapen(problem) => return Err(Misshapen(problem.clone())),
            Event::Company(_) | Event::Partner(_) | Event::Legacy(_) | Event::Unknown => return Ok(None),
        };
        match report.flow_id.is_empty() {
            true => Err(Misshapen("it names no FlowId".to_owned())),
            false => Ok(Some(report)),
        }
    }

    /// The contract it is about.
    pub fn flow_id(&self) -> &str {
        &self.flow_id
    }

    /// The status it tells. None for a number or a word nobody here knows yet.
    pub fn status(&self) -> Option<FlowStatus> {
        self.status.as_ref().ok().copied()
    }
}

fn flow_code(code: i64) -> Told<FlowStatus> {
    FlowStatus::from_code(code).ok_or_else(|| code.to_string())
}

/// No callback tells of a contract that has not begun, so a 0 is a number left out. (callback docs)
fn callback_code(code: i64) -> Told<FlowStatus> {
    if code == 0 { Err(code.to_string()) } else { flow_code(code) }
}

fn flow_word(word: &str) -> Told<FlowStatus> {
    FlowStatus::from_word(word).ok_or_else(|| word.to_owned())
}

fn approver_code(code: i64) -> Told<ApproverStatus> {
    ApproverStatus::from_code(code).ok_or_else(|| code.to_string())
}

fn approver_word(word: &str) -> Told<ApproverStatus> {
    ApproverStatus::from_word(word).ok_or_else(|| word.to_owned())
}

impl From<&callbacks::FlowStatusChange> for Report {
    fn from(change: &callbacks::FlowStatusChange) -> Self {
        let slot = |one: &callbacks::FlowStatusChangeApprover| Slot {
            recipient: one.recipient_id.clone(),
            status: approver_code(one.approve_callback_status),
            name: one.approver_name.clone(),
            message: one.approve_message.clone(),
            signed_at: one.approve_time,
        };
        Self {
            flow_id: change.flow_id.clone(),
            source: Source::Callback { at: change.occur_time.max(change.updated_on) },
            status: callback_code(change.flow_callback_status),
            details: Details {
                name: change.flow_name.clone(),
                message: Some(change.flow_message.clone()),
                deadline: Some(change.dead_line),
                user_data: Some(change.user_data.clone()),
                release_flow_id: Some(change.release_flow_id.clone()),
            },
            approvers: change.approvers.iter().map(slot).collect(),
        }
    }
}

impl From<&partner::FlowStatusChange> for Report {
    fn from(change: &partner::FlowStatusChange) -> Self {
        let slot = |one: &partner::FlowStatusChangeApprover| Slot {
            recipient: one.recipient_id.clone(),
            status: approver_word(&one.approve_status),
            name: one.approve_name.clone(),
            message: one.approve_message.clone(),
            signed_at: one.approve_time,
        };
        Self {
            flow_id: change.flow_id.clone(),
            source: Source::Callback { at: change.occur_time },
            status: flow_word(&change.flow_status),
            details: Details {
                name: change.flow_name.clone(),
                message: Some(change.flow_message.clone()),
                deadline: Some(change.dead_line),
                user_data: Some(change.customer_data.clone()),
                release_flow_id: None,
            },
            approvers: change.flow_approver_infos.iter().map(slot).collect(),
        }
    }
}

impl From<&legacy::FlowInfo> for Report {
    fn from(flow: &legacy::FlowInfo) -> Self {
        let slot = |one: &legacy::FlowInfoApprover| Slot {
            recipient: one.recipient_id.clone(),
            status: approver_code(one.approve_callback_status),
            name: one.approver_name.clone(),
            message: one.approve_message.clone(),
            signed_at: one.approve_time,
        };
        Self {
            flow_id: flow.flow_id.clone(),
            source: Source::Callback { at: flow.updated_on },
            status: callback_code(flow.flow_callback_status),
            details: Details {
                name: flow.flow_name.clone(),
                message: None,
                deadline: Some(flow.dead_line),
                user_data: Some(flow.user_data.clone()),
                release_flow_id: None,
            },
            approvers: flow.approvers.iter().map(slot).collect(),
        }
    }
}

impl From<&ess::FlowDetailInfo> for Report {
    fn from(flow: &ess::FlowDetailInfo) -> Self {
        let slot = |one: &ess::FlowApproverDetail| Slot {
            recipient: one.recipient_id.clone(),
            status: approver_code(one.approve_status),
            name: one.approve_name.clone(),
            message: one.approve_message.clone(),
            signed_at: one.approve_time,
        };
        Self {
            flow_id: flow.flow_id.clone(),
            source: Source::Describe,
            status: flow_code(flow.flow_status),
            details: Details {
                name: flow.flow_name.clone(),
                message: Some(flow.flow_message.clone()),
                ..Details::default()
            },
            approvers: flow.flow_approver_infos.iter().map(slot).collect(),
        }
    }
}

impl From<&ess::FlowBrief> for Report {
    fn from(flow: &ess::FlowBrief) -> Self {
        Self {
            flow_id: flow.flow_id.clone(),
            source: Source::Describe,
            status: flow_code(flow.flow_status),
            details: Details {
                name: flow.flow_name.clone(),
                message: Some(flow.flow_message.clone()),
                deadline: Some(flow.deadline),
                ..Details::default()
            },
            approvers: Vec::new(),
        }
    }
}

impl From<&essbasic::FlowDetailInfo> for Report {
    fn from(flow: &essbasic::FlowDetailInfo) -> Self {
        let slot = |one: &essbasic::FlowApproverDetail| Slot {
            recipient: one.recipient_id.clone(),
            status: approver_word(&one.approve_status),
            name: one.approve_name.clone(),
            message: one.approve_message.clone(),
            signed_at: one.approve_time,
        };
        Self {
            flow_id: flow.flow_id.clone(),
            source: Source::Describe,
            status: flow_word(&flow.flow_status),
            details: Details {
                name: flow.flow_name.clone(),
                message: Some(flow.flow_message.clone()),
                deadline: Some(flow.dead_line),
                user_data: Some(flow.custom_data.clone()),
                release_flow_id: None,
            },
            approvers: flow.flow_approver_infos.iter().map(slot).collect(),
        }
    }
}
