//! `DescribeResourceUrlsByFlows` hands out links to the PDF of contracts the customer launched, in signing or signed.
//!
//! `seed DescribeResourceUrlsByFlows`: 1 to 50 ids, of contracts that may be downloaded ([`crate::engine::downloads`]). What is
//! wrong with a single contract is said at its place in `ErrorMessages`, and its links are none. A link lives five minutes.

use ess_schemas::essbasic::{
    DescribeResourceUrlsByFlowsRequest, DescribeResourceUrlsByFlowsResponse, FlowResourceUrlInfo, ResourceUrlInfo,
};

use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// See the module's comment.
///
/// # Errors
/// No ids, or nobody allowed downloads.
pub fn describe_resource_urls_by_flows(
    call: &mut Call<'_>,
    request: DescribeResourceUrlsByFlowsRequest,
) -> Result<DescribeResourceUrlsByFlowsResponse, Refusal> {
    let ids = request.flow_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    call.caller.ensure_downloads_allowed()?;
    let found = ids.into_iter().map(|id| {
        let (urls, message) = match url(call, &id) {
            Ok(url) => (vec![url], String::new()),
            Err(refusal) => (Vec::new(), said::<DescribeResourceUrlsByFlowsRequest>(&refusal)),
        };
        (FlowResourceUrlInfo { flow_id: id, resource_url_infos: urls }, message)
    });
    let (flow_resource_url_infos, error_messages) = found.unzip();
    Ok(DescribeResourceUrlsByFlowsResponse { flow_resource_url_infos, error_messages })
}

fn url(call: &Call<'_>, id: &str) -> Result<ResourceUrlInfo, Refusal> {
    let flow = call.downloadable_flow(id)?;
    let kind = ResourceKind::Flow;
    let key = download::key(&call.world.ids, kind.wire(), id, call.now.plus(5 * MINUTE));
    Ok(ResourceUrlInfo {
        url: call.urls.file(kind.wire(), id, 0, "PDF", &key),
        name: format!("{},{}.pdf", flow.name, download::number(id)),
        r#type: "PDF".into(),
    })
}
