//! `DescribePersonCertificate` gives the certificate of a person who let a machine sign for them; on the white list only
//! (`api DescribePersonCertificate`).

use ess_schemas::ess::{DescribePersonCertificateRequest, DescribePersonCertificateResponse};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::actions::auto_signs::Wanted;
use crate::actions::certificates;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// They did not, or not any more; or nobody can be so.
pub fn describe_person_certificate(
    call: &mut Call<'_>,
    request: DescribePersonCertificateRequest,
) -> Result<DescribePersonCertificateResponse, Refusal> {
    let scene = request.scene_key.unwrap_or_default();
    let certificate = certificates::of_machine(call, Wanted::of(&scene, &request.user_info))?;
    Ok(DescribePersonCertificateResponse { cert: Some(STANDARD.encode(certificate.der())) })
}
