//! Contracts prepared here and launched by a person on a page.

pub mod create_mini_app_prepare_flow;
pub mod create_prepare_flow;
pub mod create_prepare_flow_group;

use std::sync::Arc;

use crate::actions::{Handler, prepared, quick};
use crate::domain::ids::{FlowId, PreparationId};
use crate::domain::link::{Link, Opens};
use crate::domain::preparation::{Preparation, PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
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
    let file = call.file_to_sign(&[id.to_owned()])?;
    Ok(Resource::File(file.content.clone()))
}

/// A template of the caller's that can be used.
fn template(call: &Call<'_>, id: &str) -> Result<Resource, Refusal> {
    let template = call.own_template(id)?;
    if !template.enabled {
        return Err(Refusal::TemplateUnknown { template: id.to_owned() });
    }
    Ok(Resource::Template(template))
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
    let link = call.world.add_link(Opens::Preparation(id.clone()), expires_at, None);
    Ok((id, link))
}
