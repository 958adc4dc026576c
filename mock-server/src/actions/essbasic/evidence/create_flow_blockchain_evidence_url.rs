//! `CreateFlowBlockchainEvidenceUrl` makes a link, and a QR code of it, to the certificate of a signed contract in the
//! blockchain ([`crate::actions::evidence`]).

use ess_schemas::essbasic::{CreateFlowBlockchainEvidenceUrlRequest, CreateFlowBlockchainEvidenceUrlResponse};

use crate::actions::evidence;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract, one the company takes no part in, no right to, not everybody has signed, or an end in the past.
pub fn create_flow_blockchain_evidence_url(
    call: &mut Call<'_>,
    request: CreateFlowBlockchainEvidenceUrlRequest,
) -> Result<CreateFlowBlockchainEvidenceUrlResponse, Refusal> {
    let link = evidence::certificate(call, &request.flow_id, request.expired_on)?;
    Ok(CreateFlowBlockchainEvidenceUrlResponse {
        qr_code: Some(link.qr_code),
        url: Some(link.url),
        expired_on: link.expires_on,
    })
}
