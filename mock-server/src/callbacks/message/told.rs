//! Which messages an event causes, in which order (`callback docs`, sequences).

use std::sync::Arc;

use super::MessageKind;
use super::status_change::{CallbackType, Operate, StatusChange};
use crate::domain::event::{About, Event, Happening, Scan};
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::intelligence::news::{News, TaskNews};
use crate::engine::settings::Settings;

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
        About::Identity(change, person) => vec![MessageKind::Identity(*change, person.clone())],
        About::Seal(news) => vec![MessageKind::Seal(news.clone())],
        About::SealWorkflow(workflow) => vec![MessageKind::SealPolicyWorkflow(workflow.clone())],
        About::SealUse(used) => {
            let told = settings.seal_use_callbacks.is_on();
            if told { vec![MessageKind::SealUse(used.clone())] } else { Vec::new() }
        }
        About::Service(service, open, on_behalf) => {
            vec![MessageKind::OperateExtendedService(*service, *open, on_behalf.clone())]
        }
        About::AutoSign(change, one, seal) => vec![MessageKind::UserAutoSign(*change, one.clone(), seal.clone())],
        About::Intelligence(news) => told_of_task(news, settings),
        About::PartnerGrant(grant, name) => {
            vec![MessageKind::PartnerServerSignAuthorization(grant.clone(), name.clone())]
        }
    }
}

/// As contracts are, tasks are billed by two messages (`callback samples`).
fn told_of_task(news: &Arc<TaskNews>, settings: &Settings) -> Vec<MessageKind> {
    match &news.what {
        News::Paid if !settings.billing_callbacks.is_on() => Vec::new(),
        News::Paid => {
            let cost = settings.flow_cost_callbacks.is_on().then(|| MessageKind::IntelligenceCost(news.clone()));
            [MessageKind::Intelligence(news.clone())].into_iter().chain(cost).collect()
        }
        News::ComparisonCreated | News::ComparisonEnded(_) | News::ExtractionEnded(_) | News::ReviewEnded(_) => {
            vec![MessageKind::Intelligence(news.clone())]
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
