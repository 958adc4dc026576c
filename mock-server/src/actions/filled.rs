//! What the initiator and every signer of a contract filled in, or still have to: for `DescribeFlowComponents` of both services.
//!
//! Dynamic tables, attachments and watermarks are never listed (`api DescribeFlowComponents`). The initiator has no signing slot,
//! so that the document's id stands for theirs (ASSUMED).

use std::time::Duration;

use crate::domain::component::{Component, ComponentKind};
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::{Resource, ResourceKind};

/// One of those who fill in.
pub(super) struct Party {
    pub(super) recipient: String,
    pub(super) is_initiator: bool,
    pub(super) state: State,
    /// What they fill in.
    pub(super) components: Vec<Filled>,
    /// What they write while signing (签批).
    pub(super) written: Vec<Filled>,
}

/// How far somebody is with filling in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// There is nothing to.
    Nothing,
    /// Something must be filled in, or nothing was yet.
    Open,
    /// All that must be is.
    Done,
}

/// A component with its value.
pub(super) struct Filled {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) value: String,
    /// The link to a picture that was filled in.
    pub(super) image_url: String,
}

/// The initiator and the signers of a contract.
///
/// # Errors
/// It has no document yet.
pub(super) fn parties(call: &Call<'_>, flow: &Flow) -> Result<Vec<Party>, Refusal> {
    let document = flow.document.as_ref();
    let document = document.ok_or_else(|| Refusal::FlowHasNoDocument { flow: flow.id.to_string() })?;
    let expires_at = call.now.plus(PICTURE_LIFETIME);
    let picture = |component: &Component| {
        let number = flow.fills().position(|one| std::ptr::eq(one, component)).filter(|_| !component.files.is_empty());
        number.map(|number| picture_url(call, &format!("{}.{number}", flow.id), expires_at)).unwrap_or_default()
    };
    let initiator = party(document.id.as_str(), true, &document.fills, &[], &picture);
    let signers =
        flow.approvers.iter().map(|one| party(one.recipient.as_str(), false, &one.fills, &one.components, &picture));
    Ok(std::iter::once(initiator).chain(signers).collect())
}

/// How long the link to a picture lives: as long as other downloads (`api ChannelDescribeFlowComponents`).
const PICTURE_LIFETIME: Duration = Duration::from_secs(300);

fn picture_url(call: &Call<'_>, id: &str, expires_at: Timestamp) -> String {
    let kind = ResourceKind::FilledPicture;
    let found = Resource::find(call.world, kind, id);
    let key = download::key(&call.world.ids, kind.wire(), id, expires_at);
    found.map(|picture| call.urls.file(kind.wire(), id, 0, picture.extension(), &key)).unwrap_or_default()
}

fn party(
    recipient: &str,
    is_initiator: bool,
    fills: &[Component],
    signs: &[Component],
    picture: &dyn Fn(&Component) -> String,
) -> Party {
    let listed = |one: &&Component| {
        !matches!(one.kind, ComponentKind::DynamicTable | ComponentKind::Attachment | ComponentKind::Watermark)
    };
    // Comments and combinations of them (`api RecipientComponentInfo`).
    let written = |one: &&Component| matches!(one.kind, ComponentKind::Opinion | ComponentKind::SignCombination);
    Party {
        recipient: recipient.to_owned(),
        is_initiator,
        state: state(fills),
        components: fills.iter().filter(listed).map(|one| filled(one, picture)).collect(),
        written: signs.iter().filter(written).map(|one| filled(one, picture)).collect(),
    }
}

fn state(fills: &[Component]) -> State {
    let done = |one: &Component| !one.value.is_empty() || !one.required;
    match fills {
        [] => State::Nothing,
        [..] if fills.iter().all(done) && fills.iter().any(|one| !one.value.is_empty()) => State::Done,
        [..] => State::Open,
    }
}

fn filled(component: &Component, picture: &dyn Fn(&Component) -> String) -> Filled {
    Filled {
        id: component.id.clone(),
        name: component.name.clone(),
        value: component.value.clone(),
        // Of pictures only (`api FilledComponent`).
        image_url: if component.kind == ComponentKind::FillImage { picture(component) } else { String::new() },
    }
}

impl Filled {
    /// `ComponentFillStatus`.
    pub(super) fn status(&self) -> &'static str {
        if self.value.is_empty() { "0" } else { "1" }
    }
}
