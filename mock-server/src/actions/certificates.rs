//! Certificates the platform has for persons, for both services.
//!
//! It has one for whoever let a machine sign for them in the scene, and for a company's verified employee (ASSUMED).

use std::sync::Arc;

use super::auto_signs::Wanted;
use crate::domain::auto_sign::{AutoSign, Identity};
use crate::domain::employee::Employee;
use crate::domain::refusal::Refusal;
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::call::Call;
use crate::engine::download;
use crate::engine::ids::Kind;
use crate::rendering::certificate::PersonCertificate;
use crate::rendering::resource::ResourceKind;

/// The scene when nobody says (`api CreatePersonAuthCertificateImage`).
const SCENE: &str = "E_PRESCRIPTION_AUTO_SIGN";

/// A picture of a certificate.
pub(super) struct CertificateImage {
    /// Its address, for five minutes (`api CreatePersonAuthCertificateImage`).
    pub(super) url: String,
    /// Its own id: no two pictures have the same.
    pub(super) id: String,
    pub(super) serial: String,
    pub(super) from: u64,
    pub(super) until: u64,
}

/// Shows the certificate of a person.
///
/// # Errors
/// Nobody can be so, or the platform knows nobody who is.
pub(super) fn image(call: &mut Call<'_>, person: Identity, scene: Option<&str>) -> Result<CertificateImage, Refusal> {
    person.ensure_possible()?;
    let unknown = || Refusal::PersonUnknown { name: person.name.clone() };
    let from = certified_since(call, &person, scene.unwrap_or(SCENE)).ok_or_else(unknown)?;
    let certificate = PersonCertificate { person, from };
    let (kind, id) = (ResourceKind::PersonCertificate.wire(), certificate.id());
    let key = download::key(&call.world.ids, kind, &id, call.now.plus(5 * MINUTE));
    let mut draw = call.world.ids.draw(Kind::Task);
    let number = format!("{}{}", draw.text(b"123456789", 1), draw.text(b"0123456789", 19));
    let seconds = |at: Timestamp| u64::try_from(at.seconds()).unwrap_or_default();
    Ok(CertificateImage {
        url: call.urls.file(kind, &id, 0, "JPG", &key),
        id: number,
        serial: certificate.serial(),
        from: seconds(certificate.from),
        until: seconds(certificate.until()),
    })
}

/// The certificate of whoever let a machine sign for them; nobody else's (`api DescribePersonCertificate`).
///
/// # Errors
/// As [`Wanted::key`], or they did not, or not any more.
pub(super) fn of_machine(call: &Call<'_>, mut wanted: Wanted) -> Result<PersonCertificate, Refusal> {
    if wanted.scene.is_empty() {
        SCENE.clone_into(&mut wanted.scene);
    }
    let key = wanted.key(call)?;
    let refused = || Refusal::PersonAutoSignNotEnabled { name: wanted.person.name.clone() };
    let one = call.world.directory.auto_signs.get(key.as_str()).ok_or_else(refused)?;
    one.ensure_open(call.now)?;
    let from = one.opened_at().ok_or_else(refused)?;
    Ok(PersonCertificate { person: wanted.person, from })
}

fn certified_since(call: &Call<'_>, person: &Identity, scene: &str) -> Option<Timestamp> {
    let key = AutoSign::key(call.caller.organization(), scene, person);
    let opened = call.world.directory.auto_signs.get(key.as_str()).and_then(|one| one.opened_at());
    let own = |one: &&Arc<Employee>| {
        one.verified
            && &one.organization == call.caller.organization()
            && one.name == person.name
            && one.card == person.card
    };
    opened.or_else(|| call.world.directory.employees.iter().find(own).map(|_| call.now))
}
