//! `ChannelCreateOrganizationModifyQrCode` hands out the picture of a QR code behind which a customer's data are changed. How long it
//! is good for is not published: seven days (ASSUMED, as the link of CreateChannelOrganizationInfoChangeUrl).

use ess_schemas::essbasic::{
    ChannelCreateOrganizationModifyQrCodeRequest, ChannelCreateOrganizationModifyQrCodeResponse,
};

use crate::domain::deed::Deed;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// None of its own.
pub fn channel_create_organization_modify_qr_code(
    call: &mut Call<'_>,
    _: ChannelCreateOrganizationModifyQrCodeRequest,
) -> Result<ChannelCreateOrganizationModifyQrCodeResponse, Refusal> {
    let link = call.give_out(Deed::ChangeData(call.caller.organization().clone()), 7 * DAY);
    Ok(ChannelCreateOrganizationModifyQrCodeResponse {
        qr_code_url: Some(call.urls.qr_picture("channelQrCodes/QrCode", &link.token)),
        expired_time: Some(link.expires_at.seconds()),
    })
}
