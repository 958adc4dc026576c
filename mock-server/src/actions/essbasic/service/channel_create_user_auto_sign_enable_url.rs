//! `ChannelCreateUserAutoSignEnableUrl` makes the link by which a person lets the customer's machine sign for them in one scene:
//! into the mini program, or as an H5 page (`UrlType`), whose answer has no mini program in it
//! (`ex ChannelCreateUserAutoSignEnableUrl`).
//!
//! A week, 30 days at most (`api ChannelCreateUserAutoSignEnableUrl`). How the person proves who they are, and whether they draw
//! their own seal, is taken and not modelled.

use ess_schemas::essbasic::{ChannelCreateUserAutoSignEnableUrlRequest, ChannelCreateUserAutoSignEnableUrlResponse};

use super::identity::wanted;
use crate::actions::auto_signs::{self, MiniLink};
use crate::actions::essbasic::dialect::given;
use crate::domain::auto_sign::AutoSignTerms;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// `UrlType` of the H5 page.
const H5: &str = "H5SIGN";

/// See the module's comment.
///
/// # Errors
/// Nobody was named, they are no adult or have opened it, or something about the link cannot be.
pub fn channel_create_user_auto_sign_enable_url(
    call: &mut Call<'_>,
    request: ChannelCreateUserAutoSignEnableUrlRequest,
) -> Result<ChannelCreateUserAutoSignEnableUrlResponse, Refusal> {
    let config = request.auto_sign_config.ok_or(Refusal::ParameterMissing { field: "AutoSignConfig" })?;
    let until = auto_signs::expiry(call, request.expired_time)?;
    let mobile = auto_signs::recipient(given(&request.notify_type), given(&request.notify_address))?;
    let h5 = given(&request.url_type).is_some_and(|kind| kind == H5);
    let end_point = given(&request.end_point).map(String::as_str);
    if h5 && end_point == Some("APP") {
        let detail = "APP goes with links into the mini program alone".to_owned();
        return Err(Refusal::ParameterInvalid { field: "EndPoint", detail });
    }
    let terms = AutoSignTerms {
        unlicensed: config.license_type == Some(1),
        tells_picture: config.seal_img_callback.unwrap_or(false),
        user_data: request.user_data.unwrap_or_default(),
    };
    let wanted = wanted(&request.scene_key, &config.user_info);
    let jump_url = config.jump_url.filter(|url| h5 && !url.is_empty());
    let link = auto_signs::offer(call, wanted, terms, until, jump_url)?;
    let mini = if h5 { MiniLink::nowhere() } else { MiniLink::of(call, &link)? };
    let url = match (h5, end_point) {
        (true, Some("HTTP")) => call.urls.open_auto_sign(&link, call.caller.organization(), &request.scene_key),
        (false, Some("HTTP")) => call.urls.consent(&link),
        (_, Some("APP")) => Urls::consent_path(&link),
        _ => call.urls.short(&link),
    };
    if let Some(mobile) = mobile {
        let text = format!("{}邀请您开通自动签", call.caller.organization.name);
        call.world.send_link(&mobile, text, &link, call.now);
    }
    Ok(ChannelCreateUserAutoSignEnableUrlResponse {
        url,
        app_id: mini.app_id,
        app_original_id: mini.original_id,
        path: mini.path,
        qr_code: mini.qr_code,
        url_type: request.url_type.unwrap_or_default(),
    })
}
