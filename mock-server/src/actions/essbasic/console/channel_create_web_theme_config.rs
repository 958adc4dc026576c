//! `ChannelCreateWebThemeConfig` says what an application's pages look like: those embedded in the platform's own, or those on
//! which a company proves who it is. It is the whole application's, and the last word counts
//! (`api ChannelCreateWebThemeConfig`).
//!
//! What gets into a page must be a colour, or an address: anything else is refused (ASSUMED, strict).

use ess_schemas::essbasic::{ChannelCreateWebThemeConfigRequest, ChannelCreateWebThemeConfigResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::words::color;
use crate::domain::refusal::Refusal;
use crate::domain::web_theme::{Background, WebTheme};
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A kind of page that does not exist, a colour or an address that is none.
pub fn channel_create_web_theme_config(
    call: &mut Call<'_>,
    request: ChannelCreateWebThemeConfigRequest,
) -> Result<ChannelCreateWebThemeConfigResponse, Refusal> {
    let config = request.web_theme_config;
    let color = given(&config.web_embed_theme_color).map(|text| color(text));
    let background = given(&config.authenticate_background).map(|text| {
        let detail = "expected the https address of a picture".to_owned();
        Background::read(text)
            .ok_or(Refusal::ParameterInvalid { field: "WebThemeConfig.AuthenticateBackground", detail })
    });
    let theme = WebTheme {
        brand_logo: config.display_sign_brand_logo.unwrap_or(false),
        color: color.transpose()?,
        background: background.transpose()?,
        hides_navigation: config.hide_authenticate_navigation_bar.unwrap_or(false),
        hides_top_logo: config.hide_authenticate_top_logo.unwrap_or(false),
    };
    let mut application = call.caller.agent()?.application.as_ref().clone();
    match request.theme_type.as_str() {
        "EMBED_WEB_THEME" => application.themes.embedded = Some(theme),
        "COMPANY_AUTHENTICATE" => application.themes.verification = Some(theme),
        other => return Err(Refusal::ThemeTypeInvalid { theme: other.to_owned() }),
    }
    call.world.directory.applications.insert(application);
    Ok(ChannelCreateWebThemeConfigResponse {})
}
