//! Filters that choose among a company's templates (`api DescribeFlowTemplates`, `api DescribeUserFlowType`).

use ess_schemas::ess::Filter;

use crate::domain::refusal::Refusal;
use crate::domain::template::Template;

/// Refuses a filter that does not exist.
///
/// # Errors
/// See above.
pub(super) fn ensure_known(filter: &Filter) -> Result<(), Refusal> {
    match filter.key.as_str() {
        "template-id" | "template-name" | "share-template-id" | "user-flow-type-id" => Ok(()),
        other => Err(Refusal::ValueNotAllowed { field: "Filters.Key".into(), detail: format!("there is no {other}") }),
    }
}

/// Names are compared as a whole (ASSUMED). No template came from a parent company.
pub(super) fn passes(filter: &Filter, template: &Template) -> bool {
    let named = |text: &str| filter.values.is_empty() || filter.values.iter().any(|value| value == text);
    match filter.key.as_str() {
        "template-id" => named(template.id.as_str()),
        "template-name" => named(&template.name),
        "user-flow-type-id" => named(&template.flow_type_id().unwrap_or_default()),
        _ => named(""),
    }
}
