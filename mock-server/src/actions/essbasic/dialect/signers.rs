//! Signers as a platform describes them.

use ess_schemas::essbasic::{ApproverOption, CommonFlowApprover, FillApproverInfo, FlowApproverInfo};

use super::open_ids::OpenIds;
use crate::actions::words::{self, given, moment};
use crate::domain::approver::ApproverKind;
use crate::domain::employee::CardKind;
use crate::domain::flow::Flow;
use crate::domain::ids::UserId;
use crate::domain::launch::{NamedLater, NewApprover};
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::domain::template::Template;
use crate::engine::call::Call;

/// What signs: the number both services know it by. Nobody said (`ex ChannelCreateFlowSignUrl`): a company where one is named,
/// else a person (ASSUMED).
///
/// # Errors
/// A word that does not exist.
pub fn approver_kind(info: &FlowApproverInfo) -> Result<ApproverKind, Refusal> {
    let company = || given(&info.organization_open_id).or_else(|| given(&info.organization_name)).is_some();
    match given(&info.approver_type).map(String::as_str) {
        Some("ORGANIZATION") => Ok(ApproverKind::Organization),
        Some("PERSON") => Ok(ApproverKind::Person),
        Some("ENTERPRISESERVER") => Ok(ApproverKind::OrganizationAutoSign),
        Some("PERSON_AUTO_SIGN") => Ok(ApproverKind::PersonAutoSign),
        Some("ORGANIZATION_PIN_CODE_SIGN") => Ok(ApproverKind::OwnOrganizationPin),
        Some("OTHER_ORGANIZATION_PIN_CODE_SIGN") => Ok(ApproverKind::OtherOrganizationPin),
        Some("PERSON_PIN_CODE_SIGN") => Ok(ApproverKind::PersonPin),
        Some(other) => {
            let detail = format!("there is no ApproverType {other}");
            Err(Refusal::ValueNotAllowed { field: "ApproverType".into(), detail })
        }
        None if company() => Ok(ApproverKind::Organization),
        None => Ok(ApproverKind::Person),
    }
}

/// A signer as the platform describes them, with the data the vendor has of who is known (`api ChannelCreateFlowByFiles`: a
/// verified employee's own data win). Signers may be unverified, so whoever is named in words need not be known.
struct Named {
    organization_name: Option<String>,
    user: Option<UserId>,
    name: Option<String>,
    mobile: Option<String>,
}

fn named(info: &FlowApproverInfo, ids: OpenIds<'_>) -> Result<Named, Refusal> {
    if info.not_channel_organization == Some(true)
        && (given(&info.open_id).is_some() || given(&info.organization_open_id).is_some())
    {
        let detail = "a company that is no customer has no OpenIds".to_owned();
        return Err(Refusal::ParameterInvalid { field: "NotChannelOrganization", detail });
    }
    let company = given(&info.organization_open_id).map(|id| (id, ids.company(id)));
    let organization_name = match company {
        Some((_, Some(company))) => Some(company.name.clone()),
        Some((id, None)) if given(&info.organization_name).is_none() => {
            return Err(Refusal::OrganizationUnknown { organization: id.clone() });
        }
        Some((_, None)) | None => given(&info.organization_name).cloned(),
    };
    let in_words = given(&info.name).is_some() && given(&info.mobile).is_some();
    let employee = match given(&info.open_id).map(|id| (id, ids.employee(id))) {
        Some((_, Some(employee))) => Some(employee),
        Some((id, None)) if !in_words => return Err(Refusal::OperatorUnknown { user: id.clone() }),
        Some((_, None)) | None => None,
    };
    Ok(Named {
        organization_name,
        user: employee.map(|one| one.id.clone()),
        name: employee.map(|one| one.name.clone()).or_else(|| given(&info.name).cloned()),
        mobile: employee.map(|one| one.mobile.clone()).or_else(|| given(&info.mobile).cloned()),
    })
}

/// A signer somebody wants. A customer without its employee is picked up later, like an open slot (ASSUMED, `api
/// ChannelCreateFlowByFiles` calls it 动态 or 待领取).
///
/// # Errors
/// A kind that does not exist, or ids that nobody has.
pub fn new_approver(info: &FlowApproverInfo, ids: OpenIds<'_>) -> Result<NewApprover, Refusal> {
    let kind = approver_kind(info)?;
    let named = named(info, ids)?;
    let option = info.approver_option.as_ref();
    let nobody = named.user.is_none() && named.name.is_none() && named.mobile.is_none();
    Ok(NewApprover {
        kind: kind.code(),
        recipient: given(&info.recipient_id).map(|id| id.as_str().into()),
        open: option.and_then(|option| option.fill_type) == Some(1) || (kind == ApproverKind::Organization && nobody),
        organization_name: named.organization_name,
        user: named.user,
        name: named.name,
        mobile: named.mobile,
        email: info.approver_email.clone(),
        card: words::card(info.id_card_type.as_deref(), info.id_card_number.as_ref()),
        role_name: info.approver_role_name.clone().unwrap_or_default(),
        components: info.sign_components.iter().flatten().map(Into::into).collect(),
        fills: info.components.iter().flatten().map(Into::into).collect(),
        sign_checks: info.approver_sign_types.clone().unwrap_or_default(),
        needs_review: info.approver_need_sign_review.unwrap_or(false),
        deadline: moment(info.deadline),
        notify: words::notify(info.notify_type.as_deref()),
        no_refuse: option.and_then(|option| option.no_refuse).unwrap_or(false),
        no_transfer: option.and_then(|option| option.no_transfer).unwrap_or(false),
        ..NewApprover::default()
    })
}

