//! `ChannelCreateUserAutoSignSealUrl` makes the link by which a person chooses what the machine signs with for them; both they and
//! the customer have switched that on (`ex ChannelCreateUserAutoSignSealUrl`). With `EndPoint` HTTP there is no mini program in the
//! answer.

use ess_schemas::essbasic::{ChannelCreateUserAutoSignSealUrlRequest, ChannelCreateUserAutoSignSealUrlResponse};

use super::identity::wanted;
use crate::actions::auto_signs::{self, MiniLink};
use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// The person has not opened it, or the customer has no machine.
pub fn channel_create_user_auto_sign_seal_url(
    call: &mut Call<'_>,
    request: ChannelCreateUserAutoSignSealUrlRequest,
) -> Result<ChannelCreateUserAutoSignSealUrlResponse, Refusal> {
    let until = auto_signs::expiry(call, request.expired_time)?;
    let link = auto_signs::seal_link(call, &wanted(&request.scene_key, &request.user_info), until)?;
    let end_point = given(&request.end_point).map(String::as_str);
    let mini = if end_point == Some("HTTP") { MiniLink::nowhere() } else { MiniLink::of(call, &link)? };
    let url = match end_point {
        Some("HTTP") => call.urls.auto_sign_seal(&link, call.caller.organization(), &request.scene_key),
        Some("APP") => Urls::consent_path(&link),
        _ => call.urls.short(&link),
    };
    Ok(ChannelCreateUserAutoSignSealUrlResponse {
        app_id: Some(mini.app_id),
        app_original_id: Some(mini.original_id),
        url,
        path: Some(mini.path),
        qr_code: Some(mini.qr_code),
    })
}
