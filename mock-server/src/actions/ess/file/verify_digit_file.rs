//! `VerifyDigitFile` checks the signatures in an uploaded file: 1 when this server signed it and not a byte was changed
//! since, else 2 (`api VerifyDigitFile`).

use std::sync::Arc;

use ess_schemas::ess::{VerifyDigitFileRequest, VerifyDigitFileResponse, VerifyDigitFileResult};

use crate::documents::{Authenticity, authenticity, md5_hex};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
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

/// The signatures of the contract the file belongs to, or the platform's for the company that had the file signed; none when this world
/// no longer has either.
fn signatures(call: &Call<'_>, subject: &str) -> Vec<VerifyDigitFileResult> {
    let approvers = call.world.flows.get(subject).into_iter().flat_map(|flow| &flow.approvers);
    let signed = approvers.filter_map(|one| Some((one, one.signature.as_ref()?)));
    let by_people =
        signed.map(|(approver, signature)| result(Certificate::behind(approver, signature), signature.at, WITH_SEAL));
    let tasks = call.world.counter_signs.iter().filter(|one| one.source.as_str() == subject);
    let by_platform = tasks.filter_map(|one| {
        let company = call.world.directory.organizations.get(one.owner.as_str())?;
        Some(result(Certificate::of_company(company, one.ends_at), one.ends_at, WITHOUT_SEAL))
    });
    // A file that was signed several times is as it was after any of them: there is one signature in it.
    by_people.chain(by_platform.take(1)).collect()
}

fn result(certificate: Certificate, at: Timestamp, kind: i64) -> VerifyDigitFileResult {
    VerifyDigitFileResult {
        cert_not_before: Some(certificate.from.millis()),
        cert_not_after: Some(certificate.until.millis()),
        cert_sn: Some(certificate.number),
        // ex VerifyDigitFile
        sign_algorithm: Some("SHA256withRSA".to_owned()),
        sign_time: Some(at.millis()),
        sign_type: Some(kind),
        signer_name: Some(certificate.subject),
    }
}

/// `SignType` (`api VerifyDigitFileResult`): with a seal that can be seen, and without.
const WITH_SEAL: i64 = 0;
const WITHOUT_SEAL: i64 = 1;
