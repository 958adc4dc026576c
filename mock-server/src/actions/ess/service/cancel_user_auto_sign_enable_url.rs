//! `CancelUserAutoSignEnableUrl` takes the link back by which a person would open auto-sign (`api CancelUserAutoSignEnableUrl`).

use ess_schemas::ess::{CancelUserAutoSignEnableUrlRequest, CancelUserAutoSignEnableUrlResponse};

use crate::actions::auto_signs::{self, Wanted};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// There is no such link, or it was used.
pub fn cancel_user_auto_sign_enable_url(
    call: &mut Call<'_>,
    request: CancelUserAutoSignEnableUrlRequest,
) -> Result<CancelUserAutoSignEnableUrlResponse, Refusal> {
    auto_signs::withdraw(call, &Wanted::of(&request.scene_key, &request.user_info))?;
    Ok(CancelUserAutoSignEnableUrlResponse {})
}
