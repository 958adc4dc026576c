//! `ChannelCreateBatchQuickSignUrl` makes one H5 link for a signer's contracts, or for open slots that somebody picks up
//! ([`crate::actions::batch_links::h5`]). A company's open slots need not be those of one company
//! (`ex ChannelCreateBatchQuickSignUrl`).

use ess_schemas::essbasic::{
    ChannelCreateBatchQuickSignUrlRequest, ChannelCreateBatchQuickSignUrlResponse, FlowApproverUrlInfo,
};

use crate::actions::batch_links::{Signer, h5};
use crate::actions::essbasic::dialect::{OpenIds, approver_kind, given, sought};
use crate::actions::signers::{by_flow, card, distinct};
use crate::domain::approver::ApproverKind;
use crate::domain::claim::Preset;
use crate::domain::employee::CardKind;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// An edition that does not have it, not exactly one of contracts and group, a contract that is another's, or a signer who
/// does not take part, is not due, or cannot sign so.
pub fn channel_create_batch_quick_sign_url(
    call: &mut Call<'_>,
    request: ChannelCreateBatchQuickSignUrlRequest,
) -> Result<ChannelCreateBatchQuickSignUrlResponse, Refusal> {
    let signer = &request.flow_approver_info;
    let slots = request.flow_batch_url_info.iter().flat_map(|info| info.flow_batch_approver_infos.iter().flatten());
    let preset = request.preset_approver_info.unwrap_or_default();
    let wanted = h5::Wanted {
        flows: request.flow_ids.as_deref().unwrap_or_default(),
        group: given(&request.flow_group_id),
        signer: Signer {
            sought: sought(signer, OpenIds::of(call)?)?,
            kind: approver_kind(signer)?.code(),
            card_kind: given(&signer.id_card_type).and_then(|kind| CardKind::from_wire(kind)),
        },
        slots: by_flow(slots.map(|slot| (&slot.flow_id, &slot.recipient_id))),
        preset: Preset {
            name: given(&preset.name).cloned(),
            mobile: given(&preset.mobile).cloned(),
            card: card(&preset.id_card_type, &preset.id_card_number),
            organization: given(&preset.organization_name).cloned(),
            employees_only: false,
        },
        names_company: false,
        sign_checks: distinct(request.approver_sign_types),
        intention: request.intention.map(Into::into),
        signature_kinds: distinct(request.signature_types),
        batch_refusal: request.can_batch_reject.unwrap_or(false),
        lasts: request.expired_on,
        jump_url: given(&request.jump_url),
    };
    let made = h5::make(call, wanted)?;
    let flow_approver_url_info = FlowApproverUrlInfo {
        sign_url: made.short,
        approver_type: ApproverKind::from_code(made.kind).map_or("", ApproverKind::word).to_owned(),
        name: made.name,
        mobile: made.mobile,
        long_url: made.long,
    };
    Ok(ChannelCreateBatchQuickSignUrlResponse { flow_approver_url_info: Some(flow_approver_url_info) })
}
