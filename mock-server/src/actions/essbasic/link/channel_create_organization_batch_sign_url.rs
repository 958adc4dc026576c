//! `ChannelCreateOrganizationBatchSignUrl` makes one link into the console for an employee's contracts, or, by their slots, for
//! whoever signs for other companies ([`crate::actions::batch_links::console`]).

use ess_schemas::essbasic::{
    ChannelCreateOrganizationBatchSignUrlRequest, ChannelCreateOrganizationBatchSignUrlResponse,
};

use crate::actions::batch_links::console;
use crate::actions::essbasic::dialect::{OpenIds, given};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contracts, one that does not run, nobody named as signer, or somebody who does not sign them; ids that nobody has.
pub fn channel_create_organization_batch_sign_url(
    call: &mut Call<'_>,
    request: ChannelCreateOrganizationBatchSignUrlRequest,
) -> Result<ChannelCreateOrganizationBatchSignUrlResponse, Refusal> {
    let ids = OpenIds::of(call)?;
    let user = given(&request.open_id).map(|id| {
        ids.employee(id).map(|one| one.id.clone()).ok_or_else(|| Refusal::OperatorUnknown { user: id.clone() })
    });
    let option = request.dynamic_sign_option.unwrap_or_default();
    let company = given(&option.organization_open_id).map(|id| {
        let company = ids.company(id).map(|one| one.name.clone());
        company.ok_or_else(|| Refusal::OrganizationUnknown { organization: id.clone() })
    });
    let wanted = console::Wanted {
        flows: request.flow_ids.as_deref().unwrap_or_default(),
        group: given(&request.flow_group_id),
        slots: request.recipient_ids.as_deref().unwrap_or_default(),
        user: user.transpose()?,
        name: given(&request.name),
        mobile: given(&request.mobile),
        batch_refusal: request.can_batch_reject.unwrap_or(false),
        all_or_none: option.dynamic_receive_type == Some(1),
        company: company.transpose()?,
    };
    let made = console::make(call, wanted)?;
    Ok(ChannelCreateOrganizationBatchSignUrlResponse { sign_url: made.url, expired_time: made.expires_at })
}
