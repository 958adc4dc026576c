//! The world's authority, and what is told of its certificates.

use std::sync::Arc;

use ess_schemas::ess::SignCertificate;

use crate::authority::{Authority, Holder, ISSUER, Unsignable};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::domain::verification::Certificate;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;

/// The authority of a world; making its key takes long.
pub(in crate::actions::ess) fn authority(account: &Arc<Account>, edge: EdgeTime) -> Result<Authority, Unsignable> {
    Authority::of(account.enter(edge, |world, _, _| world.ids.authority_seed()))
}

/// Whom the authority certifies.
///
/// # Errors
/// The certificate's number is none.
pub(super) fn holder(certificate: &Certificate) -> Result<Holder, Refusal> {
    let seconds = |at: Timestamp| u64::try_from(at.seconds()).unwrap_or(0);
    let mut serial = [0; 16];
    let read = hex::decode_to_slice(&certificate.number, &mut serial);
    read.map_err(|error| Refusal::DataNotSigned { detail: error.to_string() })?;
    Ok(Holder {
        name: certificate.subject.clone(),
        serial,
        from: seconds(certificate.from),
        until: seconds(certificate.until),
    })
}

/// A certificate as the service tells of it, in seconds (`ex CreateDigitalDataSign`).
pub(super) fn told(holder: &Holder) -> SignCertificate {
    SignCertificate {
        serial_number: Some(hex::encode(holder.serial)),
        common_name: Some(holder.name.clone()),
        not_before: i64::try_from(holder.from).ok(),
        not_after: i64::try_from(holder.until).ok(),
        issuer_common_name: Some(ISSUER.to_owned()),
    }
}

/// No signature came of it.
pub(in crate::actions::ess) fn refused(why: Unsignable) -> Refusal {
    Refusal::DataNotSigned { detail: why.to_string() }
}
