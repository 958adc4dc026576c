//! `DescribeResourceUrlsByFlows` hands out links to the PDF of contracts the customer launched, in signing or signed.
//!
//! `seed DescribeResourceUrlsByFlows`: 1 to 50 ids. A download must be allowed, by the customer or for all of the application by
//! the platform; a customer that switched it off is stronger. What is wrong with a single contract is said at its place in
//! `ErrorMessages`, and its links are none. The document must have been composed, which takes seconds after a launch or a
//! signature. A link lives five minutes.

use ess_schemas::essbasic::{
    DescribeResourceUrlsByFlowsRequest, DescribeResourceUrlsByFlowsResponse, FlowResourceUrlInfo, ResourceUrlInfo,
};

use crate::actions::said;
use crate::domain::flow::{Ended, Flow, FlowState};
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
    let flow = call.own_flow(id)?;
    ensure_downloadable(&flow)?;
    call.ensure_composed(&flow)?;
    let kind = ResourceKind::Flow;
    let key = download::key(&call.world.ids, kind.wire(), id, call.now.plus(5 * MINUTE));
    Ok(ResourceUrlInfo {
        url: call.urls.file(kind.wire(), id, 0, "PDF", &key),
        name: format!("{},{}.pdf", flow.name, download::number(id)),
        r#type: "PDF".into(),
    })
}

/// In signing, or signed (`seed DescribeResourceUrlsByFlows`); one that was released was signed once (ASSUMED).
fn ensure_downloadable(flow: &Flow) -> Result<(), Refusal> {
    match flow.state {
        FlowState::Filling | FlowState::Signing | FlowState::Ended(Ended::Signed | Ended::Released) => Ok(()),
        FlowState::Draft => Err(Refusal::FlowStatusWrong),
        FlowState::Ended(
            how @ (Ended::Rejected | Ended::FillRejected | Ended::Expired | Ended::Cancelled | Ended::Invalidated),
        ) => Err(Refusal::FlowEnded { state: how }),
    }
}
