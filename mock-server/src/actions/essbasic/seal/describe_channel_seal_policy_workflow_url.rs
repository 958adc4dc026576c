//! `DescribeChannelSealPolicyWorkflowUrl` tells who may agree to a seal's use where to decide on a request to use a seal, which a message named.
//! The page is reached for a year from the request; that a short link dies sooner is not modelled.

use ess_schemas::essbasic::{
    DescribeChannelSealPolicyWorkflowUrlRequest, DescribeChannelSealPolicyWorkflowUrlResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// No such request of the customer's, or the operator does not decide on it.
pub fn describe_channel_seal_policy_workflow_url(
    call: &mut Call<'_>,
    request: DescribeChannelSealPolicyWorkflowUrlRequest,
) -> Result<DescribeChannelSealPolicyWorkflowUrlResponse, Refusal> {
    let id = request.workflow_instance_id.as_str();
    if id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "WorkflowInstanceId" });
    }
    let unknown = || Refusal::SealWorkflowUnknown { workflow: id.to_owned() };
    let (operator, decides) = (call.caller.operator()?, call.caller.with_right(Right::ApproveSealUse).is_ok());
    let workflow = call.world.directory.seal_workflows.get(id);
    let workflow = workflow.filter(|one| &one.organization == call.caller.organization() && decides);
    let workflow = workflow.ok_or_else(unknown)?;
    let link = call.world.links.get(workflow.token.as_str()).ok_or_else(unknown)?;
    let url = match given(&request.endpoint).map(String::as_str) {
        Some("ShortLink") => call.urls.short(link),
        Some("App") => Urls::consent_path(link),
        _ => call.urls.seal_approval(link, &operator.id, id, call.caller.agent()?.application.id.as_str()),
    };
    Ok(DescribeChannelSealPolicyWorkflowUrlResponse { workflow_url: Some(url) })
}
