//! Messages to a company's own application (`callback samples`, `callback docs`).

use ess_schemas::callbacks::{
    ApproverDeadlineExpired, BillingUse, CancelFlows, CancelFlowsFailureFlow, CreateFlowReview, DocumentFill, FlowCost,
    FlowStatusChange, FlowStatusChangeApprover, FlowStatusChangeFlowGroupMessage, FlowStatusChangeUserFlowType,
    ForwardFLow, ReceiveFlow,
};

use super::{recipient_text, words};
use crate::callbacks::address::Address;
use crate::callbacks::message::StatusChange;
use crate::domain::approver::{Approver, ForwardKind, Person};
use crate::domain::cancel_task::CancelTask;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::time::Timestamp;

/// What the vendor calls a contract nobody sorted into a kind (`callback samples`).
const UNSORTED: &str = "未分类";
/// The package contracts are taken from (`callback samples`).
pub(crate) const QUOTA_TYPE: &str = "CloudEnterprise";
/// What the package is called. ASSUMED: samples show only that there is a name.
pub(crate) const QUOTA_NAME: &str = "合同份额";
/// Where a contract was charged (`callback samples`).
const COST_CHANNEL: &str = "企业版";

pub(super) fn flow_status_change(change: &StatusChange, at: Timestamp, address: &Address) -> FlowStatusChange {
    let flow = &change.flow;
    let (status, show_status) = words::flow_status(flow.status());
    FlowStatusChange {
        approvers: flow.approvers.iter().map(|one| approver(flow, one)).collect(),
        callback_type: change.callback_type.wire().to_owned(),
        callback_url: address.url.clone(),
        cc_infos: Vec::new(),
        create_on: flow.created_at.seconds(),
        dead_line: flow.deadline.seconds(),
        document_id: flow.document_id().to_owned(),
        flow_callback_show_status: show_status.to_owned(),
        flow_callback_status: status,
        flow_description: flow.description.clone(),
        flow_group_message: flow.group.as_ref().map(|group| FlowStatusChangeFlowGroupMessage {
            flow_group_id: group.id.to_string(),
            flow_group_name: group.name.clone(),
        }),
        flow_id: flow.id.to_string(),
        flow_message: flow.message.clone(),
        flow_name: flow.name.clone(),
        flow_type: flow.kind.clone(),
        occur_time: at.seconds(),
        operate: change.operate.wire().to_owned(),
        organization_id: flow.initiator.organization.to_string(),
        recipient_id: recipient_text(change.recipient.as_ref()),
        release_flow_id: flow.release.as_ref().map(ToString::to_string).unwrap_or_default(),
        template_id: flow.template.as_ref().map(ToString::to_string).unwrap_or_default(),
        unordered: flow.unordered,
        updated_on: flow.updated_at.seconds(),
        user_data: flow.user_data.clone(),
        user_flow_type: FlowStatusChangeUserFlowType { name: UNSORTED.to_owned(), user_flow_type_id: None },
        user_id: flow.initiator.user.to_string(),
    }
}

fn approver(flow: &Flow, approver: &Approver) -> FlowStatusChangeApprover {
    let (status, show_status) = words::approver_status(approver.status);
    let party = approver.organization.as_ref();
    FlowStatusChangeApprover {
        approve_callback_show_status: show_status.to_owned(),
        approve_callback_status: status,
        approve_message: approver.message.clone(),
        approve_time: approver.signature.as_ref().map_or(0, |signature| signature.at.seconds()),
        approver_deadline: flow.deadline_of(approver).seconds(),
        approver_id_card_number: approver.person.card.number.clone(),
        approver_id_card_type: approver.person.card.kind.wire().to_owned(),
        approver_id_card_type_desc: approver.person.card.kind.label().to_owned(),
        approver_mobile: approver.person.mobile.clone(),
        approver_name: approver.person.name.clone(),
        approver_source: approver.labels.source.clone(),
        approver_type: approver.kind.callback_code(),
        ca_sign: String::new(),
        custom_approver_tag: approver.labels.tag.clone(),
        custom_user_id: approver.person.custom_user.clone(),
        organization_id: party.and_then(|party| party.id.as_ref()).map(ToString::to_string).unwrap_or_default(),
        organization_name: party.map(|party| party.name.clone()).unwrap_or_default(),
        recipient_id: approver.recipient.to_string(),
        required: true,
        user_id: approver.person.user.as_ref().map(ToString::to_string).unwrap_or_default(),
        verify_channel: String::new(),
    }
}

