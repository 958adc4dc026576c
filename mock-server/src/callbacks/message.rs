//! Messages: what is told about an event. Which messages, in which order: `callback docs`, sequences.

use std::sync::Arc;

use ess_client::callback::Generation;

use super::behalf::Behalf;
use super::handmade::HandMade;
use crate::domain::auto_sign::{AutoSign, AutoSignChange};
use crate::domain::cancel_task::{CancelScope, CancelTask};
use crate::domain::consent::OnBehalf;
use crate::domain::event::{About, Event, Happening, Scan, SealNews, TemplateChange};
use crate::domain::extended_service::ExtendedService;
use crate::domain::flow::Flow;
use crate::domain::group::{FlowGroup, GroupStatus};
use crate::domain::ids::{FlowId, MessageId, OrganizationId, RecipientId, UserId};
use crate::domain::onboarding::progress::{Applicant, Progress, RecordChange};
use crate::domain::partner_grant::PartnerGrant;
use crate::domain::personal_seal::PersonalSeal;
use crate::domain::qr_code::{QrCode, Scanner};
use crate::domain::seal::{SealChange, SealWorkflow};
use crate::domain::staff_change::{StaffChange, StaffMember};
use crate::domain::template::Template;
use crate::domain::time::Timestamp;
use crate::engine::settings::Settings;

/// A message to everybody who listens to an organization.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Message {
    /// Its id, the same for every address and attempt.
    pub id: MessageId,
    /// Whose event it is.
    pub organization: OrganizationId,
    /// For whom a platform is told.
    #[serde(default)]
    pub behalf: Behalf,
    /// When it happened.
    pub at: Timestamp,
    /// What it tells.
    pub kind: MessageKind,
}

/// What a message tells.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// `FlowStatusChange`, or a bare `FlowInfo` for a legacy address.
    FlowStatusChange(StatusChange),
    /// `BillingUse`: contracts used, negative when given back.
    BillingUse(Arc<Flow>, i64),
    /// `FlowCost`: the same for older receivers.
    FlowCost(Arc<Flow>, i64),
    /// `DocumentFill`: a document was composed with what the initiator filled in.
    DocumentFill(Arc<Flow>),
    /// `ForwardFLow` (so spelled): a task was handed on.
    ForwardFlow(Arc<Flow>, RecipientId),
    /// `ReceiveFlow`: a task was picked up.
    ReceiveFlow(Arc<Flow>, RecipientId),
    /// `ApproverDeadlineExpired`.
    ApproverDeadlineExpired(Arc<Flow>, RecipientId),
    /// `CreateFlowReview`: a contract waits for its company to agree to its start.
    CreateFlowReview(Arc<Flow>),
    /// `MultiFlowSignQrCodeCost`: a scan's contract was charged.
    MultiFlowSignQrCodeCost(Arc<QrCode>, FlowId),
    /// `CreateFlowByQrCode`: a scan found no contracts left.
    CreateFlowByQrCode(Arc<QrCode>, Scanner),
    /// `CancelFlows`, or the same about a whole company: a task of cancellations has run.
    CancelFlows(Arc<CancelTask>),
    /// `FlowGroupStatusChange`.
    FlowGroupStatusChange(Arc<FlowGroup>, GroupStatus),
    /// `TemplateAdd`, `TemplateUpdate`, `TemplateDelete` or `TemplateAvailable`: an employee did something to a template.
    Template(TemplateChange, Arc<Template>, UserId),
    /// `OrgAuth`, `OrgCertify`, `OrgOpenTsignBiz`, ...: a company on its way to become a platform's customer.
    Onboarding(Progress, Arc<Applicant>),
    /// `VerifyStaffInfo`, `RolesChange`, `QuiteJob`, ...: an employee.
    Staff(StaffChange, Arc<StaffMember>),
    /// `OperateSeal`, `AuditSealAuth` or `EmployeeSealAuth`: something happened to a seal.
    Seal(SealNews),
    /// `SealPolicyWorkflow`: a seal was asked for, or that was decided.
    SealPolicyWorkflow(Arc<SealWorkflow>),
    /// `OperateExtendedService`: a service was switched on, or off.
    OperateExtendedService(ExtendedService, bool, OnBehalf),
    /// `OpenUserAutoSign`, `AutoSignSealImg`, `DisableUserAutoSign` or `CancelUserAutoSign`: a person's machine, and what it signs
    /// with.
    UserAutoSign(AutoSignChange, Arc<AutoSign>, Option<Arc<PersonalSeal>>),
    /// `PartnerServerSignAuthorization`: a partner, of this name, may use the company's seals.
    PartnerServerSignAuthorization(Arc<PartnerGrant>, String),
    /// Any type: somebody put it together by hand.
    ByHand(Arc<HandMade>),
}

