//! Persons' seals, made elsewhere, for the machine that signs for them: for both services.

use std::sync::Arc;

use crate::actions::seals::ensure_picture;
use crate::actions::words::given;
use crate::domain::auto_sign::Identity;
use crate::domain::ids::SealId;
use crate::domain::launch::is_mobile;
use crate::domain::personal_seal::PersonalSeal;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// What a request says about one.
pub(in crate::actions) struct Brought<'a> {
    pub(in crate::actions) person: Identity,
    /// What it is called; once in the company (`api CreatePreparedPersonalEsign`).
    pub(in crate::actions) name: &'a str,
    pub(in crate::actions) mobile: &'a Option<String>,
    /// A picture uploaded before; drawn without one (`ex ChannelCreatePreparedPersonalEsign` does both).
    pub(in crate::actions) file: &'a Option<String>,
}

/// Keeps it. The machine signs with it from the moment the person opens auto-sign.
///
/// # Errors
/// Nobody can be so, the seal has no name or one that is taken, the number is no mobile's, or the file no picture.
pub(in crate::actions) fn keep(call: &mut Call<'_>, brought: Brought<'_>) -> Result<SealId, Refusal> {
    let Brought { person, name, mobile, file } = brought;
    person.ensure_possible()?;
    if name.trim().is_empty() {
        return Err(Refusal::SealNameMissing);
    }
    if let Some(mobile) = given(mobile).filter(|mobile| !is_mobile(mobile)) {
        return Err(Refusal::MobileInvalid { mobile: mobile.clone() });
    }
    let company = call.caller.organization().clone();
    let same = |seal: &Arc<PersonalSeal>| seal.organization == company && seal.name == name;
    if call.world.directory.personal_seals.iter().any(same) {
        return Err(Refusal::SealNameExists { name: name.to_owned() });
    }
    let picture = match given(file) {
        Some(id) => Some(call.usable_file(id)?.content.clone()),
        None => None,
    };
    if let Some(content) = &picture {
        ensure_picture(content)?;
    }
    Ok(call.world.keep_personal_seal(&company, name.to_owned(), person, picture, call.now))
}
