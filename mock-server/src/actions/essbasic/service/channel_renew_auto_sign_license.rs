//! `ChannelRenewAutoSignLicense` makes the licence of a person's auto-sign a year longer, once (`api ChannelRenewAutoSignLicense`,
//! which is retired). What the platform bought of licences is not counted.

use ess_schemas::essbasic::{ChannelRenewAutoSignLicenseRequest, ChannelRenewAutoSignLicenseResponse};

use crate::actions::auto_signs::{self, Wanted};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// It is not open, or was made longer before.
pub fn channel_renew_auto_sign_license(
    call: &mut Call<'_>,
    request: ChannelRenewAutoSignLicenseRequest,
) -> Result<ChannelRenewAutoSignLicenseResponse, Refusal> {
    let end = auto_signs::renew(call, &Wanted::of(&request.scene_key, &request.user_info))?;
    Ok(ChannelRenewAutoSignLicenseResponse { license_to: Some(end.seconds()) })
}
