//! Contracts prepared by a call and launched by a person on a page, for both services.

use std::sync::Arc;

use crate::domain::flow::FlowState;
use crate::domain::ids::{FlowId, PreparationId};
use crate::domain::link::{Link, Opens};
use crate::domain::preparation::{EMBEDDED_LIFETIME, Preparation, PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// `ResourceType` of a template.
const TEMPLATE: i64 = 1;
/// `ResourceType` of a draft.
const DRAFT: i64 = 3;

/// What one contract is to be prepared from.
pub(super) struct Wanted<'a> {
    /// `ResourceType`.
    pub(super) kind: Option<i64>,
    /// `ResourceId`.
    pub(super) resource: Option<&'a String>,
    /// Whether the page asks for no file (`SkipUploadFile`).
    pub(super) skips_upload: bool,
    /// A contract that waits for its company's agreement, and is prepared again.
    pub(super) again: Option<&'a String>,
    /// Whether what was prepared is kept as a draft (`NeedFlowDraft`).
    pub(super) keeps_draft: bool,
}

/// The page a contract was prepared for.
pub(super) struct Page {
    /// The id reserved for the contract.
    pub(super) id: PreparationId,
    pub(super) link: Arc<Link>,
    /// The draft's id, where it is kept.
    pub(super) draft: Option<String>,
}

/// Prepares one contract; `prepared` says everything of it but what it is made of.
///
/// # Errors
/// What is wrong with the resource or the signers, or the quota is used up.
pub(super) fn prepare_flow(
    call: &mut Call<'_>,
    wanted: &Wanted<'_>,
    prepared: impl FnOnce(&Call<'_>, Option<Resource>) -> Result<PreparedFlow, Refusal>,
) -> Result<Page, Refusal> {
    let drafted = the_draft(call, wanted)?;
    let resource = match (wanted.resource, wanted.kind, &drafted) {
        (_, _, Some(draft)) => draft.resource.clone(),
        (Some(id), Some(TEMPLATE), None) => Some(template(call, id)?),
        (Some(id), _, None) => Some(file(call, id)?),
        (None, kind, None) if kind == Some(TEMPLATE) || wanted.skips_upload => {
            return Err(Refusal::ResourceIdMissing);
        }
        (None, _, None) => None,
    };
    let again = wanted.again.map(|id| waiting_for_review(call, id)).transpose()?;
    let mut prepared = prepared(call, resource)?;
    if let (Some(draft), true) = (drafted, prepared.new.approvers.is_empty()) {
        prepared.new.approvers = draft.new.approvers;
    }
    let expires_at = call.now.plus(EMBEDDED_LIFETIME);
    let (id, link) = page_for(call, None, vec![prepared], again, Reached::until(expires_at))?;
    let draft = wanted.keeps_draft.then(|| keep_draft(call, &id));
    Ok(Page { id, link, draft })
}

/// The draft that is prepared again.
fn the_draft(call: &Call<'_>, wanted: &Wanted<'_>) -> Result<Option<PreparedFlow>, Refusal> {
    if wanted.kind != Some(DRAFT) {
        return Ok(None);
    }
    let id = wanted.resource.ok_or(Refusal::ResourceIdMissing)?;
    let draft = call.world.preparations.get(id.as_str());
    let draft = draft.filter(|one| call.caller.launched(&one.initiator));
    let draft = draft.and_then(|one| one.flows.first()).filter(|flow| flow.id.as_str() != id);
    draft.cloned().map(Some).ok_or_else(|| Refusal::ResourceUnknown { id: id.clone() })
}

/// Keeps what was prepared under an id of its own as well.
fn keep_draft(call: &mut Call<'_>, prepared: &PreparationId) -> String {
    let id = call.world.ids.next(Kind::Task);
    if let Some(preparation) = call.world.preparations.get(prepared.as_str()).cloned() {
        let mut draft = preparation.as_ref().clone();
        draft.id = id.as_str().into();
        call.world.add_preparation(draft);
    }
    id
}

/// Only a contract whose company has not agreed to its start can be prepared again (`api CreatePrepareFlow.FlowId`).
fn waiting_for_review(call: &Call<'_>, id: &str) -> Result<FlowId, Refusal> {
    let flow = call.own_flow(id)?;
    let waits = flow.creation_review.is_some_and(|review| !review.is_open());
    if flow.state == FlowState::Draft && waits { Ok(flow.id.clone()) } else { Err(Refusal::FlowStatusWrong) }
}

/// A PDF of the caller's that has not expired.
pub(super) fn file(call: &Call<'_>, id: &str) -> Result<Resource, Refusal> {
    let file = call.file_to_sign(&[id.to_owned()])?;
    Ok(Resource::File(file.content.clone()))
}

/// A template of the caller's that can be used.
pub(super) fn template(call: &Call<'_>, id: &str) -> Result<Resource, Refusal> {
    let template = call.own_template(id)?;
    if !template.enabled {
        return Err(Refusal::TemplateUnknown { template: id.to_owned() });
    }
    Ok(Resource::Template(template))
}

/// How a page is reached and left.
pub(super) struct Reached {
    /// Until when it can be opened.
    pub(super) until: Timestamp,
    /// Where it leads after the launch.
    pub(super) jump_url: Option<String>,
}

impl Reached {
    /// A page that leads nowhere.
    pub(super) fn until(until: Timestamp) -> Self {
        Self { until, jump_url: None }
    }
}

/// Checks what is there so far, reserves ids (but for a contract that has one already), and makes the link to the page where
/// the rest is done. A company that could launch nothing is refused here already (ASSUMED: the code is published, the
/// moment is not).
///
/// # Errors
/// What is wrong with it, the customer a platform prepares for has no licence, or the quota is used up.
pub(super) fn page_for(
    call: &mut Call<'_>,
    group: Option<String>,
    flows: Vec<PreparedFlow>,
    again: Option<FlowId>,
    reached: Reached,
) -> Result<(PreparationId, Arc<Link>), Refusal> {
    let operator = call.caller.operator()?.clone();
    let initiator = call.caller.initiator()?;
    call.caller.ensure_licensed(call.now)?;
    let id = PreparationId::from("");
    let mut preparation = Preparation { id, initiator, operator, group, flows, launched: false };
    preparation.check(&call.world.directory, call.now)?;
    call.ensure_contracts_left(1)?;
    for flow in &mut preparation.flows {
        flow.id = again.clone().unwrap_or_else(|| call.world.ids.next(Kind::Flow).into());
        preparation.id = flow.id.as_str().into();
    }
    if preparation.group.is_some() {
        preparation.id = call.world.ids.next(Kind::FlowGroup).into();
    }
    let id = preparation.id.clone();
    call.world.add_preparation(preparation);
    let link = call.world.add_link(Opens::Preparation(id.clone()), reached.until, reached.jump_url);
    Ok((id, link))
}
