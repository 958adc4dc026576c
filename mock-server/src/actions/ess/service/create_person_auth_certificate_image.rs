//! `CreatePersonAuthCertificateImage` shows the certificate the platform has for a person, as a picture for five minutes; each has
//! an id of its own (`api CreatePersonAuthCertificateImage`).

use ess_schemas::ess::{CreatePersonAuthCertificateImageRequest, CreatePersonAuthCertificateImageResponse};

use crate::actions::auto_signs::identity;
use crate::actions::certificates;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody can be so, or the platform knows nobody who is.
pub fn create_person_auth_certificate_image(
    call: &mut Call<'_>,
    request: CreatePersonAuthCertificateImageRequest,
) -> Result<CreatePersonAuthCertificateImageResponse, Refusal> {
    let person = identity(&request.user_name, Some(&request.id_card_type), &request.id_card_number);
    let image = certificates::image(call, person, given(&request.scene_key).map(String::as_str))?;
    Ok(CreatePersonAuthCertificateImageResponse {
        auth_cert_url: image.url,
        image_cert_id: Some(image.id),
        serial_number: Some(image.serial),
        valid_from: Some(image.from),
        valid_to: Some(image.until),
    })
}
