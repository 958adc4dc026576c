//! `CancelMultiFlowSignQRCode` withdraws a QR code; contracts it has launched go on.

use ess_schemas::ess::{CancelMultiFlowSignQRCodeRequest, CancelMultiFlowSignQRCodeResponse};

use crate::domain::qr_code::QrCode;
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
    if request.qr_code_id.is_empty() {
        return Err(Refusal::QrCodeIdEmpty);
    }
    let code = call.world.qr_codes.get(request.qr_code_id.as_str());
    let code = code.filter(|code| call.caller.launched(&code.initiator));
    let code = code.ok_or_else(|| Refusal::QrCodeUnknown { code: request.qr_code_id.clone() })?;
    let mut cancelled = QrCode::clone(code);
    cancelled.cancel(call.now)?;
    call.world.add_qr_code(cancelled);
    Ok(CancelMultiFlowSignQRCodeResponse {})
}
