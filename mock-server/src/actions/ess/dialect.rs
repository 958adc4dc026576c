//! The domain in the words of `ess`, and back. Nowhere else in this service do the two meet.

use ess_schemas::ess::{
    ApproverInfo, ApproverItem, CcInfo, Component, FlowApproverDetail, FlowBrief, FlowCreateApprover, FlowDetailInfo,
    ForwardRecord, UserFlowType,
};

pub use crate::actions::words::{card, copies_told, given, moment, notify, noun};
use crate::domain::approver::{Approver, Forward, Labels};
use crate::domain::customer::Verification;
use crate::domain::employee::CardKind;
use crate::domain::flow::{CopyRecipient, Flow};
use crate::domain::launch::{NewApprover, NewComponent};
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;

/// How far a company's certification is, in numbers (`api DescribeOrganizationVerifyStatus`).
#[must_use]
pub fn verify_status(far: Verification) -> u8 {
    match far {
        Verification::Unverified => 0,
        Verification::Verifying
        | Verification::LegalPersonPending
        | Verification::LetterPending
        | Verification::LetterRejected => 1,
        Verification::Verified => 2,
    }
}

/// A contract in short.
#[must_use]
pub fn flow_brief(flow: &Flow) -> FlowBrief {
    FlowBrief {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        flow_description: flow.description.clone(),
        flow_type: flow.kind.clone(),
        flow_status: flow.status().code(),
        created_on: flow.created_at.seconds(),
        flow_message: flow.told_message().to_owned(),
        creator: flow.initiator.user.to_string(),
        deadline: flow.deadline.seconds(),
        user_flow_type: Some(unsorted()),
        template_id: Some(flow.template.as_ref().map(ToString::to_string).unwrap_or_default()),
    }
}

/// A contract in full.
#[must_use]
pub fn flow_detail(flow: &Flow) -> FlowDetailInfo {
    FlowDetailInfo {
        flow_id: flow.id.to_string(),
        flow_name: flow.name.clone(),
        flow_type: flow.kind.clone(),
        flow_status: flow.status().code(),
        flow_message: flow.told_message().to_owned(),
        flow_description: flow.description.clone(),
        created_on: flow.created_at.seconds(),
        flow_approver_infos: flow
            .approvers
            .iter()
            .enumerate()
            .map(|(order, one)| approver_detail(order, one))
            .collect(),
        cc_infos: flow.copies.iter().map(copy_detail).collect(),
        creator: flow.initiator.user.to_string(),
        user_flow_type: Some(unsorted()),
        template_id: Some(flow.template.as_ref().map(ToString::to_string).unwrap_or_default()),
        flow_remarks: (!flow.remarks.is_empty()).then(|| flow.remarks.clone()),
    }
}

/// The kind of a contract nobody sorted into one: every field is there, and empty (ASSUMED).
fn unsorted() -> UserFlowType {
    let empty = || Some(String::new());
    UserFlowType { user_flow_type_id: empty(), name: empty(), description: empty() }
}

fn approver_detail(order: usize, approver: &Approver) -> FlowApproverDetail {
    let party = approver.organization.as_ref();
    FlowApproverDetail {
        approve_message: approver.message.clone(),
        approve_name: approver.person.name.clone(),
        approve_status: approver.status.code(),
        receipt_id: approver.recipient.to_string(),
        custom_user_id: approver.person.custom_user.clone(),
        mobile: approver.person.mobile.clone(),
        sign_order: i64::try_from(order).unwrap_or(i64::MAX),
        approve_time: approver.signature.as_ref().map_or(0, |signature| signature.at.seconds()),
        approve_type: approver.kind.word().to_owned(),
        approver_source: approver.labels.source.clone(),
        custom_approver_tag: approver.labels.tag.clone(),
        organization_id: party.and_then(|party| party.id.as_ref()).map(ToString::to_string).unwrap_or_default(),
        organization_name: party.map(|party| party.name.clone()).unwrap_or_default(),
        sign_id: Some(approver.sign.to_string()),
        approver_role_name: Some(approver.role_name.clone()),
        recipient_id: approver.recipient.to_string(),
        forward_records: (!approver.forwards.is_empty())
            .then(|| approver.forwards.iter().map(forward_record).collect()),
    }
}

/// To whom a task was handed on (`api ForwardRecord`).
fn forward_record(forward: &Forward) -> ForwardRecord {
    ForwardRecord {
        name: Some(forward.to.name.clone()),
        mobile: Some(forward.to.mobile.clone()),
        forward_type: Some(forward.kind.wire().to_owned()),
        forward_message: Some(forward.message.clone()),
        forward_time: Some(forward.at.seconds()),
    }
}

