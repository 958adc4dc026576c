//! `CreateFlowsByTemplates` launches up to 20 contracts, each from a template with the initiator's values, at once; or shows what
//! they would look like (`NeedPreview`).
//!
//! All lists of the answer are as long as the list asked for. A contract that cannot be launched has an empty id, and why stands
//! at its place in `ErrorMessages`; the others are launched all the same (`api CreateFlowsByTemplates`; the empty id is ASSUMED).
//! When there is none that can, the call is refused for the first one's reason (ASSUMED: the published codes are mostly about
//! single contracts, and one alone is the usual call).

use ess_schemas::essbasic::{
    CreateFlowsByTemplatesRequest, CreateFlowsByTemplatesResponse, FlowApproverItem, FlowInfo, TaskInfo,
};

use super::planned::{Planned, slots, task_info};
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::launching::{Launched, Wish};

/// See the module's comment.
///
/// # Errors
/// No contracts are asked for, or what is wrong with the first, when something is with each.
pub fn create_flows_by_templates(
    call: &mut Call<'_>,
    request: CreateFlowsByTemplatesRequest,
) -> Result<CreateFlowsByTemplatesResponse, Refusal> {
    let wish = Wish::of(request.need_preview, request.preview_type);
    let customer_data = request.flow_infos.iter().map(|info| info.customer_data.clone().unwrap_or_default()).collect();
    let made: Vec<_> = request.flow_infos.into_iter().map(|info| launch(call, info, wish)).collect();
    if made.iter().all(Result::is_err) {
        return Err(made.into_iter().find_map(Result::err).unwrap_or(Refusal::FlowInfosInvalid));
    }
    let mut answer = CreateFlowsByTemplatesResponse { customer_data, ..Default::default() };
    for one in made {
        let told = told(one);
        answer.flow_ids.push(told.flow_id);
        answer.error_messages.push(told.error_message);
        answer.preview_urls.push(told.preview_url);
        answer.task_infos.push(told.task_info);
        answer.flow_approvers.get_or_insert_default().push(told.slots);
    }
    Ok(answer)
}

fn launch(call: &mut Call<'_>, info: FlowInfo, wish: Wish) -> Result<Launched, Refusal> {
    let Planned { template, new, values } = Planned::read(call, info)?;
    call.launch_from(&template, new, &values, wish)
}

/// What is told of one contract.
#[derive(Default)]
struct Told {
    flow_id: String,
    error_message: String,
    preview_url: String,
    task_info: TaskInfo,
    slots: FlowApproverItem,
}

fn told(made: Result<Launched, Refusal>) -> Told {
    let nobody = FlowApproverItem { flow_id: Some(String::new()), approvers: Some(Vec::new()) };
    match made {
        Ok(Launched::Started(flow)) => {
            Told { flow_id: flow.id.to_string(), task_info: task_info(&flow), slots: slots(&flow), ..Told::default() }
        }
        Ok(Launched::Seen(preview_url)) => Told { preview_url, slots: nobody, ..Told::default() },
        Err(refusal) => {
            Told { error_message: said::<CreateFlowsByTemplatesRequest>(&refusal), slots: nobody, ..Told::default() }
        }
    }
}
