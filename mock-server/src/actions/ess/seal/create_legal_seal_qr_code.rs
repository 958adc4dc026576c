//! `CreateLegalSealQrCode` makes a QR code by which the company's legal person has their seal made; a company has one. A week
//! (`api CreateLegalSealQrCode`).

use ess_schemas::ess::{CreateLegalSealQrCodeRequest, CreateLegalSealQrCodeResponse};

use crate::actions::seals::qr_codes;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company has that seal, or the operator may not manage seals.
pub fn create_legal_seal_qr_code(
    call: &mut Call<'_>,
    _: CreateLegalSealQrCodeRequest,
) -> Result<CreateLegalSealQrCodeResponse, Refusal> {
    Ok(CreateLegalSealQrCodeResponse { qrcode_base64: qr_codes::legal_person(call)? })
}
