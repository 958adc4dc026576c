//! `CreateDigitalDataSign` signs a text for the company: with a certificate of the world's own authority ([`crate::authority`]) that
//! begins at this moment and is good for a year (ASSUMED, as of signatures on contracts). The signature is CMS without the text, the
//! time stamp a token about that signature; both are base64 of DER (`ex CreateDigitalDataSign`). Nothing is kept: whoever has text and
//! signature can have them verified.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::ess::{CreateDigitalDataSignRequest, CreateDigitalDataSignResponse};

use super::certifying::{authority, holder, refused, told};
use crate::actions::ess::dialect::given;
use crate::authority::{ALGORITHM, Authority, Unsignable};
use crate::domain::refusal::Refusal;
use crate::domain::verification::Certificate;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// What takes long: the authority's key.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    _: &mut CreateDigitalDataSignRequest,
) -> Result<Authority, Unsignable> {
    authority(account, edge)
}

/// See the module's comment.
///
/// # Errors
/// No text.
pub fn create_digital_data_sign(
    call: &mut Call<'_>,
    request: CreateDigitalDataSignRequest,
    authority: Result<Authority, Unsignable>,
) -> Result<CreateDigitalDataSignResponse, Refusal> {
    let text = given(&request.plain_text).ok_or(Refusal::ParameterMissing { field: "PlainText" })?;
    let holder = holder(&Certificate::of_company(&call.caller.organization, call.now))?;
    let signed = authority.and_then(|authority| authority.sign(&holder, text.as_bytes())).map_err(refused)?;
    Ok(CreateDigitalDataSignResponse {
        sign_value: Some(STANDARD.encode(signed.signature)),
        sign_timestamp: Some(STANDARD.encode(signed.timestamp)),
        certificate: Some(told(&holder)),
        sign_algorithm: Some(ALGORITHM.to_owned()),
    })
}
