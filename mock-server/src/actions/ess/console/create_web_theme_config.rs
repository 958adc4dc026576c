//! `CreateWebThemeConfig` says what the company's embedded pages look like; the last word counts (`api CreateWebThemeConfig`). What gets
//! into a page must be a colour: anything else is refused (ASSUMED, strict).

use ess_schemas::ess::{CreateWebThemeConfigRequest, CreateWebThemeConfigResponse};

use crate::actions::ess::dialect::given;
use crate::actions::words::color;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::web_theme::WebTheme;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A colour that is none; kinds of pages are checked before.
pub fn create_web_theme_config(
    call: &mut Call<'_>,
    request: CreateWebThemeConfigRequest,
) -> Result<CreateWebThemeConfigResponse, Refusal> {
    let config = request.web_theme_config;
    let theme = WebTheme {
        brand_logo: config.display_sign_brand_logo.unwrap_or(false),
        color: given(&config.web_embed_theme_color).map(|text| color(text)).transpose()?,
        ..WebTheme::default()
    };
    let company = call.world.directory.organizations.get(call.caller.organization().as_str());
    if let Some(company) = company.map(|one| Organization::clone(one)) {
        call.world.directory.organizations.insert(Organization { theme: Some(theme), ..company });
    }
    Ok(CreateWebThemeConfigResponse {})
}
