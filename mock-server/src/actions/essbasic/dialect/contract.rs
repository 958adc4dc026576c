//! Contracts as they are shown.

use ess_schemas::essbasic::{ApproverItem, CcInfo, FlowApproverDetail, FlowDetailInfo, UserFlowType};

use super::open_ids::OpenIds;
use super::statuses::{approver_status, flow_status};
use crate::domain::approver::Approver;
use crate::domain::flow::{CopyRecipient, Flow};

/// A contract in full.
#[must_use]
pub fn flow_detail(flow: &Flow, ids: OpenIds<'_>) -> FlowDetailInfo {
    let approvers = flow.approvers.iter().enumerate();
    FlowDetailInfo {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        flow_type: flow.kind.clone(),
        flow_status: flow_status(flow.status()).to_owned(),
        flow_message: flow.told_message().to_owned(),
        create_on: flow.created_at.seconds(),
        dead_line: flow.deadline.seconds(),
        custom_data: flow.user_data.clone(),
        flow_approver_infos: approvers.map(|(order, one)| approver_detail(order, one, ids)).collect(),
        cc_infos: flow.copies.iter().map(copy_detail).collect(),
        need_create_review: flow.creation_review.is_some_and(|review| !review.is_open()),
        user_flow_type: Some(unsorted()),
        template_id: Some(flow.template.as_ref().map(ToString::to_string).unwrap_or_default()),
    }
}

/// The kind of a contract nobody sorted into one: every field is there, and empty (ASSUMED).
fn unsorted() -> UserFlowType {
    let empty = || Some(String::new());
    UserFlowType { user_flow_type_id: empty(), name: empty(), description: empty() }
}

fn approver_detail(order: usize, approver: &Approver, ids: OpenIds<'_>) -> FlowApproverDetail {
    FlowApproverDetail {
        receipt_id: approver.recipient.to_string(),
        proxy_organization_open_id: ids.customer_id(approver.organization_id()),
        proxy_operator_open_id: ids.staff_id(approver.person.user.as_ref()),
        proxy_organization_name: approver.organization.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
        mobile: approver.person.mobile.clone(),
        sign_order: i64::try_from(order).unwrap_or(i64::MAX),
        approve_name: approver.person.name.clone(),
        approve_status: approver_status(approver).to_owned(),
        approve_message: approver.message.clone(),
        approve_time: approver.signature.as_ref().map_or(0, |signature| signature.at.seconds()),
        approve_type: approver.kind.word().to_owned(),
        approver_role_name: Some(approver.role_name.clone()),
        sign_id: Some(approver.sign.to_string()),
        recipient_id: approver.recipient.to_string(),
    }
}

/// Copy recipients are shown in the same struct, with what is known of them (`api FlowDetailInfo`).
fn copy_detail(copy: &CopyRecipient) -> FlowApproverDetail {
    FlowApproverDetail {
        approve_name: copy.name.clone(),
        mobile: copy.mobile.clone(),
        proxy_organization_name: copy.organization_name.clone().unwrap_or_default(),
        ..FlowApproverDetail::default()
    }
}

/// The ids of a launched contract's signer.
#[must_use]
pub fn approver_item(approver: &Approver) -> ApproverItem {
    ApproverItem {
        sign_id: Some(approver.sign.to_string()),
        recipient_id: Some(approver.recipient.to_string()),
        approver_role_name: Some(approver.role_name.clone()),
    }
}

/// Somebody who gets a copy (`api CcInfo`).
#[must_use]
pub fn copy_recipient(info: &CcInfo) -> CopyRecipient {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    CopyRecipient { name: text(&info.name), mobile: text(&info.mobile), organization_name: None }
}
