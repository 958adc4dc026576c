//! `DescribeUserFlowType` lists the kinds of contracts the customer sorts its templates into ([`crate::actions::flow_types`]).

use ess_schemas::essbasic::{DescribeUserFlowTypeRequest, DescribeUserFlowTypeResponse, Filter, TemplateUserFlowType};

use crate::actions::flow_types::{FlowType, flow_types};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A filter that does not exist.
pub fn describe_user_flow_type(
    call: &mut Call<'_>,
    request: DescribeUserFlowTypeRequest,
) -> Result<DescribeUserFlowTypeResponse, Refusal> {
    let filters = request.filters.unwrap_or_default();
    filters.iter().try_for_each(ensure_known)?;
    let asked = |id: &String| filters.iter().all(|filter| filter.values.is_empty() || filter.values.contains(id));
    let kinds = flow_types(call, request.query_bind_template == Some(true), |template| {
        template.flow_type_id().is_some_and(|id| asked(&id))
    });
    Ok(DescribeUserFlowTypeResponse { all_user_flow_types: Some(kinds.into_iter().map(listed).collect()) })
}

fn listed(kind: FlowType) -> TemplateUserFlowType {
    TemplateUserFlowType {
        user_flow_type_id: Some(kind.id),
        name: Some(kind.name),
        template_num: Some(kind.templates),
        description: Some(String::new()),
    }
}

fn ensure_known(filter: &Filter) -> Result<(), Refusal> {
    if filter.key == "user-flow-type-id" {
        return Ok(());
    }
    let detail = format!("there is no {}", filter.key);
    Err(Refusal::ValueNotAllowed { field: "Filters.Key".into(), detail })
}
