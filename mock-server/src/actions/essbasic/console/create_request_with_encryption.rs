//! `CreateRequestWithEncryption` is another call in an envelope, encrypted with keys that were agreed upon with an application of the platform
//! ([`crate::actions::enclosed`]).

use ess_schemas::essbasic::CreateRequestWithEncryptionRequest;

use crate::actions::enclosed::Enclosed;
use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::request_encryption::Encrypted;
use crate::engine::call::Call;

/// Takes the call out of its envelope.
///
/// # Errors
/// No such application of the caller's, or a banned one; nothing was agreed upon, or it does not open.
pub fn create_request_with_encryption(
    call: &mut Call<'_>,
    request: CreateRequestWithEncryptionRequest,
) -> Result<Enclosed, Refusal> {
    let id = request.application_id;
    let own = call.world.directory.applications.get(id.as_str()).filter(|one| &one.owner == call.caller.organization());
    let Some(application) = own else { return Err(Refusal::AppUnknown { application: id }) };
    if application.banned {
        return Err(Refusal::AppBanned { application: id });
    }
    let signature = given(&request.encryption_signature).cloned();
    let encrypted = Encrypted { iv: request.iv, data: request.encrypted_data, signature };
    Enclosed::open(application.encryption.as_ref(), request.request_action, encrypted)
}
