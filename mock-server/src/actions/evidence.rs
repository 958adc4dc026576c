//! Evidence about signed contracts: what both services do alike.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::evidence::{EvidenceProgress, EvidenceReport};
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE, Timestamp};
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// Orders a report on how a contract was signed.
///
/// Super admin or legal person of a company that takes part (`api CreateFlowEvidenceReport`, `api
/// CreateChannelFlowEvidenceReport`). It takes one report from what the company bought; asking again answers the same report
/// (ASSUMED). A platform does not pay for its customers' reports (ASSUMED: `OperationDenied.ProveNoQuota` speaks of the
/// company).
///
/// # Errors
/// No such contract, one the company takes no part in, no right to, not everybody has signed, or no reports left.
pub(super) fn order(call: &mut Call<'_>, flow: &str) -> Result<Arc<EvidenceReport>, Refusal> {
    let flow = call.joined_flow(flow)?;
    call.caller.administrator()?;
    flow.ensure_evidenced()?;
    call.world.order_evidence(&flow, call.caller.organization(), call.now)
}

/// A report the company ordered. It belongs where its contract does, so that through an application there are only reports on
/// what was launched through it ([`Caller::sees`](crate::engine::call::Caller::sees)).
///
/// # Errors
/// No right to, it ordered no such report, or its contract was launched elsewhere.
pub(super) fn find(call: &Call<'_>, report: &str) -> Result<Arc<EvidenceReport>, Refusal> {
    call.caller.administrator()?;
    let found = call.world.evidence.get(report);
    let found = found.filter(|one| &one.owner == call.caller.organization() && call.caller.sees(&one.flow.initiator));
    found.cloned().ok_or_else(|| Refusal::ReportUnknown { report: report.to_owned() })
}

/// Where a report is fetched, for five minutes (`api DescribeFlowEvidenceReport`). While it is being written there is no
/// address (`ex DescribeFlowEvidenceReport`).
#[must_use]
pub(super) fn url(call: &Call<'_>, report: &EvidenceReport) -> String {
    match progress(call, report) {
        EvidenceProgress::Executing => String::new(),
        EvidenceProgress::Done => {
            let (kind, id) = (ResourceKind::EvidenceReport.wire(), report.id.as_str());
            let key = download::key(&call.world.ids, kind, id, call.now.plus(5 * MINUTE));
            call.urls.file(kind, id, 0, "PDF", &key)
        }
    }
}

/// How far a report is, in the words of both services (`api CreateFlowEvidenceReport`). None fails here.
#[must_use]
pub(super) fn status(call: &Call<'_>, report: &EvidenceReport) -> String {
    let word = match progress(call, report) {
        EvidenceProgress::Executing => "EvidenceStatusExecuting",
        EvidenceProgress::Done => "EvidenceStatusSuccess",
    };
    word.to_owned()
}

fn progress(call: &Call<'_>, report: &EvidenceReport) -> EvidenceProgress {
    report.progress(call.world.settings.evidence_delay(), call.now)
}

/// How long a link to a certificate lives when nothing is asked for (`api CreateFlowBlockchainEvidenceUrl`).
const CERTIFICATE_SHOWN: Duration = Duration::from_secs(7 * DAY.as_secs());

/// A link to the certificate of a signed contract in the blockchain.
pub(super) struct CertificateLink {
    /// A QR code of it, for five minutes.
    pub(super) qr_code: String,
    /// The link.
    pub(super) url: String,
    /// Until when, in seconds.
    pub(super) expires_on: Option<u64>,
}

/// Makes a link, and a QR code of it, to a contract's certificate. Nobody who opens it has to say who they are, and there is
/// no chain here: the link leads to a certificate this server writes.
///
/// # Errors
/// No such contract, one the company takes no part in, no right to, not everybody has signed, or an end in the past.
pub(super) fn certificate(
    call: &mut Call<'_>,
    flow: &str,
    expires_on: Option<u64>,
) -> Result<CertificateLink, Refusal> {
    let flow = call.joined_flow(flow)?;
    call.caller.permitted(|operator| operator.may_show(&flow))?;
    flow.ensure_on_chain()?;
    let asked = expires_on.filter(|seconds| *seconds != 0).and_then(|seconds| i64::try_from(seconds).ok());
    let expires_at = asked.map_or_else(|| call.now.plus(CERTIFICATE_SHOWN), Timestamp::from_seconds);
    if expires_at <= call.now {
        return Err(Refusal::LinkExpiryInvalid { detail: "ExpiredOn must be in the future".to_owned() });
    }
    let link = call.world.add_link(Opens::Certificate(flow.id.clone()), expires_at, None);
    let key = download::key(&call.world.ids, download::QR_CODE, &link.token, call.now.plus(5 * MINUTE));
    Ok(CertificateLink {
        qr_code: call.urls.qr_code(&link.token, &key),
        url: call.urls.short(&link),
        expires_on: u64::try_from(expires_at.seconds()).ok(),
    })
}
