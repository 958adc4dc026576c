//! `ChannelCreateFlowSignUrl` makes H5 links: for signers to fill in, sign or look, for the initiator to look
//! ([`crate::actions::h5_links`]).

use ess_schemas::essbasic::{
    ChannelCreateFlowSignUrlRequest, ChannelCreateFlowSignUrlResponse, FlowApproverInfo, FlowApproverUrlInfo,
};

use crate::actions::essbasic::dialect::{OpenIds, approver_kind, given, not_a_participant, sought};
use crate::actions::h5_links::{self, Made, Wanted, WantedSigner};
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, a signer who does not take part or is not due, or who cannot sign on H5.
pub fn channel_create_flow_sign_url(
    call: &mut Call<'_>,
    request: ChannelCreateFlowSignUrlRequest,
) -> Result<ChannelCreateFlowSignUrlResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    let ids = OpenIds::of(call)?;
    let signers = request.flow_approver_infos.unwrap_or_default();
    let wanted = Wanted {
        signers: signers.into_iter().map(|one| signer(&flow, one, ids)).collect::<Result<_, _>>()?,
        preview: request.url_type == Some(1),
        expires_at: h5_links::expiry(call.now, request.expired_on),
        jump_url: given(&request.jump_url).cloned(),
    };
    let made = h5_links::make(call, &flow, wanted)?;
    Ok(ChannelCreateFlowSignUrlResponse { flow_approver_url_infos: made.into_iter().map(info).collect() })
}

fn signer(flow: &Flow, wanted: FlowApproverInfo, ids: OpenIds<'_>) -> Result<WantedSigner, Refusal> {
    let (kind, sought) = (approver_kind(&wanted)?, sought(&wanted, ids)?);
    Ok(WantedSigner {
        missing: not_a_participant(flow, &sought, &wanted, kind),
        sought,
        kind: kind.code(),
        sign_checks: wanted.approver_sign_types,
        intention: wanted.intention.map(Into::into),
    })
}

fn info(made: Made) -> FlowApproverUrlInfo {
    let signer = made.signer.as_ref();
    FlowApproverUrlInfo {
        sign_url: made.short,
        long_url: made.long,
        approver_type: signer.map(|one| one.kind.word().to_owned()).unwrap_or_default(),
        name: signer.map(|one| one.person.name.clone()).unwrap_or_default(),
        mobile: signer.map(|one| one.person.mobile.clone()).unwrap_or_default(),
    }
}
