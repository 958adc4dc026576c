//! `DescribeThirdPartyAuthCode` says whether whoever came back with a code has proved who they are. It can be asked once for each code
//! (`api DescribeThirdPartyAuthCode`): the one reading call that changes something, as the vendor has it.

use ess_schemas::ess::{DescribeThirdPartyAuthCodeRequest, DescribeThirdPartyAuthCodeResponse};

use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No code, or none that the company may still ask with.
pub fn describe_third_party_auth_code(
    call: &mut Call<'_>,
    request: DescribeThirdPartyAuthCodeRequest,
) -> Result<DescribeThirdPartyAuthCodeResponse, Refusal> {
    if request.auth_code.is_empty() {
        return Err(Refusal::AuthCodeMissing);
    }
    let verified = call.world.use_auth_code(call.caller.organization(), &request.auth_code, call.now)?;
    let verify_status = if verified { "VERIFIED" } else { "UNVERIFIED" }.to_owned();
    Ok(DescribeThirdPartyAuthCodeResponse { verify_status })
}
