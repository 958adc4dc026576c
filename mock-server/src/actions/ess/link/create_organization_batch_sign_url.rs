//! `CreateOrganizationBatchSignUrl` makes one link into the console for an employee's contracts, or, by their slots, for
//! whoever signs for other companies ([`crate::actions::batch_links::console`]).

use ess_schemas::ess::{CreateOrganizationBatchSignUrlRequest, CreateOrganizationBatchSignUrlResponse};

use crate::actions::batch_links::console;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contracts, one that does not run, nobody named as signer, or somebody who does not sign them.
pub fn create_organization_batch_sign_url(
    call: &mut Call<'_>,
    request: CreateOrganizationBatchSignUrlRequest,
) -> Result<CreateOrganizationBatchSignUrlResponse, Refusal> {
    let option = request.dynamic_sign_option.unwrap_or_default();
    let wanted = console::Wanted {
        flows: request.flow_ids.as_deref().unwrap_or_default(),
        group: given(&request.flow_group_id),
        slots: request.recipient_ids.as_deref().unwrap_or_default(),
        user: given(&request.user_id).map(|id| id.as_str().into()),
        name: given(&request.name),
        mobile: given(&request.mobile),
        batch_refusal: request.can_batch_reject.unwrap_or(false),
        all_or_none: option.dynamic_receive_type == Some(1),
        company: given(&option.organization_name).cloned(),
    };
    let made = console::make(call, wanted)?;
    Ok(CreateOrganizationBatchSignUrlResponse { sign_url: made.url, expired_time: made.expires_at })
}
