//! Messages to a platform's application. ASSUMED throughout: no source shows them (for the contract message see the
//! setting `partner_flow_payload`). Led by the ids the platform gave ([`Behalf`]); a company's own contracts have none.

use ess_schemas::callbacks::partner::{
    ApproverDeadlineExpired, BillingUse, CancelFlows, CancelFlowsFailureFlow, CreateFlowReview, DocumentFill, FlowCost,
    FlowStatusChange, FlowStatusChangeApprover, ForwardFLow, ReceiveFlow,
};

use super::{company, words};
use crate::callbacks::behalf::Behalf;
use crate::callbacks::message::StatusChange;
use crate::domain::approver::Approver;
use crate::domain::cancel_task::CancelTask;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::time::Timestamp;

pub(super) fn flow_status_change(who: &Behalf, change: &StatusChange, at: Timestamp) -> FlowStatusChange {
    let flow = &change.flow;
    FlowStatusChange {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        customer_data: flow.user_data.clone(),
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        flow_type: flow.kind.clone(),
        flow_status: words::flow_status(flow.status()).1.to_owned(),
        flow_message: flow.message.clone(),
        create_on: flow.created_at.seconds(),
        dead_line: flow.deadline.seconds(),
        occur_time: at.seconds(),
        operate: change.operate.wire().to_owned(),
        callback_type: change.callback_type.wire().to_owned(),
        template_id: flow.template.as_ref().map(ToString::to_string).unwrap_or_default(),
        flow_approver_infos: flow.approvers.iter().enumerate().map(|(order, one)| approver(who, order, one)).collect(),
    }
}

fn approver(who: &Behalf, order: usize, approver: &Approver) -> FlowStatusChangeApprover {
    FlowStatusChangeApprover {
        receipt_id: approver.recipient.to_string(),
        proxy_organization_open_id: who.company(approver.organization_id()),
        proxy_operator_open_id: who.person(approver.person.user.as_ref()),
        proxy_organization_name: approver.organization.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
        mobile: approver.person.mobile.clone(),
        sign_order: i64::try_from(order).unwrap_or(i64::MAX),
        approve_name: approver.person.name.clone(),
        approve_status: words::approver_status(approver.status).1.to_owned(),
        approve_message: approver.message.clone(),
        approve_time: approver.signature.as_ref().map_or(0, |signature| signature.at.seconds()),
        approve_type: approver.kind.word().to_owned(),
        approver_role_name: approver.role_name.clone(),
        sign_id: approver.sign.to_string(),
        recipient_id: approver.recipient.to_string(),
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn billing_use(who: &Behalf, flow: &Flow, count: i64, at: Timestamp) -> BillingUse {
    let company = company::billing_use(flow, count, at);
    BillingUse {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        flow_name: company.flow_name,
        create_organization_name: company.create_organization_name,
        quota_type: company.quota_type,
        use_count: company.use_count,
        cost_time: company.cost_time,
        quota_name: company.quota_name,
        cost_type: company.cost_type,
        remark: company.remark,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn flow_cost(who: &Behalf, flow: &Flow, count: i64) -> FlowCost {
    let company = company::flow_cost(flow, count);
    FlowCost {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        cost_channel: company.cost_channel,
        is_resell: company.is_resell,
        cost: company.cost,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn approver_deadline_expired(
    who: &Behalf,
    flow: &Flow,
    recipient: &RecipientId,
    at: Timestamp,
) -> ApproverDeadlineExpired {
    let company = company::approver_deadline_expired(flow, recipient, at);
    ApproverDeadlineExpired {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        flow_name: company.flow_name,
        recipient_id: company.recipient_id,
        approver_deadline: company.approver_deadline,
        occur_time: company.occur_time,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn document_fill(who: &Behalf, flow: &Flow, at: Timestamp) -> DocumentFill {
    let company = company::document_fill(flow, at);
    DocumentFill {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        document_id: company.document_id,
        template_id: company.template_id,
        status: company.status,
        preview_file_url: company.preview_file_url,
        occur_time: company.occur_time,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn forward_flow(who: &Behalf, flow: &Flow, recipient: &RecipientId, at: Timestamp) -> ForwardFLow {
    let company = company::forward_flow(flow, recipient, at);
    ForwardFLow {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        flow_name: company.flow_name,
        recipient_id: company.recipient_id,
        from_open_id: who.person(Some(&company.from_user_id.into())),
        to_open_id: who.person(Some(&company.to_user_id.into())),
        forward_type: company.forward_type,
        operate_time: company.operate_time,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn receive_flow(who: &Behalf, flow: &Flow, recipient: &RecipientId, at: Timestamp) -> ReceiveFlow {
    let company = company::receive_flow(flow, recipient, at);
    ReceiveFlow {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        flow_name: company.flow_name,
        recipient_id: company.recipient_id,
        name: company.name,
        operate_time: company.operate_time,
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn cancel_flows(who: &Behalf, task: &CancelTask, at: Timestamp) -> CancelFlows {
    let company = company::cancel_flows(task, at);
    CancelFlows {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        task_id: company.task_id,
        task_status: company.task_status,
        success_flow_ids: company.success_flow_ids,
        failure_flows: company
            .failure_flows
            .into_iter()
            .map(|one| CancelFlowsFailureFlow { flow_id: one.flow_id, flow_name: one.flow_name, reason: one.reason })
            .collect(),
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn create_flow_review(who: &Behalf, flow: &Flow) -> CreateFlowReview {
    let company = company::create_flow_review(flow);
    CreateFlowReview {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_id: company.flow_id,
        flow_name: company.flow_name,
        user_data: company.user_data,
        create_on: company.create_on,
    }
}
