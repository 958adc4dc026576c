//! `ChannelCreateBatchSignUrl` makes one link into the mini program for a signer's contracts, or for open slots that somebody
//! picks up ([`crate::actions::batch_links::mini`]). `OpenId` names an employee, of the customer that acts unless
//! `OrganizationOpenId` says of which (ASSUMED).

use ess_schemas::essbasic::{ChannelCreateBatchSignUrlRequest, ChannelCreateBatchSignUrlResponse, FlowApproverInfo};

use crate::actions::batch_links::mini;
use crate::actions::essbasic::dialect::{OpenIds, given, sought};
use crate::actions::signers::{by_flow, card, distinct};
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A company without the service, no contracts, one that is another's or does not have this signer, or whom it does not
/// wait for, or one that is not signed together with others; ids that nobody has.
pub fn channel_create_batch_sign_url(
    call: &mut Call<'_>,
    request: ChannelCreateBatchSignUrlRequest,
) -> Result<ChannelCreateBatchSignUrlResponse, Refusal> {
    let sought = signer(call, &request)?;
    let slots = request.flow_batch_url_info.iter().flat_map(|info| info.flow_batch_approver_infos.iter().flatten());
    let wanted = mini::Wanted {
        flows: request.flow_ids.as_deref().unwrap_or_default(),
        sought,
        card: card(&request.id_card_type, &request.id_card_number),
        slots: by_flow(slots.map(|slot| (&slot.flow_id, &slot.recipient_id))),
        signature_kinds: distinct(request.signature_types),
        // Straight to the first contract, there is no list to refuse from (`api ChannelCreateBatchSignUrl`).
        batch_refusal: request.can_batch_reject.unwrap_or(false) && !request.jump_to_detail.unwrap_or(false),
        sms: request.notify_type.as_deref() == Some("SMS"),
    };
    let made = mini::make(call, wanted)?;
    Ok(ChannelCreateBatchSignUrlResponse {
        sign_url: made.short,
        expired_time: made.expires_at,
        mini_app_path: made.path,
    })
}

fn signer(call: &Call<'_>, request: &ChannelCreateBatchSignUrlRequest) -> Result<Sought, Refusal> {
    let own = || Some(call.caller.agent().ok()?.organization_open_id.to_string());
    let company = given(&request.organization_open_id).cloned();
    let info = FlowApproverInfo {
        organization_open_id: company.or_else(|| given(&request.open_id).and_then(|_| own())),
        organization_name: request.organization_name.clone(),
        open_id: request.open_id.clone(),
        name: request.name.clone(),
        mobile: request.mobile.clone(),
        id_card_number: request.id_card_number.clone(),
        ..FlowApproverInfo::default()
    };
    sought(&info, OpenIds::of(call)?)
}
