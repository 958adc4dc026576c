//! What happened, for whoever must be told.

use std::sync::Arc;

use super::auto_sign::{AutoSign, AutoSignChange};
use super::cancel_task::CancelTask;
use super::consent::OnBehalf;
use super::extended_service::ExtendedService;
use super::flow::Flow;
use super::group::{FlowGroup, GroupStatus};
use super::identity::{IdentityChange, IdentityNews};
use super::ids::{ApplicationId, FlowId, OrganizationId, RecipientId, UserId};
use super::intelligence::news::TaskNews;
use super::onboarding::progress::{Applicant, Progress};
use super::partner_grant::PartnerGrant;
use super::personal_seal::PersonalSeal;
use super::qr_code::{QrCode, Scanner};
use super::seal::{Seal, SealChange, SealUse, SealWorkflow};
use super::staff_change::{StaffChange, StaffMember};
use super::template::Template;
use super::time::Timestamp;

/// Something that happened, with what it happened to as it was at that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub about: About,
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A contract, as it was right after it.
    Flow(Happening, Arc<Flow>),
    /// A task of cancellations, which has run.
    CancelTask(Arc<CancelTask>),
    /// A group of contracts that stands differently from now on.
    Group(GroupStatus, Arc<FlowGroup>),
    /// A template an employee did something to.
    Template(TemplateChange, Arc<Template>, Actor),
    /// A scan of a QR code, as the code was before it.
    Scan(Scan, Arc<QrCode>),
    /// A company on its way to become a platform's customer, or that is one.
    Onboarding(Progress, Arc<Applicant>),
    /// An employee of a company.
    Staff(StaffChange, Arc<StaffMember>),
    /// Somebody who followed a company's link to say who they are.
    Identity(IdentityChange, Arc<IdentityNews>),
    /// A seal something happened to.
    Seal(SealNews),
    /// A request to use a seal, as it stands.
    SealWorkflow(Arc<SealWorkflow>),
    /// A seal that was used.
    SealUse(Arc<SealUse>),
    /// A service that was switched on, or off.
    Service(ExtendedService, bool, OnBehalf),
    /// A person's machine, and what it signs with.
    AutoSign(AutoSignChange, Arc<AutoSign>, Option<Arc<PersonalSeal>>),
    /// A company whose seals a partner may use from now on; the partner's name.
    PartnerGrant(Arc<PartnerGrant>, String),
    /// A task of contract intelligence.
    Intelligence(Arc<TaskNews>),
}

/// What happened to a seal.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct SealNews {
    /// What.
    pub change: SealChange,
    /// The seal, as it was right after it.
    pub seal: Arc<Seal>,
    /// The employee who did it; whoever made the seal, where nobody of the company did.
    pub by: Option<UserId>,
    /// The platform's application they did it through.
    pub application: Option<ApplicationId>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The employee.
    pub user: UserId,
    /// The platform's application they did it through; nothing when their company did it itself.
    pub application: Option<ApplicationId>,
}

/// What came of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan {
    /// A contract, which was charged.
    Charged(FlowId),
    /// Nothing, because the company has no contracts left; who scanned is named.
    WithoutQuota(Scanner),
}

/// What may be done to a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateChange {
    /// It was made.
    Added,
    /// It was saved anew.
    Updated,
    /// It was taken away.
    Deleted,
    /// It was switched on or off.
    Switched,
}

impl About {
    /// Whose event it is: the company that launched the contract or the group, runs the task, has the
    /// template or the employee, or is on its way.
    #[must_use]
    pub fn organization(&self) -> &OrganizationId {
        match self {
            Self::Flow(_, flow) => &flow.initiator.organization,
            Self::CancelTask(task) => &task.organization,
            Self::Group(_, group) => &group.initiator.organization,
            Self::Template(_, template, _) => &template.organization,
            Self::Scan(_, code) => &code.initiator.organization,
            Self::Onboarding(_, applicant) => &applicant.organization,
            Self::Staff(_, member) => &member.organization,
            Self::Identity(_, person) => &person.organization,
            Self::Seal(news) => &news.seal.organization,
            Self::SealWorkflow(workflow) => &workflow.organization,
            Self::SealUse(used) => &used.seal.organization,
            Self::Service(.., on_behalf) => &on_behalf.organization,
            Self::AutoSign(_, auto_sign, _) => &auto_sign.organization,
            Self::PartnerGrant(grant, _) => &grant.granting,
            Self::Intelligence(news) => &news.task.organization,
        }
    }

