//! `CreateFlowGroupByTemplates` launches several contracts from templates, to be signed together: all of them, or none; at
//! once, without `CreateDocument` and `StartFlow`.

use ess_schemas::ess::{Component, CreateFlowGroupByTemplatesRequest, CreateFlowGroupByTemplatesResponse};

use super::grouping::{self, Shared};
use crate::actions::ess::dialect;
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// What is wrong with the first bad contract, as for `CreateFlow` and `CreateDocument`; or the quota does not suffice for
/// all.
pub fn create_flow_group_by_templates(
    call: &mut Call<'_>,
    request: CreateFlowGroupByTemplatesRequest,
) -> Result<CreateFlowGroupByTemplatesResponse, Refusal> {
    let shared = Shared::of(call, request.flow_group_options, request.user_flow_type);
    let mut ids = call.world.ids.clone();
    let mut flows = Vec::with_capacity(request.flow_group_infos.len());
    for mut info in request.flow_group_infos {
        let template = call.own_template(info.template_id.as_deref().unwrap_or_default())?;
        let values = info.components.take().unwrap_or_default();
        let values = values.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        flows.push(call.draft_from(&template, shared.new_flow(info), &values, &mut ids)?);
    }
    let group = call.launch_group(request.flow_group_name, flows, ids)?;
    Ok(CreateFlowGroupByTemplatesResponse {
        flow_group_id: group.id.to_string(),
        flow_ids: group.flows.iter().map(ToString::to_string).collect(),
        approvers: Some(grouping::approvers(call, &group)),
        workflow_instance_id: shared.workflow.then(|| call.new_workflow()),
    })
}

/// A component names a field of the template and brings its value (`ex CreateFlowGroupByTemplates`).
fn value(component: &Component) -> Result<Fill, Refusal> {
    let value = component.component_value.as_deref().unwrap_or_default();
    dialect::fill(&component.component_id, &component.component_name, value)
}
