//! `CreateFlowBlockchainEvidenceUrl` makes a link, and a QR code of it, to the certificate of a signed contract in the
//! blockchain. Nobody who opens it has to say who they are.
//!
//! Seven days unless asked for otherwise; the picture of the code five minutes (`api CreateFlowBlockchainEvidenceUrl`). There
//! is no chain here: the link leads to a certificate this server writes.

use std::time::Duration;

use ess_schemas::ess::{CreateFlowBlockchainEvidenceUrlRequest, CreateFlowBlockchainEvidenceUrlResponse};

use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE, Timestamp};
use crate::engine::call::Call;
use crate::engine::download;

/// How long a link lives when nothing is asked for.
const LIFETIME: Duration = Duration::from_secs(7 * DAY.as_secs());

/// See the module's comment.
///
/// # Errors
/// No such contract, one the company takes no part in, no right to, not everybody has signed, or an end in the past.
pub fn create_flow_blockchain_evidence_url(
    call: &mut Call<'_>,
    request: CreateFlowBlockchainEvidenceUrlRequest,
) -> Result<CreateFlowBlockchainEvidenceUrlResponse, Refusal> {
    let flow = call.flow(&request.flow_id)?;
    if !flow.involves(call.caller.organization()) {
        return Err(Refusal::FlowOfAnotherOrganization { flow: request.flow_id });
    }
    call.caller.permitted(|operator| operator.may_show(&flow))?;
    flow.ensure_on_chain()?;
    let asked = request.expired_on.filter(|seconds| *seconds != 0).and_then(|seconds| i64::try_from(seconds).ok());
    let asked = asked.map(Timestamp::from_seconds);
    let expires_at = asked.unwrap_or_else(|| call.now.plus(LIFETIME));
    if expires_at <= call.now {
        return Err(Refusal::LinkExpiryInvalid { detail: "ExpiredOn must be in the future".to_owned() });
    }
    let link = call.world.add_link(Opens::Certificate(flow.id.clone()), expires_at, None);
    let key = download::key(&call.world.ids, download::QR_CODE, &link.token, call.now.plus(5 * MINUTE));
    Ok(CreateFlowBlockchainEvidenceUrlResponse {
        qr_code: Some(call.urls.qr_code(&link.token, &key)),
        url: Some(call.urls.short(&link)),
        expired_on: u64::try_from(expires_at.seconds()).ok(),
    })
}
