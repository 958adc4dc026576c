//! `DescribeFileUrls` hands out download links for contracts and their documents.
//!
//! A link lives `UrlTtl` seconds, 300 when 0 (`api DescribeFileUrls`). A document is composed some seconds after each
//! change; until then `FailedOperation` (ASSUMED code). An id that is unknown or none of the caller's business answers
//! alike (`ex DescribeFileUrls`). Pictures, archives and the other business types come with a later release.

use std::sync::Arc;
use std::time::Duration;

use ess_schemas::ess::{DescribeFileUrlsRequest, DescribeFileUrlsResponse, FileUrl};

use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::download;

/// The most ids of one call (`api DescribeFileUrls`).
const IDS_PER_CALL: usize = 20;

/// See the module's comment.
///
/// # Errors
/// A business type or file type that does not exist or is not modelled, bad ids, or a document still being composed.
pub fn describe_file_urls(
    call: &mut Call<'_>,
    request: DescribeFileUrlsRequest,
) -> Result<DescribeFileUrlsResponse, Refusal> {
    match request.file_type.as_deref() {
        None | Some("" | "PDF") => {}
        Some(other) => return Err(Refusal::NotModelled { what: format!("FileType {other}") }),
    }
    if request.business_ids.is_empty() || request.business_ids.len() > IDS_PER_CALL {
        return Err(Refusal::BusinessIdInvalid);
    }
    let lifetime = request.url_ttl.filter(|seconds| *seconds > 0).unwrap_or(300);
    let expires_at = call.now.plus(Duration::from_secs(u64::try_from(lifetime).unwrap_or(300)));
    let urls = request
        .business_ids
        .iter()
        .map(|id| {
            let flow = find(call, &request.business_type, id)?;
            let composed_at = flow.updated_at.plus(call.world.settings.composition_delay());
            if call.now < composed_at {
                return Err(Refusal::DocumentNotComposed);
            }
            let key = download::key(&call.world.ids, "FLOW", flow.id.as_str(), expires_at);
            let url = call.urls.file("FLOW", flow.id.as_str(), 0, "PDF", &key);
            Ok(FileUrl { url, option: option(&flow) })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let total_count = i64::try_from(urls.len()).unwrap_or(i64::MAX);
    let limit = usize::try_from(request.limit.filter(|limit| *limit > 0).unwrap_or(20)).unwrap_or(20);
    let page = usize::try_from(request.offset.unwrap_or(0)).unwrap_or(0);
    let file_urls = urls.into_iter().skip(page.saturating_mul(limit)).take(limit).collect();
    Ok(DescribeFileUrlsResponse { file_urls, total_count })
}

fn find(call: &Call<'_>, business_type: &str, id: &str) -> Result<Arc<Flow>, Refusal> {
    let flow = match business_type {
        "FLOW" => call.world.flows.get(id),
        "DOCUMENT" => call.world.flow_of_document(id),
        "TEMPLATE" | "SEAL" | "DIGITFILE" | "ARCHIVE" => {
            return Err(Refusal::NotModelled { what: format!("BusinessType {business_type}") });
        }
        other => return Err(Refusal::BusinessTypeInvalid { kind: other.to_owned() }),
    };
    let flow = flow.filter(|flow| flow.involves(call.caller.organization()));
    flow.cloned().ok_or_else(|| Refusal::ResourceUnknown { id: id.to_owned() })
}

/// The first page's size and −1, as a text (`ex DescribeFileUrls`).
fn option(flow: &Flow) -> String {
    let first = flow.content().and_then(|content| content.pages.as_ref()).and_then(|pages| pages.first());
    first.map_or_else(String::new, |page| format!(r#"["{:.2},{:.2}","-1"]"#, page.width, page.height))
}
