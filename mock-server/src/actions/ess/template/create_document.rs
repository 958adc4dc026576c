//! `CreateDocument` gives a contract its document: a template's, with what the initiator fills in.
//!
//! The document is composed some seconds later, which `DocumentFill` tells when there was anything to fill in; then
//! `StartFlow` has five minutes (`api CreateDocument`). As a preview nothing is made (`api CreateDocument.NeedPreview`).

use ess_schemas::ess::{CreateDocumentRequest, CreateDocumentResponse};

use crate::actions::ess::dialect;
use crate::domain::event::Happening;
use crate::domain::launch::NewFlow;
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such template or contract, the two do not fit, a value does not fit its component, or no preview is left.
pub fn create_document(call: &mut Call<'_>, request: CreateDocumentRequest) -> Result<CreateDocumentResponse, Refusal> {
    let template = call.own_template(&request.template_id)?;
    let fields = request.form_fields.iter().flatten();
    let values = fields.map(|one| dialect::fill(&one.component_id, &one.component_name, &one.component_value));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    if request.need_preview == Some(true) {
        return preview(call, &template, &values, request.preview_type == Some(1));
    }

    let found = call.own_flow(request.flow_id.as_deref().unwrap_or_default())?;
    let mut flow = found.as_ref().clone();
    let mut ids = call.world.ids.clone();
    call.attach(&mut flow, &template, &values, &mut ids)?;
    call.world.ids = ids;
    let response = CreateDocumentResponse {
        document_id: flow.document_id().to_owned(),
        preview_file_url: String::new(),
        approvers: Some(flow.approvers.iter().map(dialect::approver_item).collect()),
    };
    call.change_flow(&found.id, |stored| {
        *stored = flow;
        Ok(vec![Happening::Revised])
    })?;
    Ok(response)
}

/// The document alone: who would sign it is not asked, since a preview needs no contract (`api CreateDocument.FlowId`).
fn preview(
    call: &mut Call<'_>,
    template: &Template,
    values: &[Fill],
    on_a_page: bool,
) -> Result<CreateDocumentResponse, Refusal> {
    let mut drawn = call.world.ids.clone();
    let new = NewFlow { name: template.name.clone(), open_ended: true, ..NewFlow::default() };
    let mut flow = call.draft(new, &mut drawn)?;
    flow.document = Some(template.compose(values, "".into(), call.now)?);
    let preview_file_url = call.preview(flow, on_a_page)?;
    Ok(CreateDocumentResponse { document_id: String::new(), preview_file_url, approvers: None })
}
