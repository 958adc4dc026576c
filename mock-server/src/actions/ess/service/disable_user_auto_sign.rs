//! `DisableUserAutoSign` ends a person's auto-sign without asking them (`api DisableUserAutoSign`). Contracts that wait for the machine
//! wait until their deadline.

use ess_schemas::ess::{DisableUserAutoSignRequest, DisableUserAutoSignResponse};

use crate::actions::auto_signs::{self, Wanted};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// It is not open.
pub fn disable_user_auto_sign(
    call: &mut Call<'_>,
    request: DisableUserAutoSignRequest,
) -> Result<DisableUserAutoSignResponse, Refusal> {
    auto_signs::disable(call, &Wanted::of(&request.scene_key, &request.user_info))?;
    Ok(DisableUserAutoSignResponse {})
}
