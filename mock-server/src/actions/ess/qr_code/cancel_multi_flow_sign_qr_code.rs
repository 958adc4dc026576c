//! `CancelMultiFlowSignQRCode` withdraws a QR code; contracts it has launched go on.

use ess_schemas::ess::{CancelMultiFlowSignQRCodeRequest, CancelMultiFlowSignQRCodeResponse};

use crate::actions::qr_codes;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such code of the caller's, or it was withdrawn before, or its time is over.
pub fn cancel_multi_flow_sign_qr_code(
    call: &mut Call<'_>,
    request: CancelMultiFlowSignQRCodeRequest,
) -> Result<CancelMultiFlowSignQRCodeResponse, Refusal> {
    qr_codes::cancel(call, &request.qr_code_id)?;
    Ok(CancelMultiFlowSignQRCodeResponse {})
}
