//! `VerifyPdf` checks the signatures on a contract's file.
//!
//! Nobody can alter a contract's file behind the platform's back; but a file that this server signed can be altered and
//! uploaded again, and a contract made from that carries a broken signature from its first day: 3. A contract nobody has
//! signed has no signature: 4 (ASSUMED). 2 and 5, for signatures made elsewhere, are never answered: they are not read.

use std::sync::Arc;

use ess_schemas::ess::{PdfVerifyResult, VerifyPdfRequest, VerifyPdfResponse};

use crate::documents::{Authenticity, authenticity, md5_hex};
use crate::domain::refusal::Refusal;
use crate::domain::verification::{Certificate, serial_number};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::rendering::{Printable, Signed};

/// What takes long: the file everybody downloads, and whether the file under it is sound.
pub struct Checked {
    md5: Option<String>,
    altered: bool,
}

/// Prints the contract before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut VerifyPdfRequest) -> Option<Checked> {
    let find =
        |flow: &str| account.enter(edge, |world, _, _| world.flows.get(flow).map(|flow| Printable::of(flow, world)));
    let printable = find(&request.flow_id)?;
    let original = &printable.flow.content()?.bytes;
    let altered = authenticity(original, &printable.key) == Authenticity::Altered;
    let md5 = printable.pdf(&account.fonts).ok().map(|stamped| md5_hex(&stamped.pdf));
    Some(Checked { md5, altered })
}

/// See the module's comment.
///
/// # Errors
/// No such contract, or one the caller's company takes no part in.
pub fn verify_pdf(
    call: &mut Call<'_>,
    request: VerifyPdfRequest,
    checked: Option<Checked>,
) -> Result<VerifyPdfResponse, Refusal> {
    let flow = call.flow(&request.flow_id)?;
    if !flow.involves(call.caller.organization()) {
        return Err(Refusal::FlowOfAnotherOrganization { flow: request.flow_id });
    }
    let printable = Printable::of(&flow, call.world);
    let signed = printable.signed();
    let altered = checked.as_ref().is_some_and(|checked| checked.altered);
    let verdict = match (signed.is_empty(), altered) {
        (_, true) => 3,
        (true, false) => 4,
        (false, false) => 1,
    };
    Ok(VerifyPdfResponse {
        verify_result: verdict,
        pdf_verify_results: signed.iter().map(|one| result(one, verdict)).collect(),
        verify_serial_no: serial_number(call.now, 11),
        pdf_resource_md5: checked.and_then(|checked| checked.md5),
    })
}

fn result(signed: &Signed<'_>, verdict: i64) -> PdfVerifyResult {
    let certificate = Certificate::behind(signed.approver, signed.signature);
    PdfVerifyResult {
        verify_result: verdict,
        sign_platform: "腾讯电子签".to_owned(),
        signer_name: certificate.subject,
        sign_time: signed.signature.at.millis(),
        // ex VerifyPdf
        sign_algorithm: "SHA1withRSA".to_owned(),
        cert_sn: certificate.number,
        cert_not_before: certificate.from.millis(),
        cert_not_after: certificate.until.millis(),
        component_pos_x: signed.area.x,
        component_pos_y: signed.area.y,
        component_width: signed.area.width,
        component_height: signed.area.height,
        component_page: i64::try_from(signed.area.page).unwrap_or(i64::MAX),
        cert_provider: None,
        is_timestamp_trust: None,
    }
}
