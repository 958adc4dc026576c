//! `PrepareFlows` (retired) makes a page on which up to 20 contracts from templates are looked at and launched, all or none.
//!
//! Between the customer and persons only (`api PrepareFlows`): a company without a name is the customer itself
//! (`ex PrepareFlows`). Signers' own deadlines, which the example has after their contract's, are ignored. The page lives five
//! minutes as its successors' (ASSUMED), and leads to `JumpUrl` after the launch.

use ess_schemas::essbasic::{FlowInfo, PrepareFlowsRequest, PrepareFlowsResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::essbasic::flow::planned::Planned;
use crate::actions::preparing::{Reached, page_for};
use crate::domain::approver::ApproverKind;
use crate::domain::launch::NewApprover;
use crate::domain::preparation::{EMBEDDED_LIFETIME, PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contracts, nowhere to go to, or what is wrong with the first bad contract; or the quota is used up.
pub fn prepare_flows(call: &mut Call<'_>, request: PrepareFlowsRequest) -> Result<PrepareFlowsResponse, Refusal> {
    if request.flow_infos.is_empty() {
        return Err(Refusal::FlowInfosInvalid);
    }
    if request.jump_url.is_empty() {
        return Err(Refusal::ParameterMissing { field: "JumpUrl" });
    }
    let flows = request.flow_infos.into_iter().map(|info| prepared_flow(call, info));
    let flows = flows.collect::<Result<Vec<_>, _>>()?;
    let reached = Reached { until: call.now.plus(EMBEDDED_LIFETIME), jump_url: Some(request.jump_url) };
    let (id, link) = page_for(call, None, flows, None, reached)?;
    let application = &call.caller.agent()?.application.id;
    Ok(PrepareFlowsResponse { confirm_url: call.urls.channel_prepare(&link, id.as_str(), "byTemplate", application) })
}

fn prepared_flow(call: &Call<'_>, mut info: FlowInfo) -> Result<PreparedFlow, Refusal> {
    let own = call.caller.organization.name.as_str();
    for signer in info.flow_approvers.iter_mut().flatten() {
        signer.deadline = None;
        let unnamed = given(&signer.organization_name).or(given(&signer.organization_open_id)).is_none();
        if unnamed && signer.approver_type.as_deref() == Some("ORGANIZATION") {
            signer.organization_name = Some(own.to_owned());
        }
    }
    let Planned { template, new, values } = Planned::read(call, info)?;
    if let Some(stranger) = new.approvers.iter().find(|one| is_another_company(one, own)) {
        let name = stranger.organization_name.as_deref().unwrap_or_default();
        let detail = format!("{name} is another company: these contracts are between one company and persons");
        return Err(Refusal::ParameterInvalid { field: "FlowApprovers", detail });
    }
    Ok(PreparedFlow { id: "".into(), resource: Some(Resource::Template(template)), new, values, lasts: None })
}

fn is_another_company(signer: &NewApprover, own: &str) -> bool {
    let company = ApproverKind::from_code(signer.kind).is_some_and(ApproverKind::is_organization);
    company && signer.organization_name.as_deref().is_some_and(|name| name != own)
}
