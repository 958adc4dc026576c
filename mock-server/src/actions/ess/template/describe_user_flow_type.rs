//! `DescribeUserFlowType` lists the kinds of contracts the company sorts its templates into ([`crate::actions::flow_types`]), of all of
//! them or of those the filters choose. Every kind is in use (`Status` 1): that one can be switched off is published, not how.

use ess_schemas::ess::{DescribeUserFlowTypeRequest, DescribeUserFlowTypeResponse, TemplateUserFlowType};

use super::filtering::{ensure_known, passes};
use crate::actions::flow_types::{FlowType, flow_types};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// `Status` of a kind that is in use (`api TemplateUserFlowType`).
const IN_USE: u64 = 1;

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
    let kinds = flow_types(call, request.query_bind_template == Some(true), |template| {
        filters.iter().all(|filter| passes(filter, template))
    });
    Ok(DescribeUserFlowTypeResponse { all_user_flow_types: Some(kinds.into_iter().map(listed).collect()) })
}

fn listed(kind: FlowType) -> TemplateUserFlowType {
    TemplateUserFlowType {
        user_flow_type_id: kind.id,
        name: kind.name,
        description: String::new(),
        template_num: kind.templates,
        status: IN_USE,
    }
}
