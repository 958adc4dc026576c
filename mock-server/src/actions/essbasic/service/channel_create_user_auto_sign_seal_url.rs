//! `ChannelCreateUserAutoSignSealUrl` makes the link by which a person chooses what the machine signs with for them; both they and
//! the customer have switched that on (`ex ChannelCreateUserAutoSignSealUrl`). With `EndPoint` HTTP there is no mini program in the
//! answer.

use ess_schemas::essbasic::{ChannelCreateUserAutoSignSealUrlRequest, ChannelCreateUserAutoSignSealUrlResponse};

use crate::actions::auto_signs::Wanted;
use crate::actions::auto_signs::links::seal_link;
use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The person has not opened it, or the customer has no machine.
pub fn channel_create_user_auto_sign_seal_url(
    call: &mut Call<'_>,
    request: ChannelCreateUserAutoSignSealUrlRequest,
) -> Result<ChannelCreateUserAutoSignSealUrlResponse, Refusal> {
    let wanted = Wanted::of(&request.scene_key, &request.user_info);
    let link = seal_link(call, &wanted, request.expired_time, given(&request.end_point).map(String::as_str))?;
    Ok(ChannelCreateUserAutoSignSealUrlResponse {
        app_id: Some(link.app_id),
        app_original_id: Some(link.original_id),
        url: link.url,
        path: Some(link.path),
        qr_code: Some(link.qr_code),
    })
}
