//! `DescribeUserFlowType` lists the kinds of contracts the customer sorts its templates into.
//!
//! How many templates a kind has is told when asked for, else 0 (`ex DescribeUserFlowType`). Kinds are made in the console, which
//! is not part of this stand-in: those that templates of the customer are sorted into are there.

use std::collections::BTreeMap;

use ess_schemas::essbasic::{DescribeUserFlowTypeRequest, DescribeUserFlowTypeResponse, Filter, TemplateUserFlowType};

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
    let templates = call.world.directory.templates.iter();
    let own = templates.filter(|one| &one.organization == call.caller.organization());
    let mut kinds: BTreeMap<String, (String, i64)> = BTreeMap::new();
    for template in own {
        if let Some(id) = template.flow_type_id() {
            kinds.entry(id).or_insert_with(|| (template.kind.clone(), 0)).1 += 1;
        }
    }
    let counted = request.query_bind_template == Some(true);
    let asked = |id: &String| filters.iter().all(|filter| filter.values.is_empty() || filter.values.contains(id));
    let listed = kinds.into_iter().filter(|(id, _)| asked(id)).map(|(id, (name, count))| TemplateUserFlowType {
        user_flow_type_id: Some(id),
        name: Some(name),
        template_num: Some(if counted { count } else { 0 }),
        description: Some(String::new()),
    });
    Ok(DescribeUserFlowTypeResponse { all_user_flow_types: Some(listed.collect()) })
}

fn ensure_known(filter: &Filter) -> Result<(), Refusal> {
    if filter.key == "user-flow-type-id" {
        return Ok(());
    }
    let detail = format!("there is no {}", filter.key);
    Err(Refusal::ValueNotAllowed { field: "Filters.Key".into(), detail })
}
