//! `DescribePersonCertificate` gives the certificate of a person who let a machine sign for them; on the white list only
//! (`api DescribePersonCertificate`). It is X.509 in DER, of the world's own authority ([`crate::authority`]); the example shows
//! nothing but its beginning.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::ess::{DescribePersonCertificateRequest, DescribePersonCertificateResponse};

use crate::actions::auto_signs::Wanted;
use crate::actions::certificates;
use crate::actions::ess::digital::certifying;
use crate::authority::{Authority, Unsignable};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// What takes long: the authority's key.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    _: &mut DescribePersonCertificateRequest,
) -> Result<Authority, Unsignable> {
    certifying::authority(account, edge)
}

/// See the module's comment.
///
/// # Errors
/// They did not, or not any more; or nobody can be so.
pub fn describe_person_certificate(
    call: &mut Call<'_>,
    request: DescribePersonCertificateRequest,
    authority: Result<Authority, Unsignable>,
) -> Result<DescribePersonCertificateResponse, Refusal> {
    let scene = request.scene_key.unwrap_or_default();
    let holder = certificates::of_machine(call, Wanted::of(&scene, &request.user_info))?.holder();
    let certificate = authority.and_then(|authority| authority.certificate(&holder)).map_err(certifying::refused)?;
    Ok(DescribePersonCertificateResponse { cert: Some(STANDARD.encode(certificate)) })
}
