//! The domain in the words of `essbasic`, and back. Nowhere else in this service do the two meet.

use ess_schemas::essbasic::{ApproverItem, CcInfo, FlowApproverDetail, FlowApproverInfo, FlowDetailInfo, UserFlowType};

use crate::actions::words;
pub use crate::actions::words::{copies_told, given, moment, noun};
use crate::domain::application::Application;
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::directory::Directory;
use crate::domain::employee::{CardKind, Employee};
use crate::domain::flow::{CopyRecipient, Flow};
use crate::domain::ids::{OpenId, OrganizationId, UserId};
use crate::domain::launch::NewApprover;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::domain::status::{ApproverStatus, FlowStatus};
use crate::engine::call::Call;

/// Whom the platform's ids mean, and what it calls whom.
#[derive(Clone, Copy)]
pub struct OpenIds<'a> {
    application: &'a Application,
    directory: &'a Directory,
}

impl<'a> OpenIds<'a> {
    /// Those of the application a call is made through.
    ///
    /// # Errors
    /// It is made through none.
    pub fn of(call: &'a Call<'_>) -> Result<Self, Refusal> {
        Ok(Self { application: &call.caller.agent()?.application, directory: &call.world.directory })
    }

    /// The company of this customer.
    #[must_use]
    pub fn company(self, customer: &str) -> Option<&'a Organization> {
        let customer = self.application.customers().get(customer)?;
        self.directory.organizations.get(customer.organization.as_str()).map(AsRef::as_ref)
    }

    /// The customer's employee of this name.
    #[must_use]
    pub fn employee(self, open_id: &str) -> Option<&'a Employee> {
        let staff = self.application.staff().get(open_id)?;
        self.directory.employees.get(staff.user.as_str()).map(AsRef::as_ref)
    }

    /// `ProxyOrganizationOpenId`; empty for who is no customer of this application.
    #[must_use]
    pub fn customer_id(self, organization: Option<&OrganizationId>) -> String {
        text(organization.and_then(|id| self.application.customer_id(id)))
    }

    /// `ProxyOperatorOpenId`; empty for who is no customer's employee.
    #[must_use]
    pub fn staff_id(self, user: Option<&UserId>) -> String {
        text(user.and_then(|id| self.application.staff_id(id)))
    }
}

fn text(id: Option<&OpenId>) -> String {
    id.map(ToString::to_string).unwrap_or_default()
}

/// `FlowStatus` (`api FlowDetailInfo`): waiting for somebody to fill in reads like waiting for signatures (`callback docs`);
/// drafts and a refusal to fill in are not listed, and are told as what comes closest (ASSUMED).
#[must_use]
pub const fn flow_status(status: FlowStatus) -> &'static str {
    match status {
        FlowStatus::NotStarted
        | FlowStatus::NotStartedWithFill
        | FlowStatus::Filling
        | FlowStatus::PartlyFilled
        | FlowStatus::Signing => "INIT",
        FlowStatus::PartlySigned => "PART",
        FlowStatus::Rejected | FlowStatus::FillRejected => "REJECT",
        FlowStatus::Signed => "ALL",
        FlowStatus::Expired => "DEADLINE",
        FlowStatus::Cancelled => "CANCEL",
        FlowStatus::Invalidated => "INVALID",
        FlowStatus::Released => "RELIEVED",
    }
}

/// `ApproveStatus` (`api FlowApproverDetail`). A slot nobody is named for waits to be picked up; whose turn has not come is
/// pending like everybody (ASSUMED, the list has no word for it).
#[must_use]
pub fn approver_status(approver: &Approver) -> &'static str {
    match approver.status {
        ApproverStatus::NotLaunched
        | ApproverStatus::NotYetDue
        | ApproverStatus::NotPreLaunched
        | ApproverStatus::ToSign
        | ApproverStatus::ToFill
            if approver.is_vacant() =>
        {
            "WAITPICKUP"
        }
        ApproverStatus::NotLaunched
        | ApproverStatus::NotYetDue
        | ApproverStatus::NotPreLaunched
        | ApproverStatus::ToSign => "PENDING",
        ApproverStatus::ToFill => "FILLPENDING",
        ApproverStatus::Filled => "FILLACCEPT",
        ApproverStatus::Signed => "ACCEPT",
        ApproverStatus::Rejected => "REJECT",
        ApproverStatus::Expired => "DEADLINE",
        ApproverStatus::Cancelled => "CANCEL",
        ApproverStatus::Stopped => "STOP",
        ApproverStatus::Released => "RELIEVED",
        ApproverStatus::Forwarded => "FORWARD",
    }
}

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