/// Copy recipients are shown in the same struct, with what is known of them (`api FlowDetailInfo`).
fn copy_detail(copy: &CopyRecipient) -> FlowApproverDetail {
    FlowApproverDetail {
        approve_name: copy.name.clone(),
        mobile: copy.mobile.clone(),
        organization_name: copy.organization_name.clone().unwrap_or_default(),
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

/// A signer somebody wants.
#[must_use]
pub fn new_approver(info: &ApproverInfo) -> NewApprover {
    NewApprover {
        kind: info.approver_type,
        open: info.approver_option.as_ref().and_then(|option| option.fill_type) == Some(1),
        email: info.approver_email.clone(),
        fills: info.components.iter().flatten().map(new_component).collect(),
        sign_checks: info.approver_sign_types.clone().unwrap_or_default(),
        needs_review: info.approver_need_sign_review.unwrap_or(false),
        organization_name: info.organization_name.clone(),
        user: given(&info.user_id).map(|id| id.as_str().into()),
        name: info.approver_name.clone(),
        mobile: info.approver_mobile.clone(),
        card: card(info.approver_id_card_type.as_deref(), info.approver_id_card_number.as_ref()),
        role_name: info.approver_role_name.clone().unwrap_or_default(),
        components: info.sign_components.iter().flatten().map(new_component).collect(),
        deadline: moment(info.deadline),
        notify: notify(info.notify_type.as_deref()),
        no_refuse: info.approver_option.as_ref().and_then(|option| option.no_refuse).unwrap_or(false),
        no_transfer: info.approver_option.as_ref().and_then(|option| option.no_transfer).unwrap_or(false),
        labels: labels(&info.approver_source, &info.custom_approver_tag),
        ..NewApprover::default()
    }
}

/// A signer somebody wants for a contract made from a template, which says what they sign with
/// (`api FlowCreateApprover.SignComponents`).
#[must_use]
pub fn new_template_approver(info: &FlowCreateApprover) -> NewApprover {
    let option = info.approver_option.as_ref();
    let sign_checks = info.approver_sign_types.iter().flatten();
    NewApprover {
        kind: info.approver_type,
        recipient: given(&info.recipient_id).map(|id| id.as_str().into()),
        open: option.and_then(|option| option.fill_type) == Some(1),
        email: info.approver_email.clone(),
        sign_checks: sign_checks.filter_map(|check| i64::try_from(*check).ok()).collect(),
        needs_review: info.approver_need_sign_review.unwrap_or(false),
        organization_name: info.organization_name.clone(),
        user: given(&info.user_id).map(|id| id.as_str().into()),
        name: info.approver_name.clone(),
        mobile: info.approver_mobile.clone(),
        card: card(info.approver_id_card_type.as_deref(), info.approver_id_card_number.as_ref()),
        deadline: moment(info.deadline),
        notify: notify(info.notify_type.as_deref()),
        no_refuse: option.and_then(|option| option.no_refuse).unwrap_or(false),
        no_transfer: option.and_then(|option| option.no_transfer).unwrap_or(false),
        labels: labels(&info.approver_source, &info.custom_approver_tag),
        ..NewApprover::default()
    }
}

fn labels(source: &Option<String>, tag: &Option<String>) -> Labels {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Labels { source: text(source), tag: text(tag) }
}

/// What the initiator fills in: a component by its id, else by its name (`api FormField`).
///
/// # Errors
/// Neither is there.
pub fn fill(id: &Option<String>, name: &Option<String>, value: &str) -> Result<Fill, Refusal> {
    let component = given(id).or_else(|| given(name)).cloned();
    let component = component.ok_or(Refusal::ParameterMissing { field: "ComponentId" })?;
    Ok(Fill { component, value: value.to_owned() })
}

/// A component somebody wants.
#[must_use]
pub fn new_component(component: &Component) -> NewComponent {
    component.into()
}

/// Somebody who gets a copy; `CcType` 0 is a person, 1 an employee of the named company (`api CcInfo`).
#[must_use]
pub fn copy_recipient(info: &CcInfo) -> CopyRecipient {
    CopyRecipient {
        name: info.name.clone().unwrap_or_default(),
        mobile: info.mobile.clone().unwrap_or_default(),
        organization_name: given(&info.organization_name).cloned(),
    }
}

/// The person somebody asked for is no signer of this contract; said in the words of the request.
#[must_use]
pub fn not_a_participant(flow: &Flow, wanted: &FlowCreateApprover) -> Refusal {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let card = given(&wanted.approver_id_card_type).and_then(|kind| CardKind::from_wire(kind));
    Refusal::NotAParticipant {
        flow: flow.id.to_string(),
        name: text(&wanted.approver_name),
        mobile: text(&wanted.approver_mobile),
        id_card_type: card.map_or("", CardKind::wire),
        id_card_number: text(&wanted.approver_id_card_number),
        approver_type: wanted.approver_type,
    }
}

/// The signer a request describes. A person with a company's name signs for that company, whatever the type says (`seed
/// CreateBatchQuickSignUrl`, example 10).
#[must_use]
pub fn sought(wanted: &FlowCreateApprover) -> Sought {
    Sought {
        recipient: given(&wanted.recipient_id).cloned(),
        sign: given(&wanted.sign_id).cloned(),
        organization: given(&wanted.organization_name).cloned(),
        name: given(&wanted.approver_name).cloned(),
        mobile: given(&wanted.approver_mobile).cloned(),
        card: given(&wanted.approver_id_card_number).cloned(),
    }
}
