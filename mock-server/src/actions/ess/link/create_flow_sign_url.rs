//! `CreateFlowSignUrl` makes H5 links: for signers to fill in, sign or look, for the initiator to look
//! ([`crate::actions::h5_links`]).

use ess_schemas::ess::{CreateFlowSignUrlRequest, CreateFlowSignUrlResponse, FlowApproverUrlInfo, FlowCreateApprover};

use crate::actions::ess::dialect::{given, not_a_participant, sought};
use crate::actions::h5_links::{self, Made, Wanted, WantedSigner};
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, a signer who does not take part or is not due, or who cannot sign on H5.
pub fn create_flow_sign_url(
    call: &mut Call<'_>,
    request: CreateFlowSignUrlRequest,
) -> Result<CreateFlowSignUrlResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    let signers = request.flow_approver_infos.unwrap_or_default();
    let wanted = Wanted {
        signers: signers.into_iter().map(|one| signer(&flow, one)).collect(),
        preview: request.url_type == Some(1),
        expires_at: h5_links::expiry(call.now, request.expired_on),
        jump_url: given(&request.jump_url).cloned(),
    };
    let made = h5_links::make(call, &flow, wanted)?;
    Ok(CreateFlowSignUrlResponse { flow_approver_url_infos: made.into_iter().map(info).collect() })
}

fn signer(flow: &Flow, wanted: FlowCreateApprover) -> WantedSigner {
    let sign_checks = wanted.approver_sign_types.iter().flatten();
    WantedSigner {
        sought: sought(&wanted),
        kind: wanted.approver_type,
        missing: not_a_participant(flow, &wanted),
        sign_checks: Some(sign_checks.filter_map(|check| i64::try_from(*check).ok()).collect()),
        intention: wanted.intention.map(Into::into),
    }
}

fn info(made: Made) -> FlowApproverUrlInfo {
    let signer = made.signer.as_ref();
    FlowApproverUrlInfo {
        sign_url: made.short,
        long_url: made.long,
        approver_type: signer.map_or(0, |one| one.kind.code()),
        approver_name: signer.map(|one| one.person.name.clone()).unwrap_or_default(),
        approver_mobile: signer.map(|one| one.person.mobile.clone()).unwrap_or_default(),
    }
}
