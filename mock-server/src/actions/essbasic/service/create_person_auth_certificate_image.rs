//! `CreatePersonAuthCertificateImage` shows the certificate the platform has for a person, as a picture for five minutes; each has
//! an id of its own (`api CreatePersonAuthCertificateImage`).
//!
//! The platform has one for whoever let a machine sign for them in the scene, and for a customer's verified employee (ASSUMED).

use std::sync::Arc;

use ess_schemas::essbasic::{CreatePersonAuthCertificateImageRequest, CreatePersonAuthCertificateImageResponse};

use super::identity::identity;
use crate::actions::essbasic::dialect::given;
use crate::domain::auto_sign::{AutoSign, AutoSignState, Identity};
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

/// See the module's comment.
///
/// # Errors
/// Nobody can be so, or the platform knows nobody who is.
pub fn create_person_auth_certificate_image(
    call: &mut Call<'_>,
    request: CreatePersonAuthCertificateImageRequest,
) -> Result<CreatePersonAuthCertificateImageResponse, Refusal> {
    let person = identity(&request.user_name, Some(&request.id_card_type), &request.id_card_number);
    person.ensure_possible()?;
    let scene = given(&request.scene_key).map_or(SCENE, String::as_str);
    let unknown = || Refusal::PersonUnknown { name: person.name.clone() };
    let from = certified_since(call, &person, scene).ok_or_else(unknown)?;
    let certificate = PersonCertificate { person, from };
    let (kind, id) = (ResourceKind::PersonCertificate.wire(), certificate.id());
    let key = download::key(&call.world.ids, kind, &id, call.now.plus(5 * MINUTE));
    let mut draw = call.world.ids.draw(Kind::Task);
    let number = format!("{}{}", draw.text(b"123456789", 1), draw.text(b"0123456789", 19));
    let seconds = |at: Timestamp| u64::try_from(at.seconds()).ok();
    Ok(CreatePersonAuthCertificateImageResponse {
        auth_cert_url: call.urls.file(kind, &id, 0, "JPG", &key),
        image_cert_id: Some(number),
        serial_number: Some(certificate.serial()),
        valid_from: seconds(certificate.from),
        valid_to: seconds(certificate.until()),
    })
}

fn certified_since(call: &Call<'_>, person: &Identity, scene: &str) -> Option<Timestamp> {
    let key = AutoSign::key(call.caller.organization(), scene, person);
    let opened = call.world.directory.auto_signs.get(key.as_str()).and_then(|one| match &one.state {
        AutoSignState::Open { since, .. } => Some(*since),
        AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => None,
    });
    let own = |one: &&Arc<Employee>| {
        one.verified
            && &one.organization == call.caller.organization()
            && one.name == person.name
            && one.card == person.card
    };
    opened.or_else(|| call.world.directory.employees.iter().find(own).map(|_| call.now))
}
