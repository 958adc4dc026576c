//! `CreateEmployeeQualificationSealQrCode` makes a QR code by which an employee lends the company the seal of their profession. An
//! administrator looks at it then. A week (`api CreateEmployeeQualificationSealQrCode`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::essbasic::{
    CreateEmployeeQualificationSealQrCodeRequest, CreateEmployeeQualificationSealQrCodeResponse,
};

use crate::actions::consents;
use crate::domain::consent::Consent;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator may not manage seals.
pub fn create_employee_qualification_seal_qr_code(
    call: &mut Call<'_>,
    request: CreateEmployeeQualificationSealQrCodeRequest,
) -> Result<CreateEmployeeQualificationSealQrCodeResponse, Refusal> {
    call.caller.with_right(Right::CreateSeal)?;
    let consent = Consent::EmployeeSeal {
        on_behalf: consents::on_behalf(call)?,
        hint: request.hint_text.unwrap_or_default(),
        user_data: request.user_data.unwrap_or_default(),
    };
    let picture = consents::qr_code(call, consent)?;
    Ok(CreateEmployeeQualificationSealQrCodeResponse { qrcode_base64: Some(STANDARD.encode(picture)) })
}
