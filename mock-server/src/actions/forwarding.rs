//! Tasks of a company's signers go to another of its employees, for both services.
//!
//! Each contract succeeds or fails for itself (`ex CreateFlowForwards`). A target nobody can hand anything to refuses the whole
//! call (ASSUMED).

use crate::domain::approver::{ForwardKind, Person};
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// What is asked for.
pub(super) struct Wanted<'a> {
    /// To whom; nobody where the caller's name for them is nobody's.
    pub(super) target: Option<UserId>,
    /// What the caller calls them.
    pub(super) called: &'a str,
    /// Contracts, and the slot in each.
    pub(super) tasks: Vec<(String, String)>,
}

/// What came of it, in the order of the request.
#[derive(Default)]
pub(super) struct Forwarded {
    pub(super) done: Vec<String>,
    pub(super) failed: Vec<(String, Refusal)>,
}

/// Hands the tasks on.
///
/// # Errors
/// No right to, nothing to hand on, or a target who is no verified employee.
pub(super) fn forward_all(call: &mut Call<'_>, wanted: Wanted<'_>) -> Result<Forwarded, Refusal> {
    call.caller.permitted(|operator| operator.may_forward())?;
    if wanted.tasks.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FlowForwardInfos" });
    }
    let target = target(call, wanted.target.as_ref());
    let target = target.ok_or_else(|| Refusal::ForwardTargetInvalid { user: wanted.called.to_owned() })?;
    let mut came = Forwarded::default();
    for (flow, recipient) in wanted.tasks {
        match forward(call, &flow, &recipient, &target) {
            Ok(()) => came.done.push(flow),
            Err(refusal) => came.failed.push((flow, refusal)),
        }
    }
    Ok(came)
}

/// Somebody who has joined the company and proved who they are (`api CreateFlowForwards`).
fn target(call: &Call<'_>, user: Option<&UserId>) -> Option<Person> {
    let employee = call.world.directory.employee(user?.as_str())?;
    let fits = &employee.organization == call.caller.organization() && employee.verified;
    fits.then(|| Person::of(employee))
}

fn forward(call: &mut Call<'_>, flow: &str, recipient: &str, target: &Person) -> Result<(), Refusal> {
    let (flow, now) = (call.reachable_flow(flow)?, call.now);
    let own = |recipient: &&str| {
        flow.approver(recipient).and_then(|one| one.organization_id()) == Some(call.caller.organization())
    };
    let unknown = || Refusal::ApproverUnknown { approver: recipient.to_owned() };
    let recipient = Some(recipient).filter(own).ok_or_else(unknown)?.into();
    call.change_flow(&flow.id, |flow| flow.forward(&recipient, target.clone(), ForwardKind::Forwarded, "", now))
}
