//! `CreatePreparedPersonalEsign` brings a person's seal, made elsewhere, for the machine that signs for them: a picture uploaded
//! before, or drawn where there is none (as `ex ChannelCreatePreparedPersonalEsign` does).
//!
//! Its name is the company's once (`api CreatePreparedPersonalEsign`). The machine signs with it from the moment the person opens
//! auto-sign. The picture is kept as it came: `SealColor` and `ProcessSeal` ask for work on pictures that is not modelled.

use ess_schemas::ess::{CreatePreparedPersonalEsignRequest, CreatePreparedPersonalEsignResponse};

use crate::actions::auto_signs::identity;
use crate::actions::seals::personal::{self, Brought};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody acts, nobody can be so or they are not of age, the seal has no name or one that is taken, the number is no mobile's, or
/// the file no picture.
pub fn create_prepared_personal_esign(
    call: &mut Call<'_>,
    request: CreatePreparedPersonalEsignRequest,
) -> Result<CreatePreparedPersonalEsignResponse, Refusal> {
    call.caller.operator()?;
    let person = identity(&request.user_name, request.id_card_type.as_deref(), &request.id_card_number);
    person.ensure_of_age(call.now)?;
    let (name, mobile, file) = (request.seal_name.as_str(), &request.mobile, &request.file_id);
    let seal = personal::keep(call, Brought { person, name, mobile, file })?;
    Ok(CreatePreparedPersonalEsignResponse { seal_id: seal.to_string() })
}
