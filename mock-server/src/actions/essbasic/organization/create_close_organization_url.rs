//! `CreateCloseOrganizationUrl` makes links behind which a customer is closed. The operator must be super administrator or legal
//! person; seven days (`ex CreateCloseOrganizationUrl`).

use ess_schemas::essbasic::{CreateCloseOrganizationUrlRequest, CreateCloseOrganizationUrlResponse};

use crate::domain::deed::Deed;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// The operator is neither.
pub fn create_close_organization_url(
    call: &mut Call<'_>,
    _: CreateCloseOrganizationUrlRequest,
) -> Result<CreateCloseOrganizationUrlResponse, Refusal> {
    call.caller.administrator()?;
    let deed = Deed::Close(call.caller.organization().clone());
    let link = call.give_out(deed.clone(), 7 * DAY);
    Ok(CreateCloseOrganizationUrlResponse {
        expired_on: link.expires_at.seconds(),
        long_url: call.urls.deed(&deed, &link),
        short_url: call.urls.short(&link),
        mini_app_path: Urls::deed_path(&deed, &link),
        qrcode_url: call.urls.deed_picture(&deed, &link),
        weixin_qrcode_url: call.urls.deed(&deed, &link),
    })
}
