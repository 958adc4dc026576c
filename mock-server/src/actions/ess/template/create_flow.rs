//! `CreateFlow` makes a contract without a document: `CreateDocument` gives it one from a template, `StartFlow` starts it.
//!
//! Nobody hears of it, and it costs nothing before it starts (`api StartFlow`).

use ess_schemas::ess::{CreateFlowRequest, CreateFlowResponse};

use crate::actions::ess::dialect;
use crate::domain::flow::{CopiesTold, Wishes};
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// What is wrong with the signers, the copy recipients or the deadline.
pub fn create_flow(call: &mut Call<'_>, request: CreateFlowRequest) -> Result<CreateFlowResponse, Refusal> {
    let new = NewFlow {
        wishes: Wishes {
            noun: dialect::noun(request.flow_display_type),
            listed_as: request.custom_show_map.unwrap_or_default(),
            reminded_on: dialect::moment(request.reminded_on),
            copies_told: CopiesTold::default(),
            workflow: request.workflow.unwrap_or(false),
            starts_when_composed: false,
        },
        name: request.flow_name,
        description: request.flow_description.unwrap_or_default(),
        kind: request.flow_type.unwrap_or_default(),
        user_data: request.user_data.unwrap_or_default(),
        deadline: dialect::moment(request.dead_line),
        unordered: request.unordered.unwrap_or(false),
        no_release: request.flow_operate_limit.and_then(|limit| limit.no_release).unwrap_or(false),
        needs_sign_review: request.need_sign_review.unwrap_or(false),
        needs_creation_review: call.world.settings.creation_review.is_on(),
        auto_sign_scene: request.auto_sign_scene,
        approvers: request.approvers.iter().map(dialect::new_template_approver).collect(),
        copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
        ..NewFlow::default()
    };
    let mut ids = call.world.ids.clone();
    let flow = call.draft(new, &mut ids)?;
    call.world.ids = ids;
    let flow_id = flow.id.to_string();
    call.add_draft(flow);
    Ok(CreateFlowResponse { flow_id })
}
