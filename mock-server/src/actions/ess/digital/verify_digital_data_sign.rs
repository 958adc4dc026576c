//! `VerifyDigitalDataSign` says whether a signature is of this text: 1 when it is, with the certificate it was made with, else 2 (`api
//! VerifyDigitalDataSign`), and then nothing of a certificate (ASSUMED: it proves nothing). Only signatures of this world's authority
//! are known; whose they are makes no difference.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::ess::{VerifyDigitalDataSignRequest, VerifyDigitalDataSignResponse};

use super::certifying::{authority, refused, told};
use crate::actions::ess::dialect::given;
use crate::authority::{Authority, Unsignable};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// What takes long: the authority's key.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    _: &mut VerifyDigitalDataSignRequest,
) -> Result<Authority, Unsignable> {
    authority(account, edge)
}

/// See the module's comment.
///
/// # Errors
/// No text, or no signature.
pub fn verify_digital_data_sign(
    _: &mut Call<'_>,
    request: VerifyDigitalDataSignRequest,
    authority: Result<Authority, Unsignable>,
) -> Result<VerifyDigitalDataSignResponse, Refusal> {
    let text = given(&request.plain_text).ok_or(Refusal::ParameterMissing { field: "PlainText" })?;
    let signature = given(&request.sign_value).ok_or(Refusal::ParameterMissing { field: "SignValue" })?;
    let authority = authority.map_err(refused)?;
    // What is no base64 is no signature.
    let signature = STANDARD.decode(signature).unwrap_or_default();
    let holder = authority.open(&signature, text.as_bytes());
    Ok(VerifyDigitalDataSignResponse {
        verify_result: Some(if holder.is_some() { 1 } else { 2 }),
        certificate: holder.as_ref().map(told),
    })
}
