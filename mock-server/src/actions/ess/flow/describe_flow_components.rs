//! `DescribeFlowComponents` tells what the initiator and every signer filled in, or still has to.
//!
//! A party with nothing to fill in has the fill status "" (`ex DescribeFlowComponents`). Dynamic tables, attachments and
//! watermarks are never listed (`api DescribeFlowComponents`). The initiator has no signing slot, so that the document's id
//! stands for theirs (ASSUMED).

use std::time::Duration;

use ess_schemas::ess::{
    DescribeFlowComponentsRequest, DescribeFlowComponentsResponse, FilledComponent, RecipientComponentInfo,
};

use crate::domain::component::{Component, ComponentKind};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::{Resource, ResourceKind};

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
    let expires_at = call.now.plus(PICTURE_LIFETIME);
    let picture = |component: &Component| {
        let number = flow.fills().position(|one| std::ptr::eq(one, component)).filter(|_| !component.files.is_empty());
        number.map(|number| picture_url(call, &format!("{}.{number}", flow.id), expires_at)).unwrap_or_default()
    };
    let initiator = info(document.id.as_str(), true, &document.fills, &[], &picture);
    let signers =
        flow.approvers.iter().map(|one| info(one.recipient.as_str(), false, &one.fills, &one.components, &picture));
    Ok(DescribeFlowComponentsResponse {
        recipient_component_infos: std::iter::once(initiator).chain(signers).collect(),
    })
}

/// How long the link to a picture lives: as long as other downloads (ASSUMED).
const PICTURE_LIFETIME: Duration = Duration::from_secs(300);

/// The link to a picture somebody filled in.
fn picture_url(call: &Call<'_>, id: &str, expires_at: Timestamp) -> String {
    let kind = ResourceKind::FilledPicture;
    let found = Resource::find(call.world, kind, id);
    let key = download::key(&call.world.ids, kind.wire(), id, expires_at);
    found.map(|picture| call.urls.file(kind.wire(), id, 0, picture.extension(), &key)).unwrap_or_default()
}

fn info(
    recipient: &str,
    is_promoter: bool,
    fills: &[Component],
    signs: &[Component],
    picture: &dyn Fn(&Component) -> String,
) -> RecipientComponentInfo {
    let listed = |one: &&Component| {
        !matches!(one.kind, ComponentKind::DynamicTable | ComponentKind::Attachment | ComponentKind::Watermark)
    };
    // What a signer writes while signing (签批): comments and combinations of them (`api RecipientComponentInfo`).
    let written = |one: &&Component| matches!(one.kind, ComponentKind::Opinion | ComponentKind::SignCombination);
    let components: Vec<_> = fills.iter().filter(listed).map(|one| filled(recipient, one, picture)).collect();
    let sign_components: Vec<_> = signs.iter().filter(written).map(|one| filled(recipient, one, picture)).collect();
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

fn filled(recipient: &str, component: &Component, picture: &dyn Fn(&Component) -> String) -> FilledComponent {
    FilledComponent {
        component_id: component.id.clone(),
        component_name: component.name.clone(),
        component_fill_status: if component.value.is_empty() { "0" } else { "1" }.to_owned(),
        component_value: component.value.clone(),
        component_recipient_id: recipient.to_owned(),
        // Of pictures only (`api FilledComponent`).
        image_url: if component.kind == ComponentKind::FillImage { picture(component) } else { String::new() },
    }
}
