//! `VerifyDigitFile` checks the signatures in an uploaded file: 1 when this server signed it and not a byte was changed
//! since, else 2 (`api VerifyDigitFile`).

use std::sync::Arc;

use ess_schemas::ess::{VerifyDigitFileRequest, VerifyDigitFileResponse, VerifyDigitFileResult};

use crate::documents::{Authenticity, authenticity, md5_hex};
use crate::domain::refusal::Refusal;
use crate::domain::verification::{Certificate, serial_number};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// What takes long: reading the whole file.
pub struct Checked {
    md5: String,
    authenticity: Authenticity,
}

/// Reads the file before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut VerifyDigitFileRequest) -> Option<Checked> {
    let id = request.file_id.as_deref().unwrap_or_default();
    let (content, key) = account
        .enter(edge, |world, _, _| world.files.get(id).map(|file| (file.content.clone(), world.ids.sealing_key())))?;
    Some(Checked { md5: md5_hex(&content.bytes), authenticity: authenticity(&content.bytes, &key) })
}

/// See the module's comment.
///
/// # Errors
/// The caller's company has no such file: the only code of the list says no more than that something went wrong.
pub fn verify_digit_file(
    call: &mut Call<'_>,
    request: VerifyDigitFileRequest,
    checked: Option<Checked>,
) -> Result<VerifyDigitFileResponse, Refusal> {
    let id = request.file_id.unwrap_or_default();
    let own = call.usable_file(&id).ok().and(checked);
    let checked = own.ok_or(Refusal::FileUnknown { file: id })?;
    let (verdict, results) = match &checked.authenticity {
        Authenticity::Intact { subject } => (1, signatures(call, subject)),
        Authenticity::Altered | Authenticity::Unsealed => (2, Vec::new()),
    };
    Ok(VerifyDigitFileResponse {
        pdf_resource_md5: Some(checked.md5),
        verify_result: Some(verdict),
        verify_serial_no: Some(serial_number(call.now, 14)),
        verify_digit_file_results: Some(results),
    })
}

/// The signatures of the contract the file belongs to; none when this world no longer has it.
fn signatures(call: &Call<'_>, flow: &str) -> Vec<VerifyDigitFileResult> {
    let approvers = call.world.flows.get(flow).into_iter().flat_map(|flow| &flow.approvers);
    let signed = approvers.filter_map(|one| Some((one, one.signature.as_ref()?)));
    let result = signed.map(|(approver, signature)| {
        let certificate = Certificate::behind(approver, signature);
        VerifyDigitFileResult {
            cert_not_before: Some(certificate.from.millis()),
            cert_not_after: Some(certificate.until.millis()),
            cert_sn: Some(certificate.number),
            // ex VerifyDigitFile
            sign_algorithm: Some("SHA256withRSA".to_owned()),
            sign_time: Some(signature.at.millis()),
            // With a seal that can be seen (`api VerifyDigitFileResult`).
            sign_type: Some(0),
            signer_name: Some(certificate.subject),
        }
    });
    result.collect()
}
