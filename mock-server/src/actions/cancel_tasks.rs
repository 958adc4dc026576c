//! Withdrawing many contracts: what both services do alike.
//!
//! Through an application only its own contracts are withdrawn and only its own tasks are seen; a company's own key reaches
//! all of its contracts (ASSUMED: applications are kept apart, `api Agent`).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::cancel_task::{CancelScope, CancelTask, DEFAULT_REASON, LINK_LIFETIME, cancellable};
use crate::domain::ids::CancelTaskId;
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::beijing;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// A link on which a person confirms; empty where nothing could be withdrawn.
#[derive(Default)]
pub(super) struct ConfirmationLink {
    /// Where it leads.
    pub(super) url: String,
    /// Why a contract cannot be withdrawn even now, at its place; empty where it can.
    pub(super) fail_messages: Vec<String>,
    /// When it is over, on the vendor's calendar.
    pub(super) expires_on: String,
    /// The task it confirms.
    pub(super) task: String,
}

/// Makes a link to confirm the cancellation of these contracts on.
///
/// Nothing changes before that. What cannot be withdrawn even now is said at its place; if that is all of them there is no
/// link, and still no error (`ex CreateBatchCancelFlowUrl`). The same contract twice is refused (ASSUMED: the text asks for
/// no duplicates, `OperationDenied.BatchCancelForbid` is published in `ess`).
///
/// # Errors
/// No contract was named, or one twice.
pub(super) fn link(call: &mut Call<'_>, flows: Vec<String>) -> Result<ConfirmationLink, Refusal> {
    if flows.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = flows.iter().find(|id| !seen.insert(*id)) {
        return Err(Refusal::FlowIdRepeated { flow: twice.clone() });
    }
    let (operator, organization) = (call.caller.operator()?.clone(), call.caller.organization().clone());
    let application = call.caller.application().cloned();
    let entitled = call.caller.entitled()?;
    let check = |id: &String| {
        let flow = call.world.flows.get(id.as_str());
        cancellable(flow.map(AsRef::as_ref), &organization, application.as_ref(), Some(entitled))
            .map_or_else(|why| why.message(id), |()| String::new())
    };
    let fail_messages: Vec<String> = flows.iter().map(check).collect();
    if fail_messages.iter().all(|message| !message.is_empty()) {
        return Ok(ConfirmationLink { fail_messages, ..ConfirmationLink::default() });
    }

    let id: CancelTaskId = call.world.ids.next(Kind::Task).into();
    let expires_at = call.now.plus(LINK_LIFETIME);
    let link = call.world.add_link(Opens::CancelTask(id.clone()), expires_at, None);
    let url = call.urls.cancel(&link, &operator.id);
    let task = CancelTask {
        id: id.clone(),
        organization,
        application,
        scope: CancelScope::Link { operator: Box::new(operator), expires_at },
        flows: flows.into_iter().map(Into::into).collect(),
        outcome: None,
    };
    call.world.add_cancel_task(task, call.now);
    let expires_on = beijing(expires_at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    Ok(ConfirmationLink { url, fail_messages, expires_on, task: id.to_string() })
}

/// Takes on the cancellation of every contract of the company that has not ended, up to 3000 of them; it runs a little
/// later. For the super admin and the legal person only (`api CancelOrganizationFlows`).
///
/// # Errors
/// The operator is neither.
pub(super) fn whole_company(call: &mut Call<'_>, reason: Option<&String>) -> Result<CancelTaskId, Refusal> {
    call.caller.administrator()?;
    let (organization, application) = (call.caller.organization().clone(), call.caller.application().cloned());
    let id: CancelTaskId = call.world.ids.next(Kind::Task).into();
    let task = CancelTask {
        id: id.clone(),
        flows: call.world.open_flows_of(&organization, application.as_ref()),
        organization,
        application,
        scope: CancelScope::Organization { reason: reason.map_or(DEFAULT_REASON, String::as_str).to_owned() },
        outcome: None,
    };
    call.world.add_cancel_task(task, call.now);
    Ok(id)
}

/// The caller's task of this id and kind. A task of the other kind, or another company's, is unknown (ASSUMED).
///
/// # Errors
/// There is none.
pub(super) fn find(call: &Call<'_>, id: &str, whole_company: bool) -> Result<Arc<CancelTask>, Refusal> {
    let own = |task: &&Arc<CancelTask>| {
        let here = call.caller.agent.is_none() || task.application.as_ref() == call.caller.application();
        here && &task.organization == call.caller.organization()
    };
    let of_kind = |task: &&Arc<CancelTask>| matches!(task.scope, CancelScope::Organization { .. }) == whole_company;
    let found = call.world.cancel_tasks.get(id).filter(own).filter(of_kind);
    found.cloned().ok_or_else(|| Refusal::CancelTaskUnknown { task: id.to_owned() })
}
