//! `CreateLegalSealQrCode` makes a QR code by which a company's legal person has their seal made; a company has one. A week
//! (`api CreateLegalSealQrCode`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::essbasic::{CreateLegalSealQrCodeRequest, CreateLegalSealQrCodeResponse};

use crate::actions::consents;
use crate::domain::consent::Consent;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::SealKind;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company has that seal, or the operator may not manage seals.
pub fn create_legal_seal_qr_code(
    call: &mut Call<'_>,
    _: CreateLegalSealQrCodeRequest,
) -> Result<CreateLegalSealQrCodeResponse, Refusal> {
    call.caller.with_right(Right::CreateSeal)?;
    let kind = SealKind::LegalPerson;
    let company = call.caller.organization();
    if call.world.directory.seals.iter().any(|seal| &seal.organization == company && seal.kind == kind) {
        return Err(Refusal::SealAlreadyExists { kind: kind.wire() });
    }
    let consent = Consent::LegalSeal { on_behalf: consents::on_behalf(call)? };
    Ok(CreateLegalSealQrCodeResponse { qrcode_base64: STANDARD.encode(consents::qr_code(call, consent)?) })
}
