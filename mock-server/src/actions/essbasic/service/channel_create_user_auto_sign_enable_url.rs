//! `ChannelCreateUserAutoSignEnableUrl` makes the link by which a person lets the customer's machine sign for them in one scene:
//! into the mini program, or as an H5 page (`UrlType`), whose answer has no mini program in it
//! (`ex ChannelCreateUserAutoSignEnableUrl`).
//!
//! A week, 30 days at most (`api ChannelCreateUserAutoSignEnableUrl`). How the person proves who they are, and whether they draw
//! their own seal, is taken and not modelled.

use ess_schemas::essbasic::{ChannelCreateUserAutoSignEnableUrlRequest, ChannelCreateUserAutoSignEnableUrlResponse};

use crate::actions::auto_signs::Wanted;
use crate::actions::auto_signs::links::Invitation;
use crate::domain::auto_sign::AutoSignTerms;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody was named, they are no adult or have opened it, or something about the link cannot be.
pub fn channel_create_user_auto_sign_enable_url(
    call: &mut Call<'_>,
    request: ChannelCreateUserAutoSignEnableUrlRequest,
) -> Result<ChannelCreateUserAutoSignEnableUrlResponse, Refusal> {
    let config = request.auto_sign_config.ok_or(Refusal::ParameterMissing { field: "AutoSignConfig" })?;
    let invitation = Invitation {
        wanted: Wanted::of(&request.scene_key, &config.user_info),
        terms: AutoSignTerms {
            unlicensed: config.license_type == Some(1),
            tells_picture: config.seal_img_callback.unwrap_or(false),
            user_data: request.user_data.unwrap_or_default(),
        },
        expires: request.expired_time,
        notify: (request.notify_type, request.notify_address),
        url_type: request.url_type.clone(),
        end_point: request.end_point,
        channels: Vec::new(),
        jump_url: config.jump_url,
    };
    let link = invitation.send(call)?;
    Ok(ChannelCreateUserAutoSignEnableUrlResponse {
        url: link.url,
        app_id: link.app_id,
        app_original_id: link.original_id,
        path: link.path,
        qr_code: link.qr_code,
        url_type: request.url_type.unwrap_or_default(),
    })
}
