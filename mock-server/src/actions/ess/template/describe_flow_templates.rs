//! `DescribeFlowTemplates` lists the company's templates, by id or name, page by page. One nobody finds is no mistake
//! (`ex DescribeFlowTemplates`).

use std::sync::Arc;

use ess_schemas::ess::{DescribeFlowTemplatesRequest, DescribeFlowTemplatesResponse};

use super::filtering::{ensure_known, passes};
use super::wording::template_info;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;
use crate::engine::call::Call;

/// Templates of a page when nothing is asked for (`api DescribeFlowTemplates.Limit`).
const PAGE: usize = 20;

/// See the module's comment.
///
/// # Errors
/// A filter that does not exist.
pub fn describe_flow_templates(
    call: &mut Call<'_>,
    request: DescribeFlowTemplatesRequest,
) -> Result<DescribeFlowTemplatesResponse, Refusal> {
    let filters = request.filters.unwrap_or_default();
    filters.iter().try_for_each(ensure_known)?;
    // An application's own library of templates is filled in the vendor's console alone: here it is empty.
    let library = given(&request.application_id).is_some();
    let own = |one: &&Arc<Template>| !library && &one.organization == call.caller.organization();
    let found: Vec<_> = call
        .world
        .directory
        .templates
        .iter()
        .filter(own)
        .filter(|template| filters.iter().all(|filter| passes(filter, template)))
        .collect();

    let number = |asked: Option<u64>| asked.and_then(|asked| usize::try_from(asked).ok());
    let limit = number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE);
    let in_full = request.content_type != Some(1);
    let with_url = request.with_preview_url == Some(true);
    let page = found.iter().skip(number(request.offset).unwrap_or(0)).take(limit);
    let templates = page.map(|template| {
        let url = if with_url { call.template_url(template) } else { String::new() };
        template_info(template, &call.world.directory, in_full, url)
    });
    Ok(DescribeFlowTemplatesResponse {
        templates: templates.collect(),
        total_count: i64::try_from(found.len()).unwrap_or(i64::MAX),
    })
}
