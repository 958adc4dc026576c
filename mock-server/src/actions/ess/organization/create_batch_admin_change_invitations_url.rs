//! `CreateBatchAdminChangeInvitationsUrl` makes the link behind which a new super administrator takes over whatever waits for them.
//! They are known by their name and their mobile number or card; seven days (`api CreateBatchAdminChangeInvitationsUrl`).

use ess_schemas::ess::{CreateBatchAdminChangeInvitationsUrlRequest, CreateBatchAdminChangeInvitationsUrlResponse};

use crate::actions::ess::dialect::{card, given};
use crate::domain::deed::{Deed, Mobile, Successor};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// No name, or neither number nor card, or no number an SMS could go to; or nothing waits for them.
pub fn create_batch_admin_change_invitations_url(
    call: &mut Call<'_>,
    request: CreateBatchAdminChangeInvitationsUrlRequest,
) -> Result<CreateBatchAdminChangeInvitationsUrlResponse, Refusal> {
    let name = request.new_admin_name;
    if name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "NewAdminName" });
    }
    let mobile = given(&request.new_admin_mobile).map(|text| Mobile::read(text)).transpose()?;
    let card = card(request.new_admin_id_card_type.as_deref(), request.new_admin_id_card_number.as_ref());
    let by_sms = given(&request.notify_type).is_some_and(|kind| kind == "SMS");
    if mobile.is_none() && (card.is_none() || by_sms) {
        return Err(Refusal::ParameterMissing { field: "NewAdminMobile" });
    }
    let mobile = mobile.map(|mobile| mobile.as_str().to_owned()).unwrap_or_default();
    let successor = Successor { name, mobile: mobile.clone(), card: card.unwrap_or_default() };
    let unknown = || Refusal::SuccessionUnknown { name: successor.name.clone() };
    let guidance = call.world.guidance_awaiting(call.caller.organization(), &successor).ok_or_else(unknown)?;
    let deed = Deed::TakeOver(successor.clone());
    let link = call.give_out_in(Some(guidance), deed.clone(), 7 * DAY);
    if by_sms {
        let text = format!("{}您好，您有待处理的超管变更任务", successor.name);
        call.world.send_link(&mobile, text, &link, call.now);
    }
    let url = match given(&request.endpoint).map(String::as_str) {
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