/// A contract's status changed, or something was done to it.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct StatusChange {
    /// The contract right after it.
    pub flow: Arc<Flow>,
    /// `Operate`.
    pub operate: Operate,
    /// `CallbackType`.
    pub callback_type: CallbackType,
    /// Whose act it was; nobody's for `start`, `cancel` and `deadline`.
    pub recipient: Option<RecipientId>,
}

/// What was done to a contract (`callback docs`, `Operate`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operate {
    Start,
    Fill,
    Sign,
    Reject,
    Cancel,
    Deadline,
    Finish,
}

impl Operate {
    /// Every one there is.
    pub const ALL: [Self; 7] =
        [Self::Start, Self::Fill, Self::Sign, Self::Reject, Self::Cancel, Self::Deadline, Self::Finish];

    /// The wire's word.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Fill => "fill",
            Self::Sign => "sign",
            Self::Reject => "reject",
            Self::Cancel => "cancel",
            Self::Deadline => "deadline",
            Self::Finish => "finish",
        }
    }
}

/// Which of a contract's steps it was done in (`callback docs`, `CallbackType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum CallbackType {
    Sign,
    Fill,
    Review,
}

impl CallbackType {
    /// The wire's word.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Fill => "fill",
            Self::Review => "review",
        }
    }
}

