//! H5 links to one contract, for both services: for signers to fill in, sign or look, for the initiator to look.
//!
//! 30 minutes unless `ExpiredOn` asks for more (`seed CreateFlowSignUrl`). Any number of links may live side by side
//! (ASSUMED). Without signers the link is the initiator's preview, for which `UrlType` must be 1 (ASSUMED). An open slot,
//! named by its `RecipientId`, is picked up on the page (ASSUMED: as with links of several contracts).

use std::sync::Arc;
use std::time::Duration;

use super::signers::{distinct, ensure_due};
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::h5;
use crate::domain::intention::Intention;
use crate::domain::link::{Opens, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::call::Call;

/// How long a link lives when nothing is asked for (`seed CreateFlowSignUrl`).
const LIFETIME: Duration = Duration::from_secs(30 * MINUTE.as_secs());

/// The links of one call.
pub(super) struct Wanted {
    /// For whom; for the initiator when empty.
    pub(super) signers: Vec<WantedSigner>,
    /// Whether they only look.
    pub(super) preview: bool,
    pub(super) expires_at: Timestamp,
    pub(super) jump_url: Option<String>,
}

/// A signer somebody wants a link for.
pub(super) struct WantedSigner {
    pub(super) sought: Sought,
    /// The number of `ApproverType`.
    pub(super) kind: i64,
    pub(super) sign_checks: Option<Vec<i64>>,
    pub(super) intention: Option<Intention>,
    /// What is said when there is no such signer.
    pub(super) missing: Refusal,
}

/// A link.
#[derive(Default)]
pub(super) struct Made {
    pub(super) short: String,
    pub(super) long: String,
    /// For whom; nobody for the initiator, whose name and mobile stay empty (`ex CreateFlowSignUrl`).
    pub(super) signer: Option<Approver>,
}

/// Makes the links.
///
/// # Errors
/// A signer who does not take part or is not due, or who cannot sign on H5.
pub(super) fn make(call: &mut Call<'_>, flow: &Arc<Flow>, wanted: Wanted) -> Result<Vec<Made>, Refusal> {
    let Wanted { signers, preview, expires_at, jump_url } = wanted;
    if signers.is_empty() {
        if !preview {
            let detail = "must be 1 when no signer is named".to_owned();
            return Err(Refusal::ValueNotAllowed { field: "UrlType".into(), detail });
        }
        let link = call.world.add_link(Opens::Preview { flow: flow.id.clone(), recipient: None }, expires_at, jump_url);
        let (short, long) = (call.urls.short(&link), call.urls.quick(&link, flow.id.as_str(), None));
        return Ok(vec![Made { short, long, signer: None }]);
    }
    let found = signers.into_iter().map(|one| find(flow, one, preview)).collect::<Result<Vec<_>, _>>()?;
    Ok(found
        .into_iter()
        .map(|(signer, terms)| {
            let (flow_id, recipient) = (flow.id.clone(), signer.recipient.clone());
            let opens = if preview {
                Opens::Preview { flow: flow_id, recipient: Some(recipient) }
            } else {
                Opens::Signing { flow: flow_id, recipient }
            };
            let link = call.world.add_link_on(terms, opens, expires_at, jump_url.clone());
            let long = call.urls.quick(&link, flow.id.as_str(), Some(signer));
            Made { short: call.urls.short(&link), long, signer: Some(signer.clone()) }
        })
        .collect())
}

/// When a link made now is over; 0 counts as left out.
pub(super) fn expiry(now: Timestamp, seconds: Option<i64>) -> Timestamp {
    let asked = seconds.filter(|seconds| *seconds > 0).and_then(|seconds| u64::try_from(seconds).ok());
    now.plus(asked.map_or(LIFETIME, Duration::from_secs))
}

/// The signer meant: by slot, by task, or by who they are. For signing they must be due, and people the H5 page takes.
fn find(flow: &Flow, wanted: WantedSigner, preview: bool) -> Result<(&Approver, Terms), Refusal> {
    let WantedSigner { sought, kind, sign_checks, intention, missing } = wanted;
    let signer = sought.find(flow).filter(|one| one.kind.code() == kind).ok_or(missing)?;
    let sign_checks = distinct(sign_checks);
    if !preview {
        ensure_due(signer)?;
        h5::check_signer(signer)?;
        h5::check_recording(intention.is_some(), &sign_checks)?;
    }
    Ok((signer, Terms { sign_checks, intention, ..Terms::default() }))
}
