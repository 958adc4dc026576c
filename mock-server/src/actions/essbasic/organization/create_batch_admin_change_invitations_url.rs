//! `CreateBatchAdminChangeInvitationsUrl` makes the link behind which a new super administrator takes over whatever waits for them.
//! They are known by their name and their mobile number or card; seven days (`api CreateBatchAdminChangeInvitationsUrl`).

use ess_schemas::essbasic::{
    CreateBatchAdminChangeInvitationsUrlRequest, CreateBatchAdminChangeInvitationsUrlResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::words::card;
use crate::domain::deed::{Deed, Mobile, Successor};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// No name, or neither number nor card; or nothing waits for them.
pub fn create_batch_admin_change_invitations_url(
    call: &mut Call<'_>,
    request: CreateBatchAdminChangeInvitationsUrlRequest,
) -> Result<CreateBatchAdminChangeInvitationsUrlResponse, Refusal> {
    let name = given(&request.new_admin_name).ok_or(Refusal::ParameterMissing { field: "NewAdminName" })?.clone();
    let mobile = given(&request.new_admin_mobile).map(|text| Mobile::read(text)).transpose()?;
    let card = card(request.new_admin_id_card_type.as_deref(), request.new_admin_id_card_number.as_ref());
    if mobile.is_none() && card.is_none() {
        return Err(Refusal::ParameterMissing { field: "NewAdminMobile" });
    }
    let mobile = mobile.map(|mobile| mobile.as_str().to_owned()).unwrap_or_default();
    let successor = Successor { name, mobile, card: card.unwrap_or_default() };
    if call.world.waiting_for(&call.caller.agent()?.application.id, &successor).is_empty() {
        return Err(Refusal::SuccessionUnknown { name: successor.name });
    }
    let deed = Deed::TakeOver(successor);
    let link = call.give_out(deed.clone(), 7 * DAY);
    let url = match request.endpoint.as_deref() {
        Some("APP") => Urls::deed_path(&deed, &link),
        Some("HTTP_SHORT_URL") => call.urls.short(&link),
        Some("QR_CODE") => call.urls.deed_picture(&deed, &link),
        _ => call.urls.deed(&deed, &link),
    };
    Ok(CreateBatchAdminChangeInvitationsUrlResponse {
        url: Some(url),
        expire_time: u64::try_from(link.expires_at.seconds()).ok(),
    })
}
