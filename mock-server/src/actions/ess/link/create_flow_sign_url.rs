//! `CreateFlowSignUrl` makes H5 links: for signers to fill in, sign or look, for the initiator to look.
//!
//! 30 minutes unless `ExpiredOn` asks for more (`seed CreateFlowSignUrl`). Any number of links may live side by side
//! (ASSUMED). Without signers the link is the initiator's preview, for which `UrlType` must be 1 (ASSUMED). An open slot,
//! named by its `RecipientId`, is picked up on the page (ASSUMED: as with links of several contracts).

use std::sync::Arc;
use std::time::Duration;

use ess_schemas::ess::{CreateFlowSignUrlRequest, CreateFlowSignUrlResponse, FlowApproverUrlInfo, FlowCreateApprover};

use super::signers::{distinct, ensure_due, intention, sought};
use crate::actions::ess::dialect::{given, not_a_participant};
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::h5;
use crate::domain::link::{Opens, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::call::Call;

/// How long a link lives when nothing is asked for (`seed CreateFlowSignUrl`).
const LIFETIME: Duration = Duration::from_secs(30 * MINUTE.as_secs());

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, a signer who does not take part or is not due, or who cannot sign on H5.
pub fn create_flow_sign_url(
    call: &mut Call<'_>,
    request: CreateFlowSignUrlRequest,
) -> Result<CreateFlowSignUrlResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    let wanted = request.flow_approver_infos.unwrap_or_default();
    let preview = request.url_type == Some(1);
    let expires_at = expiry(call.now, request.expired_on);
    let jump_url = given(&request.jump_url).cloned();

    if wanted.is_empty() {
        if !preview {
            let detail = "must be 1 when no signer is named".to_owned();
            return Err(Refusal::ValueNotAllowed { field: "UrlType".into(), detail });
        }
        let info = initiators_preview(call, &flow, expires_at, jump_url);
        return Ok(CreateFlowSignUrlResponse { flow_approver_url_infos: vec![info] });
    }
    let approvers = wanted.iter().map(|one| find(&flow, one, preview)).collect::<Result<Vec<_>, _>>()?;
    let flow_approver_url_infos = approvers
        .into_iter()
        .zip(wanted)
        .map(|(approver, wanted)| {
            let sign_checks = distinct(wanted.approver_sign_types);
            let terms = Terms { sign_checks, intention: intention(wanted.intention), ..Terms::default() };
            signers_link(call, &flow, approver, (preview, terms), expires_at, jump_url.clone())
        })
        .collect();
    Ok(CreateFlowSignUrlResponse { flow_approver_url_infos })
}

/// When a link made now is over; 0 counts as left out.
pub(super) fn expiry(now: Timestamp, seconds: Option<i64>) -> Timestamp {
    let asked = seconds.filter(|seconds| *seconds > 0).and_then(|seconds| u64::try_from(seconds).ok());
    now.plus(asked.map_or(LIFETIME, Duration::from_secs))
}

fn signers_link(
    call: &mut Call<'_>,
    flow: &Arc<Flow>,
    approver: &Approver,
    (preview, terms): (bool, Terms),
    expires_at: Timestamp,
    jump_url: Option<String>,
) -> FlowApproverUrlInfo {
    let (flow_id, recipient) = (flow.id.clone(), approver.recipient.clone());
    let opens = if preview {
        Opens::Preview { flow: flow_id, recipient: Some(recipient) }
    } else {
        Opens::Signing { flow: flow_id, recipient }
    };
    let link = call.world.add_link_on(terms, opens, expires_at, jump_url);
    FlowApproverUrlInfo {
        sign_url: call.urls.short(&link),
        approver_type: approver.kind.code(),
        approver_name: approver.person.name.clone(),
        approver_mobile: approver.person.mobile.clone(),
        long_url: call.urls.quick(&link, flow.id.as_str(), Some(approver)),
    }
}

/// Name and mobile stay empty in the initiator's link (`ex CreateFlowSignUrl`).
fn initiators_preview(
    call: &mut Call<'_>,
    flow: &Arc<Flow>,
    expires_at: Timestamp,
    jump_url: Option<String>,
) -> FlowApproverUrlInfo {
    let link = call.world.add_link(Opens::Preview { flow: flow.id.clone(), recipient: None }, expires_at, jump_url);
    FlowApproverUrlInfo {
        sign_url: call.urls.short(&link),
        long_url: call.urls.quick(&link, flow.id.as_str(), None),
        ..FlowApproverUrlInfo::default()
    }
}

/// The signer meant: by slot, by task, or by who they are. For signing they must be due, and people the H5 page takes.
fn find<'a>(flow: &'a Flow, wanted: &FlowCreateApprover, preview: bool) -> Result<&'a Approver, Refusal> {
    let approver = sought(wanted).find(flow).filter(|one| one.kind.code() == wanted.approver_type);
    let approver = approver.ok_or_else(|| not_a_participant(flow, wanted))?;
    if !preview {
        ensure_due(approver)?;
        h5::check_signer(approver)?;
        h5::check_recording(wanted.intention.is_some(), &distinct(wanted.approver_sign_types.clone()))?;
    }
    Ok(approver)
}
