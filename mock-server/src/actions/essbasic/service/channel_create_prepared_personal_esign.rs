//! `ChannelCreatePreparedPersonalEsign` brings a person's seal, made elsewhere, for the machine that signs for them: a picture
//! uploaded before, or drawn where there is none (`ex ChannelCreatePreparedPersonalEsign` does both).
//!
//! Its name is the customer's once (`api ChannelCreatePreparedPersonalEsign`). The machine signs with it from the moment the person
//! opens auto-sign.

use std::sync::Arc;

use ess_schemas::essbasic::{ChannelCreatePreparedPersonalEsignRequest, ChannelCreatePreparedPersonalEsignResponse};

use crate::actions::auto_signs::identity;
use crate::actions::essbasic::dialect::given;
use crate::documents::is_picture;
use crate::domain::launch::is_mobile;
use crate::domain::personal_seal::PersonalSeal;
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
    person.ensure_possible()?;
    if request.seal_name.trim().is_empty() {
        return Err(Refusal::SealNameMissing);
    }
    if let Some(mobile) = given(&request.mobile).filter(|mobile| !is_mobile(mobile)) {
        return Err(Refusal::MobileInvalid { mobile: mobile.clone() });
    }
    let company = call.caller.organization().clone();
    let same = |seal: &Arc<PersonalSeal>| seal.organization == company && seal.name == request.seal_name;
    if call.world.directory.personal_seals.iter().any(same) {
        return Err(Refusal::SealNameExists { name: request.seal_name });
    }
    let picture = match given(&request.file_id) {
        Some(id) => Some(call.usable_file(id)?.content.clone()),
        None => None,
    };
    if picture.as_ref().is_some_and(|content| !is_picture(&content.bytes)) {
        return Err(Refusal::SealImageInvalid { detail: "it is no PNG or JPG that can be read".to_owned() });
    }
    let seal = call.world.keep_personal_seal(&company, request.seal_name, person, picture, call.now);
    Ok(ChannelCreatePreparedPersonalEsignResponse { seal_id: seal.to_string() })
}
