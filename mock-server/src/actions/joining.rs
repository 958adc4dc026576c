//! Signers who join contracts that were launched open to that (`OpenDynamicSignFlow`), for both services.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::ids::FlowId;
use crate::domain::launch::{NewApprover, joining};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;

/// Who joins one contract.
pub(super) struct Wanted {
    pub(super) flow: String,
    pub(super) approvers: Vec<NewApprover>,
    /// What persons allowed their machines for.
    pub(super) scene: Option<String>,
}

/// Who has joined it, as they stand.
pub(super) struct Joined {
    pub(super) flow: FlowId,
    pub(super) approvers: Vec<Approver>,
}

/// Reads a contract's text and form fields before the world is opened, when a component asks for them.
pub(super) fn read_document(account: &Arc<Account>, edge: EdgeTime, flow: &str) {
    let flow = account.enter(edge, |world, _, _| world.flows.get(flow).cloned());
    if let Some(content) = flow.as_deref().and_then(Flow::content) {
        content.layout();
    }
}

/// Lets them join: all of them, or nobody. Where they stand is answered as it is: in an unordered contract it is their turn at
/// once.
///
/// # Errors
/// No such contract of the caller's, one that is named twice (ASSUMED), never took more signers or has ended, or signers who
/// cannot be.
pub(super) fn join(call: &mut Call<'_>, wanted: Vec<Wanted>) -> Result<Vec<Joined>, Refusal> {
    let (operator, initiator) = (call.caller.operator()?, call.caller.initiator()?);
    // Ids come out of a copy: a refusal of the last contract shifts none.
    let (mut ids, mut seen, mut checked) = (call.world.ids.clone(), BTreeSet::new(), Vec::new());
    for Wanted { flow, approvers, scene } in wanted {
        let flow = call.own_flow(&flow)?;
        if !seen.insert(flow.id.clone()) {
            return Err(Refusal::FlowIdRepeated { flow: flow.id.to_string() });
        }
        flow.ensure_takes_approvers()?;
        if approvers.is_empty() {
            return Err(Refusal::ParameterMissing { field: "Approvers" });
        }
        let count = approvers.len();
        let fresh = || (0..count).map(|_| (ids.next(Kind::Recipient).into(), ids.next(Kind::Sign).into())).collect();
        let directory = &call.world.directory;
        let joining = joining(&flow, approvers, scene, (&initiator, operator), directory, fresh, call.now)?;
        checked.push((flow.id.clone(), joining));
    }
    call.world.ids = ids;
    let now = call.now;
    let joined = checked.into_iter().map(|(flow, joining)| {
        let count = joining.len();
        call.change_flow(&flow, |flow| flow.add_approvers(joining, now))?;
        let after = call.flow(flow.as_str())?;
        let approvers = after.approvers[after.approvers.len() - count..].to_vec();
        Ok(Joined { flow, approvers })
    });
    joined.collect()
}
