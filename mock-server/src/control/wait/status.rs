//! Which status of a contract is waited for, and what it was instead.

use std::sync::Arc;

use serde_json::Value;

use crate::control::errors::Failure;
use crate::control::words::{self, whose_turn};
use crate::domain::flow::Flow;
use crate::domain::status::FlowStatus;
use crate::engine::world::World;

/// The status with this number or this name.
///
/// # Errors
/// There is none; which there are.
pub(super) fn status_of(status: &Value) -> Result<FlowStatus, Failure> {
    let found = match status {
        Value::Number(code) => FlowStatus::ALL.into_iter().find(|one| Some(one.code()) == code.as_i64()),
        Value::String(word) => FlowStatus::ALL.into_iter().find(|one| words::flow_status(*one) == word),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    found.ok_or_else(|| {
        let known = FlowStatus::ALL.map(|one| format!("{} ({})", one.code(), words::flow_status(one)));
        Failure::bad_request(format!("status: no contract can be {status}. Expected one of {}.", known.join(", ")))
    })
}

/// The contract once it has the status; at once, why not, when it cannot get it any more.
pub(super) fn look_at(world: &World, id: &str, wanted: FlowStatus) -> Option<Result<Arc<Flow>, Failure>> {
    // A contract's id may be known before it is launched: an unknown one is waited for like any.
    let flow = world.flows.get(id)?;
    let status = flow.status();
    if status == wanted {
        return Some(Ok(flow.clone()));
    }
    let for_good = status.is_final() && !(status == FlowStatus::Signed && wanted.is_final());
    for_good.then(|| {
        let (status, wanted) = (words::flow_status(status), words::flow_status(wanted));
        Err(Failure::conflict(format!("Contract {id} is {status} and will never be {wanted}: it has ended.")))
    })
}

/// What it was at the end.
pub(super) fn late(world: &World, span: &str, id: &str, wanted: FlowStatus) -> Failure {
    let wanted = words::flow_status(wanted);
    let Some(flow) = world.flows.get(id) else {
        return Failure::timed_out(format!(
            "Waited {span} for contract {id} to be {wanted}: there is no such contract. GET /_mock/flows lists them."
        ));
    };
    let status = words::flow_status(flow.status());
    Failure::timed_out(format!(
        "Waited {span} for contract {id} to be {wanted}: it is {status}. {} Time passes by POST /_mock/clock where \
         the clock stands still.",
        whose_turn(flow)
    ))
}
