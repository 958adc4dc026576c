//! What messages are called on the wire: `MsgType` (`callback docs`).

use super::MessageKind;
use crate::domain::auto_sign::AutoSignChange;
use crate::domain::cancel_task::CancelScope;
use crate::domain::event::{SealNews, TemplateChange};
use crate::domain::identity::IdentityChange;
use crate::domain::intelligence::news::News;
use crate::domain::onboarding::progress::{Progress, RecordChange};
use crate::domain::seal::SealChange;
use crate::domain::staff_change::StaffChange;

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
            Self::Onboarding(progress, applicant) => onboarding_name(progress, applicant.is_guided()),
            Self::Staff(change, _) => staff_name(change),
            Self::Identity(IdentityChange::Verified, _) => "UserAccountVerify",
            Self::Identity(IdentityChange::MobileChanged, _) => "UserMobileChange",
            Self::Identity(IdentityChange::NameChanged, _) => "UserNameChange",
            Self::Seal(news) => seal_name(news),
            Self::SealPolicyWorkflow(_) => "SealPolicyWorkflow",
            Self::SealUse(_) => "SealUse",
            Self::OperateExtendedService(..) => "OperateExtendedService",
            Self::UserAutoSign(AutoSignChange::Opened, ..) => "OpenUserAutoSign",
            Self::UserAutoSign(AutoSignChange::SealSet, ..) => "AutoSignSealImg",
            Self::UserAutoSign(AutoSignChange::Disabled, ..) => "DisableUserAutoSign",
            Self::UserAutoSign(AutoSignChange::Cancelled, ..) => "CancelUserAutoSign",
            Self::PartnerServerSignAuthorization(..) => "PartnerServerSignAuthorization",
            Self::Intelligence(news) => intelligence_name(&news.what),
            Self::IntelligenceCost(_) => "FlowCost",
            Self::ByHand(message) => &message.msg_type,
        }
    }
}

/// What becomes of those a company guides has names of its own, where a platform hears of its customers.
fn onboarding_name(progress: &Progress, guided: bool) -> &'static str {
    match progress {
        Progress::LetterJudged(_) if guided => "OrganizationAuthorizationFileReview",
        Progress::Opened if guided => "CreateOrganization",
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
        Progress::JoinedGroup => "SubOrganizationJoinOrganizationGroup",
        Progress::LeftGroup => "UnbindOrganizationGroup",
    }
}

fn intelligence_name(news: &News) -> &'static str {
    match news {
        News::ComparisonCreated => "ContractDiffTaskCreate",
        News::ComparisonEnded(_) => "ContractDiffTaskFinish",
        News::ExtractionEnded(_) => "AIInformationExtraction",
        News::ReviewEnded(_) => "AIContractReview",
        News::Paid => "BillingUse",
    }
}

fn staff_name(change: &StaffChange) -> &'static str {
    match change {
        StaffChange::Joined => "VerifyStaffInfo",
        StaffChange::Admitted => "ApproveEmployeeJoin",
        StaffChange::NotJoined(_) => "VerifyStaffFail",
        StaffChange::Authorized(_) => "OperatorAuth",
        StaffChange::Left(_) => "QuiteJob",
        StaffChange::RolesChanged(..) => "RolesChange",
        StaffChange::SuperAdminChanged(_) => "SuperAdminChange",
        StaffChange::LegalPersonChanged(..) => "LegalPersonChangeOpenId",
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
