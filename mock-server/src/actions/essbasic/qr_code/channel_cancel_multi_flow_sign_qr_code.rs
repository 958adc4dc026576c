//! `ChannelCancelMultiFlowSignQRCode` withdraws a QR code; contracts it has launched go on.

use ess_schemas::essbasic::{ChannelCancelMultiFlowSignQRCodeRequest, ChannelCancelMultiFlowSignQRCodeResponse};

use crate::actions::qr_codes;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such code of the customer's, or it was withdrawn before, or its time is over.
pub fn channel_cancel_multi_flow_sign_qr_code(
    call: &mut Call<'_>,
    request: ChannelCancelMultiFlowSignQRCodeRequest,
) -> Result<ChannelCancelMultiFlowSignQRCodeResponse, Refusal> {
    qr_codes::cancel(call, &request.qr_code_id)?;
    Ok(ChannelCancelMultiFlowSignQRCodeResponse {})
}
