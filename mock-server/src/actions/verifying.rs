//! Checking the signatures on a contract's file: what both services do alike (`api VerifyPdf`, `api ChannelVerifyPdf`).
//!
//! Nobody can alter a contract's file behind the platform's back; but a file that this server signed can be altered and
//! uploaded again, and a contract made from that carries a broken signature from its first day: 3. A contract nobody has
//! signed has no signature: 4 (ASSUMED). 2 and 5, for signatures made elsewhere, are never answered: they are not read.

use std::sync::Arc;

use crate::documents::{Area, Authenticity, authenticity, md5_hex};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::domain::verification::{Certificate, serial_number};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::rendering::{Printable, Signed};

/// Whose platform every signature here was made on (`ex VerifyPdf`).
pub(super) const PLATFORM: &str = "腾讯电子签";
/// How it was made (`ex VerifyPdf`).
pub(super) const ALGORITHM: &str = "SHA1withRSA";

/// What takes long: the file everybody downloads, and whether the file under it is sound.
pub struct Checked {
    md5: Option<String>,
    altered: bool,
}

/// What a check found out.
pub(super) struct Verdict {
    /// The number of the result.
    pub(super) result: i64,
    /// Each signature.
    pub(super) signatures: Vec<Found>,
    /// A number for this check, of the length of the service's.
    pub(super) serial_number: String,
    /// The file's, in capitals.
    pub(super) md5: Option<String>,
}

/// A signature on the file.
pub(super) struct Found {
    /// Made with which certificate.
    pub(super) certificate: Certificate,
    /// When.
    pub(super) at: Timestamp,
    /// Where it stands.
    pub(super) area: Area,
    /// On which page, from 1.
    pub(super) page: i64,
}

/// Prints the contract before the world is opened.
pub(super) fn check(account: &Arc<Account>, edge: EdgeTime, flow: &str) -> Option<Checked> {
    let printable = account.enter(edge, |world, _, _| world.flows.get(flow).map(|flow| Printable::of(flow, world)))?;
    let original = &printable.flow.content()?.bytes;
    let altered = authenticity(original, &printable.key) == Authenticity::Altered;
    let md5 = printable.pdf(&account.fonts).ok().map(|stamped| md5_hex(&stamped.pdf));
    Some(Checked { md5, altered })
}

/// Judges a contract the caller's company takes part in; the check's number gets this many digits.
///
/// # Errors
/// No such contract, or one the caller's company takes no part in.
pub(super) fn judge(call: &Call<'_>, flow: &str, checked: Option<Checked>, digits: usize) -> Result<Verdict, Refusal> {
    let flow = call.joined_flow(flow)?;
    let printable = Printable::of(&flow, call.world);
    let signed = printable.signed();
    let altered = checked.as_ref().is_some_and(|checked| checked.altered);
    let result = match (signed.is_empty(), altered) {
        (_, true) => 3,
        (true, false) => 4,
        (false, false) => 1,
    };
    Ok(Verdict {
        result,
        signatures: signed.iter().map(found).collect(),
        serial_number: serial_number(call.now, digits),
        md5: checked.and_then(|checked| checked.md5),
    })
}

fn found(signed: &Signed<'_>) -> Found {
    Found {
        certificate: Certificate::behind(signed.approver, signed.signature),
        at: signed.signature.at,
        area: signed.area,
        page: i64::try_from(signed.area.page).unwrap_or(i64::MAX),
    }
}
