//! Links by which somebody agrees to something, for both services.

use std::sync::Arc;
use std::time::Duration;

use crate::documents::qr_code_png;
use crate::domain::consent::{Consent, OnBehalf};
use crate::domain::link::{Link, Opens};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// How long such a link lives, unless it says otherwise (`api CreateLegalSealQrCode`, `api CreatePartnerAutoSignAuthUrl`).
pub(super) const WEEK: Duration = Duration::from_secs(7 * DAY.as_secs());

/// For whom a call asks.
///
/// # Errors
/// Nobody acts.
pub(super) fn on_behalf(call: &Call<'_>) -> Result<OnBehalf, Refusal> {
    Ok(OnBehalf {
        organization: call.caller.organization().clone(),
        user: call.caller.operator()?.id.clone(),
        application: call.caller.application().cloned(),
    })
}

/// A link that lives so long.
pub(super) fn link(call: &mut Call<'_>, consent: Consent, lifetime: Duration) -> Arc<Link> {
    call.world.add_link(Opens::Consent(consent), call.now.plus(lifetime), None)
}

/// A QR code (PNG) that leads to a link of a week.
///
/// # Errors
/// The link is too long for one, which would be a fault of this server's address.
pub(super) fn qr_code(call: &mut Call<'_>, consent: Consent) -> Result<Vec<u8>, Refusal> {
    let link = link(call, consent, WEEK);
    picture(call, &link)
}

/// The same for a link there is.
///
/// # Errors
/// As [`qr_code`].
pub(super) fn picture(call: &Call<'_>, link: &Link) -> Result<Vec<u8>, Refusal> {
    qr_code_png(&call.urls.short(link))
        .map_err(|what| Refusal::NotModelled { what: format!("a QR code of its link: {what}") })
}
