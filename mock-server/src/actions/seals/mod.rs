//! Companies' seals, for both services: made, given, asked for by QR codes; which are listed, their pictures, pictures that become
//! seals.

pub(super) mod making;
pub(super) mod personal;
pub(super) mod qr_codes;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::documents::is_picture;
use crate::domain::file::{Content, MEGABYTE};
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Seal, SealStatus};
use crate::engine::call::Call;
use crate::rendering::seal_picture;

/// The largest picture of a seal (`api CreateSealByImage`).
const LARGEST: usize = 5 * MEGABYTE;

/// Which seals a company wants to see; `SealTypes` and `SealStatuses` as they came.
pub(super) struct Listing<'a> {
    pub(super) seal: Option<&'a String>,
    pub(super) kinds: &'a [String],
    pub(super) statuses: &'a [String],
    pub(super) limit: usize,
    pub(super) skipped: usize,
}

/// The seals of the acting company that are wanted, and how many there are: of all of its own, or 0 or 1 when one is named.
pub(super) fn listed(call: &Call<'_>, listing: &Listing<'_>) -> (i64, Vec<Arc<Seal>>) {
    let own = || call.world.directory.seals.iter().filter(|one| &one.organization == call.caller.organization());
    let chosen = || own().filter(|seal| is_wanted(seal, listing));
    let total = if listing.seal.is_some() { chosen().count() } else { own().count() };
    let seals = chosen().skip(listing.skipped).take(listing.limit).cloned().collect();
    (i64::try_from(total).unwrap_or(i64::MAX), seals)
}

fn is_wanted(seal: &Seal, listing: &Listing<'_>) -> bool {
    let named = |words: &[String], word: &str| words.iter().any(|one| one == word);
    let status = if listing.statuses.is_empty() {
        seal.status == SealStatus::Enabled
    } else {
        named(listing.statuses, "ALL") || named(listing.statuses, seal.status.wire())
    };
    listing.seal.is_none_or(|id| id == seal.id.as_str())
        && status
        && (listing.kinds.is_empty()
            || named(listing.kinds, seal.kind.wire())
            || seal.listed_kind().is_some_and(|kind| named(listing.kinds, &kind)))
}

/// The address of a seal's picture, for so long.
pub(super) fn picture_url(call: &Call<'_>, seal: &Seal, lifetime: Duration) -> String {
    seal_picture::address(call.world, call.urls, seal, call.now.plus(lifetime))
}

/// A picture as a request brings it, decoded and looked at.
///
/// # Errors
/// It is no PNG or JPG, or too large.
pub(super) fn decode(base64: &str) -> Result<Arc<Content>, Refusal> {
    let invalid = |detail: &str| Refusal::SealImageInvalid { detail: detail.to_owned() };
    let bytes = STANDARD.decode(base64).map_err(|error| invalid(&format!("base64: {error}")))?;
    if bytes.len() > LARGEST {
        return Err(invalid("it has more than 5 MB"));
    }
    let content = Arc::new(Content::new(Bytes::from(bytes), None));
    ensure_picture(&content)?;
    Ok(content)
}

/// A seal's picture is a PNG or JPG.
///
/// # Errors
/// It is not.
pub(super) fn ensure_picture(content: &Content) -> Result<(), Refusal> {
    if is_picture(&content.bytes) {
        return Ok(());
    }
    Err(Refusal::SealImageInvalid { detail: "it is no PNG or JPG that can be read".to_owned() })
}
