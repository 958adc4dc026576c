//! `RenewAutoSignLicense` makes the licence of a person's auto-sign a year longer, once (`api RenewAutoSignLicense`, which is retired). What the
//! company bought of licences is not counted, and links make none any more (`api AutoSignConfig.LicenseType`): a world file does.

use ess_schemas::ess::{RenewAutoSignLicenseRequest, RenewAutoSignLicenseResponse};

use crate::actions::auto_signs::{self, Wanted};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// It is not open, has no licence, or was made longer before.
pub fn renew_auto_sign_license(
    call: &mut Call<'_>,
    request: RenewAutoSignLicenseRequest,
) -> Result<RenewAutoSignLicenseResponse, Refusal> {
    let end = auto_signs::renew(call, &Wanted::of(&request.scene_key, &request.user_info))?;
    Ok(RenewAutoSignLicenseResponse { license_to: Some(end.seconds()) })
}
