//! Data of the messages that a world's own contracts, groups and templates cause: by the builders that send them.

use std::sync::Arc;

use ess_client::callback::Generation;

use crate::callbacks::address::Address;
use crate::callbacks::behalf::Behalf;
use crate::callbacks::fields::Fields;
use crate::callbacks::message::{CallbackType, Message, MessageKind, Operate, StatusChange};
use crate::callbacks::payload;
use crate::domain::event::TemplateChange;
use crate::domain::flow::Flow;
use crate::domain::group::{FlowGroup, GroupStatus};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::status::FlowStatus;
use crate::domain::template::Template;
use crate::domain::time::Timestamp;
use crate::engine::settings::Settings;

/// The real things a message may be about.
#[derive(Clone, Debug, Default)]
pub struct Things {
    /// A contract.
    pub flow: Option<Arc<Flow>>,
    /// The group it is in, and how that stands.
    pub group: Option<(Arc<FlowGroup>, GroupStatus)>,
    /// A template, and who did something to it.
    pub template: Option<(Arc<Template>, UserId)>,
}

/// The data of a message of this type about these things; `None` when nothing in a world causes the type, or what it is about
/// was not named.
#[must_use]
pub fn data(
    msg_type: &str,
    generation: Generation,
    things: &Things,
    now: Timestamp,
    settings: &Settings,
) -> Option<Fields> {
    let message = Message {
        id: "".into(),
        organization: OrganizationId::from(""),
        behalf: Behalf::default(),
        at: now,
        kind: kind(msg_type, things)?,
    };
    let address = Address::nowhere(generation);
    let text = payload::plaintext(&message, &address, settings);
    let message = Fields::parse(&text).ok()?;
    match message.get("MsgData") {
        Some(data) => Fields::parse(data.as_bytes()).ok(),
        None => Some(message),
    }
}

fn kind(msg_type: &str, things: &Things) -> Option<MessageKind> {
    let template =
        |change| things.template.clone().map(|(template, user)| MessageKind::Template(change, template, user));
    match (msg_type, things.flow.clone()) {
        ("FlowStatusChange" | "FlowInfo", Some(flow)) => Some(MessageKind::FlowStatusChange(as_it_stands(flow))),
        ("BillingUse", Some(flow)) => Some(MessageKind::BillingUse(flow, 1)),
        ("FlowCost", Some(flow)) => Some(MessageKind::FlowCost(flow, 1)),
        ("DocumentFill", Some(flow)) => Some(MessageKind::DocumentFill(flow)),
        ("CreateFlowReview", Some(flow)) => Some(MessageKind::CreateFlowReview(flow)),
        ("ForwardFLow", Some(flow)) => {
            let handed_on = flow.approvers.iter().find(|one| !one.forwards.is_empty()).or(flow.approvers.first())?;
            let recipient = handed_on.recipient.clone();
            Some(MessageKind::ForwardFlow(flow, recipient))
        }
        ("ReceiveFlow", Some(flow)) => {
            let recipient = flow.approvers.first()?.recipient.clone();
            Some(MessageKind::ReceiveFlow(flow, recipient))
        }
        ("ApproverDeadlineExpired", Some(flow)) => {
            let recipient = flow.approvers.first()?.recipient.clone();
            Some(MessageKind::ApproverDeadlineExpired(flow, recipient))
        }
        ("FlowGroupStatusChange", _) => {
            let (group, status) = things.group.clone()?;
            Some(MessageKind::FlowGroupStatusChange(group, status))
        }
        ("TemplateAdd", _) => template(TemplateChange::Added),
        ("TemplateDelete", _) => template(TemplateChange::Deleted),
        ("TemplateAvailable", _) => template(TemplateChange::Switched),
        _ => None,
    }
}

/// What was last told of a contract in this status.
fn as_it_stands(flow: Arc<Flow>) -> StatusChange {
    let (operate, callback_type) = match flow.status() {
        FlowStatus::NotStarted | FlowStatus::NotStartedWithFill | FlowStatus::Signing | FlowStatus::Filling => {
            (Operate::Start, CallbackType::Sign)
        }
        FlowStatus::PartlyFilled => (Operate::Fill, CallbackType::Fill),
        FlowStatus::PartlySigned => (Operate::Sign, CallbackType::Sign),
        FlowStatus::Rejected | FlowStatus::FillRejected => (Operate::Reject, CallbackType::Sign),
        FlowStatus::Expired => (Operate::Deadline, CallbackType::Sign),
        FlowStatus::Cancelled => (Operate::Cancel, CallbackType::Sign),
        FlowStatus::Signed | FlowStatus::Invalidated | FlowStatus::Released => (Operate::Finish, CallbackType::Sign),
    };
    StatusChange { flow, operate, callback_type, recipient: None }
}
