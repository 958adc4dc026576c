//! `CreateRequestWithEncryption` is another call in an envelope, encrypted with keys that were agreed upon with the company
//! ([`crate::actions::enclosed`]).

use ess_schemas::ess::CreateRequestWithEncryptionRequest;

use crate::actions::enclosed::Enclosed;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::request_encryption::Encrypted;
use crate::engine::call::Call;

/// Takes the call out of its envelope.
///
/// # Errors
/// Nothing was agreed upon, or it does not open.
pub fn create_request_with_encryption(
    call: &mut Call<'_>,
    request: CreateRequestWithEncryptionRequest,
) -> Result<Enclosed, Refusal> {
    let signature = given(&request.encryption_signature).cloned();
    let encrypted = Encrypted { iv: request.iv, data: request.encrypted_data, signature };
    Enclosed::open(call.caller.organization.encryption.as_ref(), request.request_action, encrypted)
}
