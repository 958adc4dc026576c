//! `VerifyPdf` checks the signatures on a contract's file ([`crate::actions::verifying`]).

use std::sync::Arc;

use ess_schemas::ess::{PdfVerifyResult, VerifyPdfRequest, VerifyPdfResponse};

use crate::actions::verifying::{self, ALGORITHM, Checked, Found, PLATFORM};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Digits of a check's number (`ex VerifyPdf`).
const SERIAL_DIGITS: usize = 11;

/// Prints the contract before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut VerifyPdfRequest) -> Option<Checked> {
    verifying::check(account, edge, &request.flow_id)
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
    let verdict = verifying::judge(call, &request.flow_id, checked, SERIAL_DIGITS)?;
    Ok(VerifyPdfResponse {
        verify_result: verdict.result,
        pdf_verify_results: verdict.signatures.into_iter().map(|one| result(one, verdict.result)).collect(),
        verify_serial_no: verdict.serial_number,
        pdf_resource_md5: verdict.md5,
    })
}

fn result(found: Found, verdict: i64) -> PdfVerifyResult {
    let Found { certificate, at, area, page } = found;
    PdfVerifyResult {
        verify_result: verdict,
        sign_platform: PLATFORM.to_owned(),
        signer_name: certificate.subject,
        sign_time: at.millis(),
        sign_algorithm: ALGORITHM.to_owned(),
        cert_sn: certificate.number,
        cert_not_before: certificate.from.millis(),
        cert_not_after: certificate.until.millis(),
        component_pos_x: area.x,
        component_pos_y: area.y,
        component_width: area.width,
        component_height: area.height,
        component_page: page,
        cert_provider: None,
        is_timestamp_trust: None,
    }
}
