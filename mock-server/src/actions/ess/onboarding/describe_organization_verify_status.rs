//! `DescribeOrganizationVerifyStatus` tells whether the company itself has proved who it is (`api DescribeOrganizationVerifyStatus`). One
//! that a world has without saying how it came there has (ASSUMED: it holds a key).

use ess_schemas::ess::{DescribeOrganizationVerifyStatusRequest, DescribeOrganizationVerifyStatusResponse};

use crate::actions::ess::dialect::verify_status;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// None of its own.
pub fn describe_organization_verify_status(
    call: &mut Call<'_>,
    _: DescribeOrganizationVerifyStatusRequest,
) -> Result<DescribeOrganizationVerifyStatusResponse, Refusal> {
    let far = call.world.directory.verification_of(call.caller.organization());
    Ok(DescribeOrganizationVerifyStatusResponse { verify_status: verify_status(far).into() })
}
