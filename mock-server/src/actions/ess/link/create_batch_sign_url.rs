//! `CreateBatchSignUrl` makes one link into the mini program for a signer's contracts, or for open slots that somebody picks
//! up.
//!
//! Seven days (`api CreateBatchSignUrl`). The company must let signers in after a check of the mobile number alone; the
//! contracts are its own, a hundred at most, and wait for the signature of who is named.

use std::sync::Arc;

use ess_schemas::ess::{CreateBatchSignUrlRequest, CreateBatchSignUrlResponse};

use crate::actions::ess::dialect::given;
use crate::actions::signers::{by_flow, card, distinct, ensure_waiting, open_slot, own_flows, task};
use crate::domain::approver::Approver;
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::h5;
use crate::domain::link::{Batch, Door, Opens, Terms};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// A company without the service, no contracts, one that is another's or does not have this signer, or whom it does not
/// wait for, or one that is not signed together with others.
pub fn create_batch_sign_url(
    call: &mut Call<'_>,
    request: CreateBatchSignUrlRequest,
) -> Result<CreateBatchSignUrlResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::MobileCheck)?;
    let ids = request.flow_ids.as_deref().unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    let flows = own_flows(call, ids.iter().map(String::as_str))?;
    let slots = request.flow_batch_url_info.iter().flat_map(|info| info.flow_batch_approver_infos.iter().flatten());
    let slots = by_flow(slots.map(|slot| (&slot.flow_id, &slot.recipient_id)));
    let task = |flow: &Arc<Flow>| {
        let approver = if slots.is_empty() { signer(flow, &request)? } else { open_slot(flow, &slots)? };
        h5::check_together(flow, approver)?;
        ensure_waiting(approver)?;
        Ok(task(flow, approver))
    };
    let tasks = flows.iter().map(task).collect::<Result<_, _>>()?;

    let terms = Terms {
        signature_kinds: distinct(request.signature_types.clone()),
        // Straight to the first contract, there is no list to refuse from (`api CreateBatchSignUrl`).
        batch_refusal: request.can_batch_reject.unwrap_or(false) && !request.jump_to_detail.unwrap_or(false),
        preset: preset(&request),
        ..Terms::default()
    };
    let opens = Opens::Batch(Batch { tasks, group: None, door: Door::MiniProgram });
    let expires_at = call.now.plus(7 * DAY);
    let link = call.world.add_link_on(terms, opens, expires_at, None);
    if let (Some("SMS"), Some(mobile)) = (request.notify_type.as_deref(), given(&request.mobile)) {
        let company = &call.caller.organization.name;
        let text = format!("{company}邀请您签署{}份合同", flows.len());
        call.world.send_link(mobile, text, &link, call.now);
    }
    Ok(CreateBatchSignUrlResponse {
        sign_url: call.urls.short(&link),
        expired_time: expires_at.seconds(),
        mini_app_path: Urls::mini_batch_path(&link.short_key),
    })
}

fn signer<'a>(flow: &'a Flow, request: &CreateBatchSignUrlRequest) -> Result<&'a Approver, Refusal> {
    let sought = Sought {
        organization: given(&request.organization_name).cloned(),
        name: given(&request.name).cloned(),
        mobile: given(&request.mobile).cloned(),
        card: given(&request.id_card_number).cloned(),
        ..Sought::default()
    };
    sought.find(flow).or_else(|| sought.without_mobile().find(flow)).ok_or_else(|| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Refusal::NotAParticipant {
            flow: flow.id.to_string(),
            name: text(&request.name),
            mobile: text(&request.mobile),
            id_card_type: card(&request.id_card_type, &request.id_card_number).map_or("", |card| card.kind.wire()),
            id_card_number: text(&request.id_card_number),
            approver_type: i64::from(sought.organization.is_none()),
        }
    })
}

/// Only who fits may pick up (`api CreateBatchSignUrl`).
fn preset(request: &CreateBatchSignUrlRequest) -> Preset {
    Preset {
        name: given(&request.name).cloned(),
        mobile: given(&request.mobile).cloned(),
        card: card(&request.id_card_type, &request.id_card_number),
        organization: given(&request.organization_name).cloned(),
        employees_only: false,
    }
}
