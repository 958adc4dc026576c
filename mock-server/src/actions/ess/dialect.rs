//! The domain in the words of `ess`, and back. Nowhere else in this service do the two meet.

use ess_schemas::ess::{
    ApproverInfo, ApproverItem, CcInfo, Component, FlowApproverDetail, FlowBrief, FlowCreateApprover, FlowDetailInfo,
    ForwardRecord, UserFlowType,
};

use crate::documents::{Keyword, Order, Placement, Relative};
use crate::domain::approver::{Approver, Forward, Labels, Notify};
use crate::domain::employee::{Card, CardKind};
use crate::domain::flow::{CopiesTold, CopyRecipient, Flow, Noun};
use crate::domain::launch::{NewApprover, NewComponent};
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

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
        flow_message: flow_message(flow),
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
        flow_message: flow_message(flow),
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

/// Filled in for a refusal or a cancellation only (`api FlowBrief`).
fn flow_message(flow: &Flow) -> String {
    use crate::domain::flow::{Ended, FlowState};
    match flow.state {
        FlowState::Ended(Ended::Rejected | Ended::FillRejected | Ended::Cancelled) => flow.message.clone(),
        FlowState::Draft
        | FlowState::Filling
        | FlowState::Signing
        | FlowState::Ended(Ended::Signed | Ended::Expired | Ended::Invalidated | Ended::Released) => String::new(),
    }
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

/// An identity card, when its number is given; an `ID_CARD` unless said otherwise (`api ApproverInfo`).
#[must_use]
pub fn card(kind: Option<&str>, number: Option<&String>) -> Option<Card> {
    let number = number.filter(|number| !number.is_empty())?;
    Some(Card { kind: kind.and_then(CardKind::from_wire).unwrap_or_default(), number: number.clone() })
}

/// Whether a component's place is found by the document's text or form fields.
#[must_use]
pub fn searches(component: &Component) -> bool {
    matches!(component.generate_mode.as_deref(), Some("FIELD" | "KEYWORD"))
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

/// A moment somebody asks for; 0 asks for none.
#[must_use]
pub fn moment(seconds: Option<i64>) -> Option<Timestamp> {
    seconds.filter(|seconds| *seconds != 0).map(Timestamp::from_seconds)
}

/// What people read instead of 合同 (`api CreateFlowByFiles.FlowDisplayType`).
#[must_use]
pub fn noun(kind: Option<i64>) -> Noun {
    match kind {
        Some(1) => Noun::File,
        Some(2) => Noun::Agreement,
        Some(3) => Noun::Instrument,
        _ => Noun::Contract,
    }
}

/// When those who get a copy hear of it (`api StartFlow.CcNotifyType`).
#[must_use]
pub fn copies_told(kind: Option<i64>) -> CopiesTold {
    if kind == Some(1) { CopiesTold::AtEnd } else { CopiesTold::AtStart }
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

/// Compared without case: official kits send `sms` and `none` (`wire`).
pub(super) fn notify(kind: Option<&str>) -> Notify {
    match kind.unwrap_or_default().to_ascii_uppercase().as_str() {
        "NONE" => Notify::Nothing,
        "EMAIL" => Notify::Email,
        "ALL" => Notify::SmsAndEmail,
        _ => Notify::Sms,
    }
}

/// A component somebody wants; the files its value names are added by whoever can look them up.
#[must_use]
pub fn new_component(component: &Component) -> NewComponent {
    NewComponent {
        required: component.component_required.unwrap_or(false),
        placement: Some(placement(component)),
        ignores_missing_keyword: ignores_missing_keyword(component),
        files: Vec::new(),
        kind: component.component_type.clone(),
        file_index: component.file_index,
        id: component.component_id.clone().unwrap_or_default(),
        name: component.component_name.clone().unwrap_or_default(),
        value: component.component_value.clone().unwrap_or_default(),
        extra: component.component_extra.clone().unwrap_or_default(),
    }
}

/// Where a component is meant to go (`components`, positioning).
fn placement(component: &Component) -> Placement {
    let name = || component.component_name.clone().unwrap_or_default();
    let size = |value: Option<f64>| value.filter(|size| *size != 0.0);
    match component.generate_mode.as_deref() {
        Some("FIELD") => Placement::Field { name: name() },
        Some("KEYWORD") => Placement::Keyword(Keyword {
            page: component.keyword_page.filter(|page| *page != 0),
            order: if component.keyword_order.as_deref() == Some("Reverse") { Order::Reverse } else { Order::Positive },
            indexes: component.keyword_indexes.iter().flatten().filter_map(|one| usize::try_from(*one).ok()).collect(),
            relative: relative(component.relative_location.as_deref()),
            offset_x: component.offset_x.unwrap_or(0.0),
            offset_y: component.offset_y.unwrap_or(0.0),
            width: size(component.component_width),
            height: size(component.component_height),
            ..Keyword::new(component.component_id.clone().unwrap_or_default())
        }),
        _ => Placement::Normal {
            page: component.component_page.unwrap_or(0),
            x: component.component_pos_x.unwrap_or(0.0),
            y: component.component_pos_y.unwrap_or(0.0),
            width: component.component_width.unwrap_or(0.0),
            height: component.component_height.unwrap_or(0.0),
        },
    }
}

fn relative(name: Option<&str>) -> Relative {
    match name {
        Some("Below") => Relative::Below,
        Some("Right") => Relative::Right,
        Some("LowerRight") => Relative::LowerRight,
        Some("UpperRight") => Relative::UpperRight,
        _ => Relative::Middle,
    }
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

/// A text parameter that is there and says something: the empty text counts as left out (ASSUMED, as the gateway does).
#[must_use]
pub fn given(value: &Option<String>) -> Option<&String> {
    value.as_ref().filter(|text| !text.is_empty())
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

/// `IgnoreKeywordError` is 1 in `ComponentExtra` (`api Component`).
fn ignores_missing_keyword(component: &Component) -> bool {
    let extra: Option<serde_json::Value> =
        component.component_extra.as_deref().and_then(|text| serde_json::from_str(text).ok());
    extra.is_some_and(|extra| extra.get("IgnoreKeywordError").is_some_and(|flag| flag == 1 || flag == "1"))
}