impl MessageKind {
    /// `MsgType`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::FlowStatusChange(_) => "FlowStatusChange",
            Self::BillingUse(..) => "BillingUse",
            Self::FlowCost(..) => "FlowCost",
            Self::DocumentFill(_) => "DocumentFill",
            Self::ForwardFlow(..) => "ForwardFLow",
            Self::ReceiveFlow(..) => "ReceiveFlow",
            Self::ApproverDeadlineExpired(..) => "ApproverDeadlineExpired",
            Self::CreateFlowReview(_) => "CreateFlowReview",
            Self::MultiFlowSignQrCodeCost(..) => "MultiFlowSignQrCodeCost",
            Self::CreateFlowByQrCode(..) => "CreateFlowByQrCode",
            Self::CancelFlows(task) => match task.scope {
                CancelScope::Link { .. } => "CancelFlows",
                // ASSUMED: the message is published without its name.
                CancelScope::Organization { .. } => "CancelOrganizationFlows",
            },
            Self::FlowGroupStatusChange(..) => "FlowGroupStatusChange",
            Self::Template(TemplateChange::Added, ..) => "TemplateAdd",
            Self::Template(TemplateChange::Updated, ..) => "TemplateUpdate",
            Self::Template(TemplateChange::Deleted, ..) => "TemplateDelete",
            Self::Template(TemplateChange::Switched, ..) => "TemplateAvailable",
            Self::Onboarding(progress, _) => onboarding_name(progress),
            Self::Staff(change, _) => staff_name(change),
            Self::Seal(news) => seal_name(news),
            Self::SealPolicyWorkflow(_) => "SealPolicyWorkflow",
            Self::OperateExtendedService(..) => "OperateExtendedService",
            Self::UserAutoSign(AutoSignChange::Opened, ..) => "OpenUserAutoSign",
            Self::UserAutoSign(AutoSignChange::SealSet, ..) => "AutoSignSealImg",
            Self::UserAutoSign(AutoSignChange::Disabled, ..) => "DisableUserAutoSign",
            Self::UserAutoSign(AutoSignChange::Cancelled, ..) => "CancelUserAutoSign",
            Self::PartnerServerSignAuthorization(..) => "PartnerServerSignAuthorization",
            Self::ByHand(message) => &message.msg_type,
        }
    }

    /// `Operate`, where the message has one.
    #[must_use]
    pub fn operate(&self) -> Option<Operate> {
        match self {
            Self::FlowStatusChange(change) => Some(change.operate),
            Self::BillingUse(..)
            | Self::FlowCost(..)
            | Self::DocumentFill(_)
            | Self::CreateFlowReview(_)
            | Self::ForwardFlow(..)
            | Self::ReceiveFlow(..)
            | Self::ApproverDeadlineExpired(..)
            | Self::CancelFlows(_)
            | Self::MultiFlowSignQrCodeCost(..)
            | Self::CreateFlowByQrCode(..)
            | Self::FlowGroupStatusChange(..)
            | Self::Template(..)
            | Self::Onboarding(..)
            | Self::Staff(..)
            | Self::Seal(_)
            | Self::SealPolicyWorkflow(_)
            | Self::OperateExtendedService(..)
            | Self::UserAutoSign(..)
            | Self::PartnerServerSignAuthorization(..)
            | Self::ByHand(_) => None,
        }
    }

    /// The contract it is about.
    #[must_use]
    pub fn flow(&self) -> Option<&Arc<Flow>> {
        match self {
            Self::FlowStatusChange(change) => Some(&change.flow),
            Self::BillingUse(flow, _)
            | Self::FlowCost(flow, _)
            | Self::DocumentFill(flow)
            | Self::CreateFlowReview(flow)
            | Self::ForwardFlow(flow, _)
            | Self::ReceiveFlow(flow, _)
            | Self::ApproverDeadlineExpired(flow, _) => Some(flow),
            Self::CancelFlows(_)
            | Self::MultiFlowSignQrCodeCost(..)
            | Self::CreateFlowByQrCode(..)
            | Self::FlowGroupStatusChange(..)
            | Self::Template(..)
            | Self::Onboarding(..)
            | Self::Staff(..)
            | Self::Seal(_)
            | Self::SealPolicyWorkflow(_)
            | Self::OperateExtendedService(..)
            | Self::UserAutoSign(..)
            | Self::PartnerServerSignAuthorization(..)
            | Self::ByHand(_) => None,
        }
    }

    /// The id of the contract it is about; of one that need not exist when it was put together by hand.
    #[must_use]
    pub fn flow_id(&self) -> Option<&FlowId> {
        if let Self::ByHand(message) = self {
            return message.flow.as_ref();
        }
        self.flow().map(|flow| &flow.id)
    }

    /// Whether an address of this generation knows it. The old documents list of these contract messages, `FlowCost`,
    /// `TemplateAdd`, `VerifyStaffInfo`, `RolesChange` and `OperateSeal` (`seed scenario-guide`); platforms cannot withdraw all
    /// contracts of a customer at once; how a customer comes to be one, and what becomes of a seal that is looked at or asked for,
    /// is a platform's business (`callback docs`).
    #[must_use]
    pub fn is_known_to(&self, generation: Generation) -> bool {
        match generation {
            Generation::Company => match self {
                Self::Onboarding(progress, _) => is_told_to_companies(progress),
                Self::Staff(change, _) => is_staff_told_to_companies(change),
                Self::Seal(_) => self.name() != "AuditSealAuth",
                Self::SealPolicyWorkflow(_) => false,
                Self::FlowStatusChange(_)
                | Self::BillingUse(..)
                | Self::FlowCost(..)
                | Self::DocumentFill(_)
                | Self::CreateFlowReview(_)
                | Self::ForwardFlow(..)
                | Self::ReceiveFlow(..)
                | Self::ApproverDeadlineExpired(..)
                | Self::CancelFlows(_)
                | Self::MultiFlowSignQrCodeCost(..)
                | Self::CreateFlowByQrCode(..)
                | Self::FlowGroupStatusChange(..)
                | Self::Template(..)
                | Self::OperateExtendedService(..)
                | Self::UserAutoSign(..)
                | Self::PartnerServerSignAuthorization(..)
                | Self::ByHand(_) => true,
            },
            Generation::Partner => {
                // A review is told by a message of the application's, where the seal was made through one.
                let of_company =
                    matches!(self, Self::Seal(news) if news.application.is_none() && news.change.is_review());
                !of_company && self.name() != "CancelOrganizationFlows"
            }
            Generation::Legacy => {
                let known = matches!(
                    self,
                    Self::FlowStatusChange(_)
                        | Self::FlowCost(..)
                        | Self::Template(TemplateChange::Added, ..)
                        | Self::Staff(StaffChange::Joined | StaffChange::RolesChanged(..), _)
                );
                known || self.name() == "OperateSeal"
            }
        }
    }
}

