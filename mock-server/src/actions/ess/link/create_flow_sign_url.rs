//! `CreateFlowSignUrl` makes H5 links: for signers to sign or look, for the initiator to look.
//!
//! 30 minutes unless `ExpiredOn` asks for more (`seed CreateFlowSignUrl`). Any number of links may live side by side
//! (ASSUMED). Without signers the link is the initiator's preview, for which `UrlType` must be 1 (ASSUMED).

use std::sync::Arc;
use std::time::Duration;

use ess_schemas::ess::{CreateFlowSignUrlRequest, CreateFlowSignUrlResponse, FlowApproverUrlInfo, FlowCreateApprover};

use crate::actions::ess::dialect::{given, not_a_participant};
use crate::domain::approver::Approver;
use crate::domain::employee::CardKind;
use crate::domain::flow::Flow;
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::call::Call;

/// How long a link lives when nothing is asked for (`seed CreateFlowSignUrl`).
const LIFETIME: Duration = Duration::from_secs(30 * MINUTE.as_secs());

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, a signer who does not take part or is not due, or an asked-for life out of range.
pub fn create_flow_sign_url(
    call: &mut Call<'_>,
    request: CreateFlowSignUrlRequest,
) -> Result<CreateFlowSignUrlResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    let wanted = request.flow_approver_infos.unwrap_or_default();
    let preview = request.url_type == Some(1);
    let lifetime = request.expired_on.filter(|seconds| *seconds > 0).and_then(|seconds| u64::try_from(seconds).ok());
    let expires_at = call.now.plus(lifetime.map_or(LIFETIME, Duration::from_secs));
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
        .map(|one| signers_link(call, &flow, one, preview, expires_at, jump_url.clone()))
        .collect();
    Ok(CreateFlowSignUrlResponse { flow_approver_url_infos })
}

fn signers_link(
    call: &mut Call<'_>,
    flow: &Arc<Flow>,
    approver: &Approver,
    preview: bool,
    expires_at: Timestamp,
    jump_url: Option<String>,
) -> FlowApproverUrlInfo {
    let (flow_id, recipient) = (flow.id.clone(), approver.recipient.clone());
    let opens = if preview {
        Opens::Preview { flow: flow_id, recipient: Some(recipient) }
    } else {
        Opens::Signing { flow: flow_id, recipient }
    };
    let link = call.world.add_link(opens, expires_at, jump_url);
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
    let approver = flow.approvers.iter().find(|one| is_meant(one, wanted));
    let approver = approver.ok_or_else(|| not_a_participant(flow, wanted))?;
    if preview {
        return Ok(approver);
    }
    if !approver.is_due() || approver.kind.is_machine() {
        return Err(Refusal::ApproverNotWaiting { approver: approver.recipient.to_string() });
    }
    match approver.person.card.kind {
        CardKind::IdCard | CardKind::HongkongMacaoAndTaiwan => Ok(approver),
        other @ (CardKind::HongkongAndMacao | CardKind::Other) => {
            Err(Refusal::H5CardNotSupported { card: other.label() })
        }
    }
}

fn is_meant(approver: &Approver, wanted: &FlowCreateApprover) -> bool {
    if let Some(recipient) = given(&wanted.recipient_id) {
        return approver.recipient.as_str() == recipient;
    }
    if let Some(sign) = given(&wanted.sign_id) {
        return approver.sign.as_str() == sign;
    }
    let company = approver.organization.as_ref().map(|party| party.name.as_str());
    approver.kind.code() == wanted.approver_type
        && given(&wanted.approver_name) == Some(&approver.person.name)
        && given(&wanted.approver_mobile) == Some(&approver.person.mobile)
        && given(&wanted.organization_name).map(String::as_str) == company
}
