//! `ChannelDisableUserAutoSign` ends a person's auto-sign without asking them; the licence is not given back
//! (`api ChannelDisableUserAutoSign`).

use ess_schemas::essbasic::{ChannelDisableUserAutoSignRequest, ChannelDisableUserAutoSignResponse};

use crate::actions::auto_signs::{self, Wanted};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// It is not open.
pub fn channel_disable_user_auto_sign(
    call: &mut Call<'_>,
    request: ChannelDisableUserAutoSignRequest,
) -> Result<ChannelDisableUserAutoSignResponse, Refusal> {
    auto_signs::disable(call, &Wanted::of(&request.scene_key, &request.user_info))?;
    Ok(ChannelDisableUserAutoSignResponse {})
}
