//! `CreateBatchSignUrl` makes one link into the mini program for a signer's contracts, or for open slots that somebody picks
//! up ([`crate::actions::batch_links::mini`]).

use ess_schemas::ess::{CreateBatchSignUrlRequest, CreateBatchSignUrlResponse};

use crate::actions::batch_links::mini;
use crate::actions::ess::dialect::given;
use crate::actions::signers::{by_flow, card, distinct};
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A company without the service, no contracts, one that is another's or does not have this signer, or whom it does not
/// wait for, or one that is not signed together with others.
pub fn create_batch_sign_url(
    call: &mut Call<'_>,
    request: CreateBatchSignUrlRequest,
) -> Result<CreateBatchSignUrlResponse, Refusal> {
    let slots = request.flow_batch_url_info.iter().flat_map(|info| info.flow_batch_approver_infos.iter().flatten());
    let wanted = mini::Wanted {
        flows: request.flow_ids.as_deref().unwrap_or_default(),
        sought: Sought {
            organization: given(&request.organization_name).cloned(),
            name: given(&request.name).cloned(),
            mobile: given(&request.mobile).cloned(),
            card: given(&request.id_card_number).cloned(),
            ..Sought::default()
        },
        card: card(&request.id_card_type, &request.id_card_number),
        slots: by_flow(slots.map(|slot| (&slot.flow_id, &slot.recipient_id))),
        signature_kinds: distinct(request.signature_types),
        // Straight to the first contract, there is no list to refuse from (`api CreateBatchSignUrl`).
        batch_refusal: request.can_batch_reject.unwrap_or(false) && !request.jump_to_detail.unwrap_or(false),
        sms: request.notify_type.as_deref() == Some("SMS"),
    };
    let made = mini::make(call, wanted)?;
    Ok(CreateBatchSignUrlResponse { sign_url: made.short, expired_time: made.expires_at, mini_app_path: made.path })
}
