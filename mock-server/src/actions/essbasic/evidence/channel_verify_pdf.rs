//! `ChannelVerifyPdf` checks the signatures on a contract's file ([`crate::actions::verifying`]).

use std::sync::Arc;

use ess_schemas::essbasic::{ChannelVerifyPdfRequest, ChannelVerifyPdfResponse, PdfVerifyResult};

use crate::actions::verifying::{self, ALGORITHM, Checked, Found, PLATFORM};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Digits of a check's number (`ex ChannelVerifyPdf`).
const SERIAL_DIGITS: usize = 14;

/// Prints the contract before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut ChannelVerifyPdfRequest) -> Option<Checked> {
    verifying::check(account, edge, &request.flow_id)
}

/// See the module's comment.
///
/// # Errors
/// No such contract, or one the caller's company takes no part in.
pub fn channel_verify_pdf(
    call: &mut Call<'_>,
    request: ChannelVerifyPdfRequest,
    checked: Option<Checked>,
) -> Result<ChannelVerifyPdfResponse, Refusal> {
    let verdict = verifying::judge(call, &request.flow_id, checked, SERIAL_DIGITS)?;
    Ok(ChannelVerifyPdfResponse {
        verify_result: verdict.result,
        pdf_verify_results: verdict.signatures.into_iter().map(|one| result(one, verdict.result)).collect(),
        verify_serial_no: Some(verdict.serial_number),
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
        // With a seal or signature that can be seen (`ex ChannelVerifyPdf`).
        sign_type: 0,
        component_pos_x: area.x,
        component_pos_y: area.y,
        component_width: area.width,
        component_height: area.height,
        component_page: page,
    }
}
