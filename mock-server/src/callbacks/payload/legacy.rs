//! The contract message of companies registered before 2023-05-15 (`seed scenario-guide`).

use ess_schemas::callbacks::FlowInfo;
use ess_schemas::callbacks::legacy::FlowInfoApprover;

use super::{recipient_text, words};
use crate::callbacks::address::Address;
use crate::callbacks::message::StatusChange;
use crate::domain::approver::Approver;

pub(super) fn flow_info(change: &StatusChange, address: &Address) -> FlowInfo {
    let flow = &change.flow;
    FlowInfo {
        flow_id: flow.id.to_string(),
        document_id: flow.document_id().to_owned(),
        callback_type: change.callback_type.wire().to_owned(),
        flow_name: flow.name.clone(),
        flow_description: flow.description.clone(),
        flow_type: flow.kind.clone(),
        flow_callback_status: words::flow_status(flow.status()).0,
        unordered: flow.unordered,
        create_on: flow.created_at.seconds(),
        updated_on: flow.updated_at.seconds(),
        dead_line: flow.deadline.seconds(),
        user_id: flow.initiator.user.to_string(),
        recipient_id: recipient_text(change.recipient.as_ref()),
        operate: change.operate.wire().to_owned(),
        user_data: flow.user_data.clone(),
        approvers: flow.approvers.iter().map(approver).collect(),
        callback_url: address.url.clone(),
    }
}

fn approver(approver: &Approver) -> FlowInfoApprover {
    FlowInfoApprover {
        user_id: approver.person.user.as_ref().map(ToString::to_string).unwrap_or_default(),
        recipient_id: approver.recipient.to_string(),
        approver_type: approver.kind.callback_code(),
        organization_name: approver.organization.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
        required: true,
        approver_name: approver.person.name.clone(),
        approver_mobile: approver.person.mobile.clone(),
        approver_id_card_type: approver.person.card.kind.wire().to_owned(),
        approver_id_card_number: approver.person.card.number.clone(),
        approve_callback_status: words::approver_status(approver.status).0,
        approve_message: approver.message.clone(),
        approve_time: approver.signature.as_ref().map_or(0, |signature| signature.at.seconds()),
        verify_channel: String::new(),
    }
}
