//! `DescribeFlowComponents` tells what the initiator and every signer filled in, or still has to.
//!
//! A party with nothing to fill in has the fill status "" (`ex DescribeFlowComponents`). Dynamic tables, attachments and
//! watermarks are never listed (`api DescribeFlowComponents`). The initiator has no signing slot, so that the document's id
//! stands for theirs (ASSUMED).

use ess_schemas::ess::{
    DescribeFlowComponentsRequest, DescribeFlowComponentsResponse, FilledComponent, RecipientComponentInfo,
};

use crate::domain::component::{Component, ComponentKind};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract, one the caller's company takes no part in, or one without a document.
pub fn describe_flow_components(
    call: &mut Call<'_>,
    request: DescribeFlowComponentsRequest,
) -> Result<DescribeFlowComponentsResponse, Refusal> {
    let flow = call.flow(&request.flow_id)?;
    if !flow.involves(call.caller.organization()) {
        return Err(Refusal::FlowOfAnotherOrganization { flow: request.flow_id });
    }
    let document = flow.document.as_ref();
    let document = document.ok_or_else(|| Refusal::FlowHasNoDocument { flow: flow.id.to_string() })?;
    let initiator = info(document.id.as_str(), true, &document.fills, &[]);
    let signers = flow.approvers.iter().map(|one| info(one.recipient.as_str(), false, &one.fills, &one.components));
    Ok(DescribeFlowComponentsResponse {
        recipient_component_infos: std::iter::once(initiator).chain(signers).collect(),
    })
}

fn info(recipient: &str, is_promoter: bool, fills: &[Component], signs: &[Component]) -> RecipientComponentInfo {
    let listed = |one: &&Component| {
        !matches!(one.kind, ComponentKind::DynamicTable | ComponentKind::Attachment | ComponentKind::Watermark)
    };
    // What a signer writes while signing (签批): comments and combinations of them (`api RecipientComponentInfo`).
    let written = |one: &&Component| matches!(one.kind, ComponentKind::Opinion | ComponentKind::SignCombination);
    let components: Vec<_> = fills.iter().filter(listed).map(|one| filled(recipient, one)).collect();
    let sign_components: Vec<_> = signs.iter().filter(written).map(|one| filled(recipient, one)).collect();
    RecipientComponentInfo {
        recipient_id: Some(recipient.to_owned()),
        recipient_fill_status: Some(fill_status(fills)),
        is_promoter: Some(is_promoter),
        components: Some(components),
        sign_components: (!sign_components.is_empty()).then_some(sign_components),
    }
}

/// "" for nothing to fill in, "1" when all is, "0" before (`api RecipientComponentInfo`).
fn fill_status(fills: &[Component]) -> String {
    let done = |one: &Component| !one.value.is_empty() || !one.required;
    match fills {
        [] => "",
        [..] if fills.iter().all(done) && fills.iter().any(|one| !one.value.is_empty()) => "1",
        [..] => "0",
    }
    .to_owned()
}

fn filled(recipient: &str, component: &Component) -> FilledComponent {
    FilledComponent {
        component_id: component.id.clone(),
        component_name: component.name.clone(),
        component_fill_status: if component.value.is_empty() { "0" } else { "1" }.to_owned(),
        component_value: component.value.clone(),
        component_recipient_id: recipient.to_owned(),
        image_url: String::new(),
    }
}