    /// The platform's application it happened in, which then is told of it in the company's place (ASSUMED: applications are
    /// kept apart, and the company's own callbacks are another application's).
    #[must_use]
    pub fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Flow(_, flow) => flow.initiator.application.as_ref(),
            Self::CancelTask(task) => task.application.as_ref(),
            Self::Group(_, group) => group.initiator.application.as_ref(),
            Self::Template(_, _, actor) => actor.application.as_ref(),
            Self::Scan(_, code) => code.initiator.application.as_ref(),
            Self::Onboarding(_, applicant) => applicant.application.as_ref(),
            Self::Staff(_, member) => member.application.as_ref(),
            Self::Identity(..) => None,
            Self::Seal(news) => news.application.as_ref(),
            Self::SealWorkflow(workflow) => workflow.application.as_ref(),
            Self::SealUse(used) => used.flow.initiator.application.as_ref(),
            Self::Service(.., on_behalf) => on_behalf.application.as_ref(),
            Self::AutoSign(_, auto_sign, _) => auto_sign.application.as_ref(),
            Self::PartnerGrant(grant, _) => grant.application.as_ref(),
            // Platforms have no such tasks.
            Self::Intelligence(_) => None,
        }
    }

    /// The employee of that company who is behind it.
    #[must_use]
    pub fn operator(&self) -> Option<&UserId> {
        match self {
            Self::Flow(_, flow) => Some(&flow.initiator.user),
            Self::CancelTask(_) => None,
            Self::Group(_, group) => Some(&group.initiator.user),
            Self::Template(_, _, actor) => Some(&actor.user),
            Self::Scan(_, code) => Some(&code.initiator.user),
            Self::Onboarding(_, applicant) => applicant.operator.as_ref(),
            Self::Staff(_, member) => Some(&member.user),
            Self::Identity(_, person) => Some(&person.user),
            Self::Seal(news) => news.by.as_ref(),
            Self::SealWorkflow(workflow) => Some(&workflow.applicant),
            Self::SealUse(used) => Some(&used.flow.initiator.user),
            Self::Service(.., on_behalf) => Some(&on_behalf.user),
            Self::AutoSign(_, auto_sign, _) => Some(&auto_sign.operator),
            Self::PartnerGrant(grant, _) => grant.signed_by.as_ref(),
            Self::Intelligence(news) => Some(&news.task.operator),
        }
    }
}

/// What may happen to a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The launch took one contract from the company's quota.
    Charged,
    /// Cancelling gave that contract back.
    Refunded,
    /// Its document was made from a template, with values of the initiator's.
    DocumentFilled,
    /// The initiator's company is to agree before it starts.
    CreationReviewDue,
    /// Launched.
    Started,
    /// It became the turn of a signer whose company must agree first.
    ReviewDue(RecipientId),
    /// A signer filled in.
    Filled(RecipientId),
    /// A signer signed.
    Signed(RecipientId),
    /// A signer refused to sign, or to fill in.
    Rejected(RecipientId),
    /// A review ended the contract in a signer's place.
    RejectedByReview(Option<RecipientId>),
    /// A candidate picked the task up, or the signer of an open slot became known.
    Claimed(RecipientId),
    /// A signer's task was handed on.
    Forwarded(RecipientId),
    /// The initiator withdrew it.
    Cancelled,
    /// A signer's own deadline passed; the contract expires with it.
    ApproverDeadlineExpired(RecipientId),
    /// The deadline passed.
    Expired,
    /// Everybody has signed; the last signer is named.
    Finished(RecipientId),
    /// Made void from outside.
    Invalidated,
    /// An agreement of all parties released it.
    Released,
    /// Something changed that nobody is told of: a deadline, a note, a reminder, a draft.
    Revised,
}
