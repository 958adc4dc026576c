//! An agreement that releases a contract everybody has signed, for `CreateReleaseFlow` of both services.
//!
//! It is signed like any contract; when all have, both are released (21). Its document is a fixed one that this server
//! writes: the vendor's own template is no part of the API. It takes one contract from the quota, expires after seven days
//! unless asked for otherwise (`api CreateReleaseFlow`), and is launched at once (ASSUMED).

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::documents::inspect;
use crate::domain::file::Content;
use crate::domain::flow::Flow;
use crate::domain::ids::FlowId;
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::domain::release::{Manner, Replacement, labels, signers};
use crate::domain::time::{DAY, Timestamp};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::rendering::agreement::{Terms, agreement};

/// How long it may take to agree (`api CreateReleaseFlow`).
const LIFETIME: Duration = Duration::from_secs(7 * DAY.as_secs());

/// An agreement somebody wants.
pub(super) struct Wanted {
    /// Its name; after the original's when left out.
    pub(super) name: Option<String>,
    pub(super) user_data: String,
    pub(super) deadline: Option<Timestamp>,
}

/// Writes the agreement before the world is opened; nothing, when there is no such contract. `replacements` says who signs
/// instead of whom in the original.
pub(super) fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    original: &str,
    terms: &Terms,
    replacements: impl FnOnce(&Flow) -> Result<Vec<Replacement>, Refusal>,
) -> Option<Arc<Content>> {
    let original = account.enter(edge, |world, _, _| world.flows.get(original).cloned())?;
    let parties = labels(&original, &replacements(&original).ok()?);
    let pdf = agreement(&original, terms, &parties, &account.fonts).ok()?;
    let pages = inspect(&pdf).ok()?.pages;
    Some(Arc::new(Content::new(Bytes::from(pdf), Some(pages))))
}

/// Launches it.
///
/// # Errors
/// No such contract, one the caller's company takes no part in, no right to, it cannot be released, a signer who cannot be,
/// or the quota is used up.
pub(super) fn release(
    call: &mut Call<'_>,
    original: &str,
    wanted: Wanted,
    document: Option<Arc<Content>>,
    replacements: impl FnOnce(&Flow) -> Result<Vec<Replacement>, Refusal>,
) -> Result<FlowId, Refusal> {
    let original = call.joined_flow(original)?;
    call.caller.permitted(|operator| operator.may_release(&original))?;
    original.ensure_releasable()?;
    let replacements = replacements(&original)?;
    let by_pin = replacements.iter().any(|one| one.manner == Manner::Pin);
    if by_pin && wanted.name.is_none() {
        return Err(Refusal::ParameterMissing { field: "FlowName" });
    }
    let approvers = signers(&original, &replacements, call.caller.organization(), &call.world.directory)?;
    let new = NewFlow {
        name: wanted.name.unwrap_or_else(|| name(&original)),
        user_data: wanted.user_data,
        deadline: Some(wanted.deadline.unwrap_or_else(|| call.now.plus(LIFETIME))),
        unordered: original.unordered,
        content: Some(document.ok_or(Refusal::DocumentNotComposed)?),
        approvers,
        ..NewFlow::default()
    };
    call.ensure_contracts_left(1)?;
    let mut ids = call.world.ids.clone();
    let mut flow = call.draft(new, &mut ids)?;
    flow.releases = Some(original.id.clone());
    let (id, now) = (flow.id.clone(), call.now);
    let happened = flow.start(now);
    call.world.ids = ids;
    call.add_flow(flow, happened)?;
    call.change_flow(&original.id, |original| original.promise_release(Some(&id), now))?;
    Ok(id)
}

/// After the original, as far as a name may be long (ASSUMED).
fn name(original: &Flow) -> String {
    const LONGEST: usize = 200;
    format!("解除协议-{}", original.name).chars().take(LONGEST).collect()
}

/// How a company signs: the words of both services.
pub(super) fn manner(kind: Option<&str>) -> Manner {
    match kind {
        Some("ENTERPRISESERVER") => Manner::Machine,
        Some("ORGANIZATION_PIN_CODE_SIGN") => Manner::Pin,
        _ => Manner::Employee,
    }
}
