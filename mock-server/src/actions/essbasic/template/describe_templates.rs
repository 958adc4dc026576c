//! `DescribeTemplates` lists the customer's templates: one, several, or by name and kind, page by page. One nobody finds is no
//! mistake (`ex DescribeTemplates`, against the text).
//!
//! `TemplateId` counts before `TemplateIds`, and neither is paged (`api DescribeTemplates`).

use std::sync::Arc;

use ess_schemas::essbasic::{DescribeTemplatesRequest, DescribeTemplatesResponse};

use super::wording::{Shown, template_info};
use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;
use crate::engine::call::Call;

/// Templates of a page when nothing is asked for (`api DescribeTemplates.Limit`).
const PAGE: usize = 20;

/// See the module's comment.
///
/// # Errors
/// None beyond who acts.
pub fn describe_templates(
    call: &mut Call<'_>,
    request: DescribeTemplatesRequest,
) -> Result<DescribeTemplatesResponse, Refusal> {
    let named: Option<Vec<&String>> = match (given(&request.template_id), request.template_ids.as_deref()) {
        (Some(id), _) => Some(vec![id]),
        (None, Some(ids)) if !ids.is_empty() => Some(ids.iter().collect()),
        (None, _) => None,
    };
    let number = |asked: Option<u64>| asked.and_then(|asked| usize::try_from(asked).ok()).unwrap_or(0);
    let (limit, offset) = match number(request.limit) {
        0 => (PAGE, number(request.offset)),
        limit => (limit, number(request.offset)),
    };
    let own = |one: &&Arc<Template>| &one.organization == call.caller.organization();
    let templates = call.world.directory.templates.iter().filter(own);
    let found: Vec<&Arc<Template>> = match &named {
        Some(ids) => templates.filter(|one| ids.iter().any(|id| *id == one.id.as_str())).collect(),
        None => templates.filter(|one| passes(&request, one)).collect(),
    };
    let (skipped, taken) = if named.is_some() { (0, found.len()) } else { (offset, limit) };
    let page = found.iter().skip(skipped).take(taken);
    let shown = Shown {
        in_full: request.content_type != Some(1),
        all_components: request.query_all_components.unwrap_or(false),
        preview: request.with_preview_url.unwrap_or(false),
        pdf: request.with_pdf_url.unwrap_or(false),
    };
    Ok(DescribeTemplatesResponse {
        templates: page.map(|one| template_info(call, one, &shown)).collect(),
        total_count: i64::try_from(found.len()).unwrap_or(i64::MAX),
        limit: limit as u64,
        offset: offset as u64,
    })
}

/// A part of the name is enough; the rest is compared as a whole (`api DescribeTemplates`).
fn passes(request: &DescribeTemplatesRequest, template: &Template) -> bool {
    let name = given(&request.template_name).is_none_or(|name| template.name.contains(name.as_str()));
    let original = given(&request.channel_template_id);
    let original = original.is_none_or(|id| template.claimed.as_ref().is_some_and(|one| one.id.as_str() == id));
    let kind = given(&request.user_flow_type_id);
    name && original && kind.is_none_or(|id| template.flow_type_id().as_ref() == Some(id))
}