fn onboarding_name(progress: &Progress) -> &'static str {
    match progress {
        Progress::Granted => "OrgAuth",
        Progress::Record(RecordChange::Created | RecordChange::Voided, _) => "OrganizationAuthorization",
        Progress::Record(RecordChange::LetterSubmitted, _) => "OrgAuthorizationFileSubmit",
        Progress::Record(RecordChange::LetterInvalidated, _) => "OrgAuthorizationFileInvalid",
        Progress::Record(RecordChange::TransferChanged, _) => "OrgAuthorizationPaymentStatusChange",
        Progress::LetterJudged(_) => "OrgCertify",
        Progress::Opened => "OrgOpenTsignBiz",
        Progress::RegistryJudged(_) => "OrgAuthAudit",
        Progress::DataChanged => "ModifyOrganizationBaseInfo",
        Progress::Closed => "CloseOrganization",
    }
}

fn staff_name(change: &StaffChange) -> &'static str {
    match change {
        StaffChange::Joined => "VerifyStaffInfo",
        StaffChange::NotJoined(_) => "VerifyStaffFail",
        StaffChange::Authorized(_) => "OperatorAuth",
        StaffChange::Left(_) => "QuiteJob",
        StaffChange::RolesChanged(..) => "RolesChange",
        StaffChange::SuperAdminChanged(_) => "SuperAdminChange",
        StaffChange::LegalPersonChanged(..) => "LegalPersonChangeOpenId",
    }
}

/// Whether the company's list of messages has it (`callback docs`).
fn is_told_to_companies(progress: &Progress) -> bool {
    match progress {
        Progress::Record(RecordChange::TransferChanged, _)
        | Progress::Granted
        | Progress::LetterJudged(_)
        | Progress::Opened
        | Progress::RegistryJudged(_) => false,
        Progress::Record(
            RecordChange::Created
            | RecordChange::Voided
            | RecordChange::LetterSubmitted
            | RecordChange::LetterInvalidated,
            _,
        )
        | Progress::DataChanged
        | Progress::Closed => true,
    }
}

/// The same of employees.
fn is_staff_told_to_companies(change: &StaffChange) -> bool {
    match change {
        StaffChange::Joined
        | StaffChange::Left(_)
        | StaffChange::RolesChanged(..)
        | StaffChange::SuperAdminChanged(_) => true,
        StaffChange::NotJoined(_) | StaffChange::Authorized(_) | StaffChange::LegalPersonChanged(..) => false,
    }
}

/// What a message about a seal is called. Platforms have one of its own for a review.
fn seal_name(news: &SealNews) -> &'static str {
    match news.change {
        SealChange::Lent(_) => "EmployeeSealAuth",
        SealChange::Reviewed(_) if news.application.is_some() => "AuditSealAuth",
        SealChange::Reviewed(_)
        | SealChange::Created
        | SealChange::Enabled
        | SealChange::Disabled
        | SealChange::Deleted
        | SealChange::Granted(_)
        | SealChange::Revoked(_) => "OperateSeal",
    }
}