/// The signers somebody wants.
///
/// # Errors
/// As [`new_approver`].
pub fn new_approvers(call: &Call<'_>, infos: Option<&Vec<FlowApproverInfo>>) -> Result<Vec<NewApprover>, Refusal> {
    let ids = OpenIds::of(call)?;
    infos.into_iter().flatten().map(|one| new_approver(one, ids)).collect()
}

/// A signer under the names pages for launching use (`CommonFlowApprover`), under those launches use. Kinds are numbers there;
/// one that does not exist stays a number, which no word is.
#[must_use]
pub fn common_signer(info: &CommonFlowApprover) -> FlowApproverInfo {
    let kind = |code: i64| match ApproverKind::from_code(code) {
        Some(ApproverKind::Organization) => "ORGANIZATION".to_owned(),
        Some(ApproverKind::Person) => "PERSON".to_owned(),
        Some(ApproverKind::OrganizationAutoSign) => "ENTERPRISESERVER".to_owned(),
        Some(ApproverKind::PersonAutoSign) => "PERSON_AUTO_SIGN".to_owned(),
        Some(ApproverKind::OwnOrganizationPin) => "ORGANIZATION_PIN_CODE_SIGN".to_owned(),
        Some(ApproverKind::OtherOrganizationPin) => "OTHER_ORGANIZATION_PIN_CODE_SIGN".to_owned(),
        Some(ApproverKind::PersonPin) => "PERSON_PIN_CODE_SIGN".to_owned(),
        None => code.to_string(),
    };
    let option = info.approver_option.as_ref().map(|option| ApproverOption {
        no_refuse: option.no_refuse,
        no_transfer: option.no_transfer,
        ..ApproverOption::default()
    });
    FlowApproverInfo {
        not_channel_organization: info.not_channel_organization,
        approver_type: info.approver_type.map(kind),
        organization_open_id: info.organization_open_id.clone(),
        organization_name: info.organization_name.clone(),
        open_id: info.open_id.clone(),
        name: info.approver_name.clone(),
        mobile: info.approver_mobile.clone(),
        id_card_type: info.approver_id_card_type.clone(),
        id_card_number: info.approver_id_card_number.clone(),
        recipient_id: info.recipient_id.clone(),
        notify_type: info.notify_type.clone(),
        approver_option: option,
        sign_components: info.sign_components.clone(),
        approver_sign_types: info.approver_sign_types.clone(),
        ..FlowApproverInfo::default()
    }
}

/// The signers somebody wants in the places of a template's parties, each in the place where it stands.
///
/// # Errors
/// As [`new_approver`].
pub fn new_parties(
    call: &Call<'_>,
    infos: Option<&Vec<FlowApproverInfo>>,
    template: &Template,
) -> Result<Vec<NewApprover>, Refusal> {
    let mut wanted = new_approvers(call, infos)?;
    for (place, one) in wanted.iter_mut().enumerate() {
        let meant = one.recipient.as_ref();
        let by_slot = template.parties.iter().find(|party| Some(&party.recipient) == meant);
        let party = by_slot.or_else(|| template.parties.get(place));
        if let Some((party, announced)) = party.zip(ApproverKind::from_code(one.kind)) {
            one.kind = party.kind.cast(announced).code();
        }
    }
    Ok(wanted)
}

/// The signer a request describes.
///
/// # Errors
/// Ids that nobody has.
pub fn sought(info: &FlowApproverInfo, ids: OpenIds<'_>) -> Result<Sought, Refusal> {
    let named = named(info, ids)?;
    Ok(Sought {
        recipient: given(&info.recipient_id).cloned(),
        sign: given(&info.sign_id).cloned(),
        organization: named.organization_name,
        name: named.name,
        mobile: named.mobile,
        card: given(&info.id_card_number).cloned(),
    })
}

/// The person somebody asked for is no signer of this contract; said in the words of the request.
#[must_use]
pub fn not_a_participant(flow: &Flow, sought: &Sought, info: &FlowApproverInfo, kind: ApproverKind) -> Refusal {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let card = given(&info.id_card_type).and_then(|kind| CardKind::from_wire(kind));
    Refusal::NotAParticipant {
        flow: flow.id.to_string(),
        name: text(&sought.name),
        mobile: text(&sought.mobile),
        id_card_type: card.map_or("", CardKind::wire),
        id_card_number: text(&info.id_card_number),
        approver_type: kind.code(),
    }
}

/// Somebody named for an open slot while a contract runs; said in the same ways as at its launch.
///
/// # Errors
/// Ids that nobody has.
pub fn named_later(info: &FillApproverInfo, ids: OpenIds<'_>) -> Result<NamedLater, Refusal> {
    let as_at_launch = FlowApproverInfo {
        open_id: info.open_id.clone(),
        organization_open_id: info.organization_open_id.clone(),
        organization_name: info.organization_name.clone(),
        not_channel_organization: info.not_channel_organization,
        name: info.approver_name.clone(),
        mobile: info.approver_mobile.clone(),
        ..FlowApproverInfo::default()
    };
    let named = named(&as_at_launch, ids)?;
    Ok(NamedLater {
        custom_user: None,
        name: named.name,
        mobile: named.mobile,
        card: words::card(info.approver_id_card_type.as_deref(), info.approver_id_card_number.as_ref()),
        organization_name: named.organization_name,
    })
}
