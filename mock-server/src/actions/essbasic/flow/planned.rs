//! A contract a platform wants made from a template (`FlowInfo`), and what is told of one that was.

use std::sync::Arc;

use ess_schemas::essbasic::{FlowApproverItem, FlowInfo, FormField, TaskInfo};

use crate::actions::essbasic::dialect::{self, given};
use crate::domain::flow::{Flow, Wishes};
use crate::domain::launch::NewFlow;
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;
use crate::engine::call::Call;

/// What such a contract is made of.
pub(in crate::actions::essbasic) struct Planned {
    pub(in crate::actions::essbasic) template: Arc<Template>,
    pub(in crate::actions::essbasic) new: NewFlow,
    pub(in crate::actions::essbasic) values: Vec<Fill>,
}

impl Planned {
    /// The template says whether signers wait for each other (`api FlowInfo` has no order of its own).
    pub(in crate::actions::essbasic) fn read(call: &Call<'_>, info: FlowInfo) -> Result<Self, Refusal> {
        if info.flow_name.is_empty() {
            return Err(Refusal::ParameterMissing { field: "FlowName" });
        }
        let template = call.own_template(given(&info.template_id).ok_or(Refusal::TemplateIdEmpty)?)?;
        let values = info.form_fields.iter().flatten().map(value).collect::<Result<_, _>>()?;
        let new = NewFlow {
            approvers: dialect::new_parties(call, info.flow_approvers.as_ref(), &template)?,
            wishes: Wishes {
                noun: dialect::noun(info.flow_display_type),
                listed_as: info.custom_show_map.unwrap_or_default(),
                copies_told: dialect::copies_told(info.cc_notify_type),
                ..Wishes::default()
            },
            name: info.flow_name,
            description: info.flow_description.unwrap_or_default(),
            kind: info.flow_type.unwrap_or_default(),
            user_data: info.customer_data.unwrap_or_default(),
            deadline: dialect::moment(Some(info.deadline)),
            unordered: template.unordered,
            no_release: info.flow_operate_limit.and_then(|limit| limit.no_release).unwrap_or(false),
            needs_sign_review: info.need_sign_review.unwrap_or(false),
            auto_sign_scene: info.auto_sign_scene,
            copies: info.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
            ..NewFlow::default()
        };
        Ok(Self { template, new, values })
    }
}

/// What the initiator fills in, by name; ids of components are ignored here (`api FormField`).
fn value(field: &FormField) -> Result<Fill, Refusal> {
    let component = given(&field.component_name).ok_or(Refusal::ParameterMissing { field: "ComponentName" })?.clone();
    Ok(Fill { component, value: field.component_value.clone() })
}

/// Both texts are empty, except where composing the document takes long (`api TaskInfo`, `ex CreateFlowsByTemplates`). That the
/// task has the document's id, which `DocumentFill` tells, is ASSUMED.
pub(in crate::actions::essbasic) fn task_info(flow: &Flow) -> TaskInfo {
    if flow.composes_slowly() {
        TaskInfo { task_id: flow.document_id().to_owned(), task_status: "NOTREADY".to_owned() }
    } else {
        TaskInfo { task_id: String::new(), task_status: String::new() }
    }
}

/// The slots of a contract.
pub(in crate::actions::essbasic) fn slots(flow: &Flow) -> FlowApproverItem {
    FlowApproverItem {
        flow_id: Some(flow.id.to_string()),
        approvers: Some(flow.approvers.iter().map(dialect::approver_item).collect()),
    }
}
