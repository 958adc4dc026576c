//! `DescribeUserAutoSignStatus` says whether a person lets a machine sign for them, until when and with what. The times are of a licence;
//! without one they are 0 (`api DescribeUserAutoSignStatus`).

use ess_schemas::ess::{DescribeUserAutoSignStatusRequest, DescribeUserAutoSignStatusResponse};

use crate::actions::auto_signs::{self, Wanted};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody can be called so.
pub fn describe_user_auto_sign_status(
    call: &mut Call<'_>,
    request: DescribeUserAutoSignStatusRequest,
) -> Result<DescribeUserAutoSignStatusResponse, Refusal> {
    let status = auto_signs::status(call, &Wanted::of(&request.scene_key, &request.user_info))?;
    Ok(DescribeUserAutoSignStatusResponse {
        is_open: status.open,
        license_from: status.from.seconds(),
        license_to: status.until.seconds(),
        license_type: Some(status.license),
        seal_id: Some(status.seal),
    })
}
