//! QR codes by which people bring a company their seals, for both services: the legal person's, an employee's. A week
//! (`api CreateLegalSealQrCode`, `api CreateEmployeeQualificationSealQrCode`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::actions::consents;
use crate::domain::consent::Consent;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::SealKind;
use crate::engine::call::Call;

/// One by which the company's legal person has their seal made; a company has one.
///
/// # Errors
/// The company has that seal, or the operator may not manage seals.
pub(in crate::actions) fn legal_person(call: &mut Call<'_>) -> Result<String, Refusal> {
    call.caller.with_right(Right::CreateSeal)?;
    let kind = SealKind::LegalPerson;
    let company = call.caller.organization();
    if call.world.directory.seals.iter().any(|seal| &seal.organization == company && seal.kind == kind) {
        return Err(Refusal::SealAlreadyExists { kind: kind.wire() });
    }
    let consent = Consent::LegalSeal { on_behalf: consents::on_behalf(call)? };
    Ok(STANDARD.encode(consents::qr_code(call, consent)?))
}

/// One by which an employee lends the company the seal of their profession. An administrator looks at it then.
///
/// # Errors
/// The operator may not manage seals.
pub(in crate::actions) fn employee(
    call: &mut Call<'_>,
    hint: Option<String>,
    user_data: Option<String>,
) -> Result<String, Refusal> {
    call.caller.with_right(Right::CreateSeal)?;
    let consent = Consent::EmployeeSeal {
        on_behalf: consents::on_behalf(call)?,
        hint: hint.unwrap_or_default(),
        user_data: user_data.unwrap_or_default(),
    };
    Ok(STANDARD.encode(consents::qr_code(call, consent)?))
}
