//! `CreateEmployeeQualificationSealQrCode` makes a QR code by which an employee lends the company the seal of their profession. An
//! administrator looks at it then, and `EmployeeSealAuth` brings `UserData` back. A week (`api
//! CreateEmployeeQualificationSealQrCode`).

use ess_schemas::ess::{CreateEmployeeQualificationSealQrCodeRequest, CreateEmployeeQualificationSealQrCodeResponse};

use crate::actions::seals::qr_codes;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator may not manage seals.
pub fn create_employee_qualification_seal_qr_code(
    call: &mut Call<'_>,
    request: CreateEmployeeQualificationSealQrCodeRequest,
) -> Result<CreateEmployeeQualificationSealQrCodeResponse, Refusal> {
    let picture = qr_codes::employee(call, request.hint_text, request.user_data)?;
    Ok(CreateEmployeeQualificationSealQrCodeResponse { qrcode_base64: Some(picture) })
}
