//! Contracts prepared here and launched by a person on a page.

pub mod create_mini_app_prepare_flow;
pub mod create_prepare_flow;
pub mod create_prepare_flow_group;

use std::sync::Arc;

use ess_schemas::ess::{Component, FlowCreateApprover};

use crate::actions::ess::dialect::{self, given};
use crate::actions::{Handler, prepared, quick};
use crate::domain::approver::Labels;
use crate::domain::employee::{Card, CardKind};
use crate::domain::ids::{FlowId, PreparationId};
use crate::domain::launch::NewApprover;
use crate::domain::link::{Link, Opens};
use crate::domain::preparation::{Preparation, PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_mini_app_prepare_flow::create_mini_app_prepare_flow),
        prepared(create_prepare_flow::prepare, create_prepare_flow::create_prepare_flow),
        prepared(create_prepare_flow_group::prepare, create_prepare_flow_group::create_prepare_flow_group),
    ]
}

/// A PDF of the caller's that has not expired.
fn file(call: &Call<'_>, id: &str) -> Result<Resource, Refusal> {
    let file = call.usable_file(id)?;
    if file.content.pages.is_none() {
        return Err(Refusal::FileNotPdf { file: id.to_owned() });
    }
    Ok(Resource::File(file.content.clone()))
}

/// A template of the caller's that can be used.
fn template(call: &Call<'_>, id: &str) -> Result<Resource, Refusal> {
    let unknown = || Refusal::TemplateUnknown { template: id.to_owned() };
    let template = call.world.directory.templates.get(id).ok_or_else(unknown)?;
    if &template.organization != call.caller.organization() || !template.enabled {
        return Err(unknown());
    }
    Ok(Resource::Template(template.clone()))
}

/// Checks what is there so far, reserves ids (but for a contract that has one already), and makes the link to the page where
/// the rest is done. A company that could launch nothing is refused here already (ASSUMED: the code is published, the
/// moment is not).
fn page_for(
    call: &mut Call<'_>,
    group: Option<String>,
    flows: Vec<PreparedFlow>,
    again: Option<FlowId>,
    expires_at: Timestamp,
) -> Result<(PreparationId, Arc<Link>), Refusal> {
    let operator = call.caller.operator()?.clone();
    let initiator = call.caller.initiator()?;
    let id = PreparationId::from("");
    let mut preparation = Preparation { id, initiator, operator, group, flows, launched: false };
    preparation.check(&call.world.directory, call.now)?;
    let company = call.world.directory.organizations.get(call.caller.organization().as_str());
    if company.is_none_or(|company| company.quota.left == 0) {
        return Err(Refusal::QuotaExhausted);
    }
    for flow in &mut preparation.flows {
        flow.id = again.clone().unwrap_or_else(|| call.world.ids.next(Kind::Flow).into());
        preparation.id = flow.id.as_str().into();
    }
    if preparation.group.is_some() {
        preparation.id = call.world.ids.next(Kind::FlowGroup).into();
    }
    let id = preparation.id.clone();
    call.world.add_preparation(preparation);
    let link = call.world.add_link(Opens::Preparation(id.clone()), expires_at, None);
    Ok((id, link))
}

/// Reads the file's text before the world is opened, where a component is placed by it.
fn read_ahead<'a>(
    account: &Arc<Account>,
    edge: EdgeTime,
    file: Option<&String>,
    mut components: impl Iterator<Item = &'a Component>,
) {
    let searches = |one: &Component| matches!(one.generate_mode.as_deref(), Some("FIELD" | "KEYWORD"));
    let Some(id) = file.filter(|_| components.any(searches)) else { return };
    let content = account.enter(edge, |world, _, _| world.files.get(id.as_str()).map(|file| file.content.clone()));
    if let Some(content) = content {
        content.layout();
    }
}

/// A signer, without what they fill in and sign with.
fn signer(info: &FlowCreateApprover) -> NewApprover {
    let option = info.approver_option.as_ref();
    let kind = given(&info.approver_id_card_type).and_then(|kind| CardKind::from_wire(kind)).unwrap_or_default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    NewApprover {
        kind: info.approver_type,
        recipient: given(&info.recipient_id).map(|id| id.as_str().into()),
        open: option.and_then(|option| option.fill_type) == Some(1),
        email: info.approver_email.clone(),
        sign_checks: info.approver_sign_types.iter().flatten().filter_map(|one| i64::try_from(*one).ok()).collect(),
        needs_review: info.approver_need_sign_review.unwrap_or(false),
        organization_name: info.organization_name.clone(),
        user: given(&info.user_id).map(|id| id.as_str().into()),
        name: info.approver_name.clone(),
        mobile: info.approver_mobile.clone(),
        card: given(&info.approver_id_card_number).map(|number| Card { kind, number: number.clone() }),
        deadline: info.deadline.filter(|deadline| *deadline != 0).map(Timestamp::from_seconds),
        notify: dialect::notify(info.notify_type.as_deref()),
        no_refuse: option.and_then(|option| option.no_refuse).unwrap_or(false),
        labels: Labels { source: text(&info.approver_source), tag: text(&info.custom_approver_tag) },
        ..NewApprover::default()
    }
}
