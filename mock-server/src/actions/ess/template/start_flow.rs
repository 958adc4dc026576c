//! `StartFlow` starts a contract made from a template: it is charged, and signers hear of it.
//!
//! Within five minutes of `CreateDocument`, and not before the document is composed (`ex StartFlow`). Where the settings say
//! so, one whose composition takes long is accepted early and starts by itself (`EXECUTING`), and one whose creation must be
//! reviewed waits for that (`REVIEW`).

use ess_schemas::ess::{StartFlowRequest, StartFlowResponse};

use crate::actions::ess::dialect;
use crate::domain::event::Happening;
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, it cannot start now, or the quota is used up.
pub fn start_flow(call: &mut Call<'_>, request: StartFlowRequest) -> Result<StartFlowResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    let now = call.now;
    let status = match flow.ensure_startable(now) {
        Ok(()) => "START",
        Err(Refusal::DocumentNotComposed) if starts_later(call, &flow) => "EXECUTING",
        Err(Refusal::ReviewNotPassed) if flow.creation_review.is_some_and(|review| review.verdict.is_none()) => {
            "REVIEW"
        }
        Err(refusal) => return Err(refusal),
    };
    flow.ensure_machines_can_sign(&call.world.directory)?;
    call.change_flow(&flow.id, |flow| {
        flow.wishes.copies_told = dialect::copies_told(request.cc_notify_type);
        Ok(match status {
            "START" => flow.start(now),
            "EXECUTING" => flow.start_when_composed(now),
            _ => vec![Happening::CreationReviewDue],
        })
    })?;
    let workflow_instance_id = flow.wishes.workflow.then(|| call.new_workflow());
    Ok(StartFlowResponse { status: status.to_owned(), workflow_instance_id })
}

fn starts_later(call: &Call<'_>, flow: &Flow) -> bool {
    call.world.settings.dynamic_tables_start_later.is_on()
        && flow.composes_slowly()
        && flow.ensure_startable_later(call.now).is_ok()
}
