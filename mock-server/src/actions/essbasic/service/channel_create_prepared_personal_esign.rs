//! `ChannelCreatePreparedPersonalEsign` brings a person's seal, made elsewhere, for the machine that signs for them: a picture
//! uploaded before, or drawn where there is none (`ex ChannelCreatePreparedPersonalEsign` does both).
//!
//! Its name is the customer's once (`api ChannelCreatePreparedPersonalEsign`). The machine signs with it from the moment the person
//! opens auto-sign.

use ess_schemas::essbasic::{ChannelCreatePreparedPersonalEsignRequest, ChannelCreatePreparedPersonalEsignResponse};

use crate::actions::auto_signs::identity;
use crate::actions::seals::personal::{self, Brought};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody can be so, the seal has no name or one that is taken, the number is no mobile's, or the file no picture.
pub fn channel_create_prepared_personal_esign(
    call: &mut Call<'_>,
    request: ChannelCreatePreparedPersonalEsignRequest,
) -> Result<ChannelCreatePreparedPersonalEsignResponse, Refusal> {
    let person = identity(&request.user_name, request.id_card_type.as_deref(), &request.id_card_number);
    let (name, mobile, file) = (request.seal_name.as_str(), &request.mobile, &request.file_id);
    let seal = personal::keep(call, Brought { person, name, mobile, file })?;
    Ok(ChannelCreatePreparedPersonalEsignResponse { seal_id: seal.to_string() })
}