pub(super) fn billing_use(flow: &Flow, count: i64, at: Timestamp) -> BillingUse {
    BillingUse {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        create_organization_name: flow.initiator.organization_name.clone(),
        quota_type: QUOTA_TYPE.to_owned(),
        use_count: count,
        cost_time: at.seconds(),
        quota_name: QUOTA_NAME.to_owned(),
        cost_type: if count < 0 { 2 } else { 1 },
        remark: String::new(),
    }
}

pub(super) fn flow_cost(flow: &Flow, count: i64) -> FlowCost {
    FlowCost {
        flow_id: flow.id.to_string(),
        cost_channel: COST_CHANNEL.to_owned(),
        is_resell: false,
        cost: count,
        organization_id: flow.initiator.organization.to_string(),
    }
}

pub(super) fn approver_deadline_expired(
    flow: &Flow,
    recipient: &RecipientId,
    at: Timestamp,
) -> ApproverDeadlineExpired {
    let approver = flow.approver(recipient.as_str());
    let user = approver.and_then(|one| one.person.user.as_ref());
    ApproverDeadlineExpired {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        recipient_id: recipient.to_string(),
        user_id: user.map(ToString::to_string).unwrap_or_default(),
        approver_deadline: approver.map_or(0, |one| flow.deadline_of(one).seconds()),
        occur_time: at.seconds(),
    }
}

pub(super) fn document_fill(flow: &Flow, at: Timestamp) -> DocumentFill {
    DocumentFill {
        flow_id: flow.id.to_string(),
        document_id: flow.document_id().to_owned(),
        template_id: flow.template.as_ref().map(ToString::to_string).unwrap_or_default(),
        status: "SUCCEED".to_owned(),
        preview_file_url: None,
        occur_time: at.seconds(),
    }
}

pub(super) fn forward_flow(flow: &Flow, recipient: &RecipientId, at: Timestamp) -> ForwardFLow {
    let last = flow.approver(recipient.as_str()).and_then(|one| one.forwards.last());
    let id =
        |person: Option<&Person>| person.and_then(|one| one.user.as_ref()).map(ToString::to_string).unwrap_or_default();
    ForwardFLow {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        organization_id: flow.initiator.organization.to_string(),
        recipient_id: recipient.to_string(),
        from_user_id: id(last.map(|one| &one.from)),
        to_user_id: id(last.map(|one| &one.to)),
        forward_type: last.map_or(ForwardKind::Forwarded, |one| one.kind).wire().to_owned(),
        operate_time: at.seconds(),
    }
}

pub(super) fn receive_flow(flow: &Flow, recipient: &RecipientId, at: Timestamp) -> ReceiveFlow {
    let person = flow.approver(recipient.as_str()).map(|one| &one.person);
    ReceiveFlow {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        recipient_id: recipient.to_string(),
        organization_id: flow.initiator.organization.to_string(),
        user_id: person.and_then(|one| one.user.as_ref()).map(ToString::to_string).unwrap_or_default(),
        name: person.map(|one| one.name.clone()).unwrap_or_default(),
        operate_time: at.seconds(),
    }
}

/// ASSUMED: the fields of `DescribeCancelFlowsTask`.
pub(super) fn cancel_flows(task: &CancelTask, at: Timestamp) -> CancelFlows {
    let outcome = task.outcome.clone().unwrap_or_default();
    CancelFlows {
        task_id: task.id.to_string(),
        task_status: task.status(at).wire().to_owned(),
        success_flow_ids: outcome.cancelled.iter().map(ToString::to_string).collect(),
        failure_flows: outcome
            .failed
            .into_iter()
            .map(|(flow, name, why)| CancelFlowsFailureFlow {
                flow_id: flow.to_string(),
                flow_name: name.unwrap_or_default(),
                reason: why.reason().to_owned(),
            })
            .collect(),
    }
}

/// ASSUMED: no page shows its fields.
pub(super) fn create_flow_review(flow: &Flow) -> CreateFlowReview {
    CreateFlowReview {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        organization_id: flow.initiator.organization.to_string(),
        user_id: flow.initiator.user.to_string(),
        user_data: flow.user_data.clone(),
        create_on: flow.created_at.seconds(),
    }
}
