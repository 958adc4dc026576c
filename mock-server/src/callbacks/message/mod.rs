//! Messages: what is told about an event.

mod known;
mod name;
mod status_change;
mod told;

use std::sync::Arc;

pub use self::status_change::{CallbackType, Operate, StatusChange};
pub use self::told::told_of;
use super::behalf::Behalf;
use super::handmade::HandMade;
use crate::domain::auto_sign::{AutoSign, AutoSignChange};
use crate::domain::cancel_task::CancelTask;
use crate::domain::consent::OnBehalf;
use crate::domain::event::{SealNews, TemplateChange};
use crate::domain::extended_service::ExtendedService;
use crate::domain::flow::Flow;
use crate::domain::group::{FlowGroup, GroupStatus};
use crate::domain::identity::{IdentityChange, IdentityNews};
use crate::domain::ids::{FlowId, MessageId, OrganizationId, RecipientId, UserId};
use crate::domain::intelligence::news::TaskNews;
use crate::domain::onboarding::progress::{Applicant, Progress};
use crate::domain::partner_grant::PartnerGrant;
use crate::domain::personal_seal::PersonalSeal;
use crate::domain::qr_code::{QrCode, Scanner};
use crate::domain::seal::{SealUse, SealWorkflow};
use crate::domain::staff_change::{StaffChange, StaffMember};
use crate::domain::template::Template;
use crate::domain::time::Timestamp;

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
    /// `UserAccountVerify`, `UserMobileChange` or `UserNameChange`: somebody who followed the company's link.
    Identity(IdentityChange, Arc<IdentityNews>),
    /// `OperateSeal`, `AuditSealAuth` or `EmployeeSealAuth`: something happened to a seal.
    Seal(SealNews),
    /// `SealPolicyWorkflow`: a seal was asked for, or that was decided.
    SealPolicyWorkflow(Arc<SealWorkflow>),
    /// `SealUse`: a seal was used for a contract.
    SealUse(Arc<SealUse>),
    /// `OperateExtendedService`: a service was switched on, or off.
    OperateExtendedService(ExtendedService, bool, OnBehalf),
    /// `OpenUserAutoSign`, `AutoSignSealImg`, `DisableUserAutoSign` or `CancelUserAutoSign`: a person's machine, and what it signs
    /// with.
    UserAutoSign(AutoSignChange, Arc<AutoSign>, Option<Arc<PersonalSeal>>),
    /// `PartnerServerSignAuthorization`: a partner, of this name, may use the company's seals.
    PartnerServerSignAuthorization(Arc<PartnerGrant>, String),
    /// `ContractDiffTaskCreate`, `ContractDiffTaskFinish`, `AIInformationExtraction` or `AIContractReview`: a task of contract
    /// intelligence; or `BillingUse`, when it was paid for.
    Intelligence(Arc<TaskNews>),
    /// `FlowCost`: a task of contract intelligence was paid for, for older receivers.
    IntelligenceCost(Arc<TaskNews>),
    /// Any type: somebody put it together by hand.
    ByHand(Arc<HandMade>),
}

impl MessageKind {
    /// `Operate`, where the message has one.
    #[must_use]
    pub fn operate(&self) -> Option<Operate> {
        if let Self::FlowStatusChange(change) = self { Some(change.operate) } else { None }
    }

    /// The contract it is about.
    #[must_use]
    pub fn flow(&self) -> Option<&Arc<Flow>> {
        if let Self::FlowStatusChange(StatusChange { flow, .. })
        | Self::BillingUse(flow, _)
        | Self::FlowCost(flow, _)
        | Self::DocumentFill(flow)
        | Self::CreateFlowReview(flow)
        | Self::ForwardFlow(flow, _)
        | Self::ReceiveFlow(flow, _)
        | Self::ApproverDeadlineExpired(flow, _) = self
        {
            Some(flow)
        } else if let Self::SealUse(used) = self {
            Some(&used.flow)
        } else {
            None
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
}