/// The messages an event causes, in order.
#[must_use]
pub fn told_of(event: &Event, settings: &Settings) -> Vec<MessageKind> {
    match &event.about {
        About::Flow(happening, flow) => told_of_flow(happening, flow, settings),
        About::Scan(Scan::Charged(flow), code) => {
            vec![MessageKind::MultiFlowSignQrCodeCost(code.clone(), flow.clone())]
        }
        About::Scan(Scan::WithoutQuota(scanner), code) => {
            vec![MessageKind::CreateFlowByQrCode(code.clone(), scanner.clone())]
        }
        About::CancelTask(task) => vec![MessageKind::CancelFlows(task.clone())],
        About::Group(status, group) => vec![MessageKind::FlowGroupStatusChange(group.clone(), *status)],
        About::Template(change, template, actor) => {
            vec![MessageKind::Template(*change, template.clone(), actor.user.clone())]
        }
        About::Onboarding(progress, applicant) => {
            vec![MessageKind::Onboarding(progress.clone(), applicant.clone())]
        }
        About::Staff(change, member) => vec![MessageKind::Staff(change.clone(), member.clone())],
        About::Seal(news) => vec![MessageKind::Seal(news.clone())],
        About::SealWorkflow(workflow) => vec![MessageKind::SealPolicyWorkflow(workflow.clone())],
        About::Service(service, open, on_behalf) => {
            vec![MessageKind::OperateExtendedService(*service, *open, on_behalf.clone())]
        }
        About::AutoSign(change, one, seal) => vec![MessageKind::UserAutoSign(*change, one.clone(), seal.clone())],
        About::PartnerGrant(grant, name) => {
            vec![MessageKind::PartnerServerSignAuthorization(grant.clone(), name.clone())]
        }
    }
}

fn told_of_flow(happening: &Happening, flow: &Arc<Flow>, settings: &Settings) -> Vec<MessageKind> {
    let billing = |count| {
        if !settings.billing_callbacks.is_on() {
            return Vec::new();
        }
        let cost = settings.flow_cost_callbacks.is_on().then(|| MessageKind::FlowCost(flow.clone(), count));
        [MessageKind::BillingUse(flow.clone(), count)].into_iter().chain(cost).collect()
    };
    let change = |callback_type, operate, recipient: Option<&RecipientId>| {
        let (flow, recipient) = (flow.clone(), recipient.cloned());
        vec![MessageKind::FlowStatusChange(StatusChange { flow, operate, callback_type, recipient })]
    };
    match happening {
        Happening::Charged => billing(1),
        Happening::Refunded => billing(-1),
        Happening::DocumentFilled => vec![MessageKind::DocumentFill(flow.clone())],
        Happening::CreationReviewDue => vec![MessageKind::CreateFlowReview(flow.clone())],
        Happening::Started => change(CallbackType::Sign, Operate::Start, None),
        // One message when a reviewed signer becomes due (`callback docs` names the type without the moment: ASSUMED).
        Happening::ReviewDue(recipient) => change(CallbackType::Review, Operate::Start, Some(recipient)),
        Happening::Filled(recipient) => change(CallbackType::Fill, Operate::Fill, Some(recipient)),
        Happening::Signed(recipient) => change(CallbackType::Sign, Operate::Sign, Some(recipient)),
        Happening::Rejected(recipient) => change(CallbackType::Sign, Operate::Reject, Some(recipient)),
        Happening::RejectedByReview(recipient) => change(CallbackType::Sign, Operate::Reject, recipient.as_ref()),
        Happening::Claimed(recipient) => vec![MessageKind::ReceiveFlow(flow.clone(), recipient.clone())],
        Happening::Forwarded(recipient) => vec![MessageKind::ForwardFlow(flow.clone(), recipient.clone())],
        Happening::Cancelled => change(CallbackType::Sign, Operate::Cancel, None),
        Happening::ApproverDeadlineExpired(recipient) => {
            vec![MessageKind::ApproverDeadlineExpired(flow.clone(), recipient.clone())]
        }
        Happening::Expired => change(CallbackType::Sign, Operate::Deadline, None),
        Happening::Finished(recipient) => change(CallbackType::Sign, Operate::Finish, Some(recipient)),
        // `finish` for both: ASSUMED, the statuses are listed without their `Operate`.
        Happening::Invalidated | Happening::Released => change(CallbackType::Sign, Operate::Finish, None),
        Happening::Revised => Vec::new(),
    }
}
