//! `POST /_mock/flows/{id}/sign | reject | fill`: act as an approver, without a link and without being asked who one is.

use std::sync::Arc;

use axum::Json;
use serde::Deserialize;
use serde_json::Value;

use super::errors::Failure;
use super::flows::{Shown, unknown};
use super::request::{Body, Id, World};
use super::words;
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;
use crate::engine::world::{Outbox, World as EngineWorld};

/// Who acts, and how. One form for all three acts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    /// RecipientId, SignId or 0-based index; whose turn it is when left out.
    pub(super) approver: Option<Value>,
    /// Why they refuse.
    message: Option<String>,
    /// What they fill in.
    fields: Option<Value>,
}

pub(super) async fn sign(World(account): World, Id(id): Id, Body(act): Body<Act>) -> Result<Json<Shown>, Failure> {
    if act.message.is_some() {
        return Err(Failure::bad_request("message: only reject takes one. Leave it out."));
    }
    no_fields(&act)?;
    perform(&account, &id, &act, |world, flow, recipient, now, outbox| {
        world.sign_flow(&flow.id, recipient, now, outbox)
    })
}

pub(super) async fn reject(World(account): World, Id(id): Id, Body(act): Body<Act>) -> Result<Json<Shown>, Failure> {
    no_fields(&act)?;
    let reason = act.message.as_deref().unwrap_or_default();
    perform(&account, &id, &act, |world, flow, recipient, now, outbox| {
        world.change_flow(&flow.id, now, outbox, |flow| flow.reject(recipient, reason, now))
    })
}

pub(super) async fn fill(World(account): World, Id(id): Id, Body(act): Body<Act>) -> Result<Json<Shown>, Failure> {
    if act.message.is_some() {
        return Err(Failure::bad_request("message: only reject takes one. Leave it out."));
    }
    let values = values(act.fields.as_ref())?;
    perform(&account, &id, &act, |world, flow, recipient, now, outbox| {
        world.change_flow(&flow.id, now, outbox, |flow| flow.fill(recipient, &values, now))
    })
}

fn no_fields(act: &Act) -> Result<(), Failure> {
    match act.fields {
        Some(_) => Err(Failure::bad_request("fields: only fill takes them. Leave them out.")),
        None => Ok(()),
    }
}

/// `{"component's id or name": "value"}`.
fn values(fields: Option<&Value>) -> Result<Vec<Fill>, Failure> {
    let wrong =
        || Failure::bad_request("fields: expected an object of component ids or names and their values as texts.");
    let Some(fields) = fields else { return Ok(Vec::new()) };
    let fields = fields.as_object().ok_or_else(wrong)?;
    let fill = |(component, value): (&String, &Value)| {
        Some(Fill { component: component.clone(), value: value.as_str()?.to_owned() })
    };
    fields.iter().map(|one| fill(one).ok_or_else(wrong)).collect()
}

/// Finds the contract and the approver, and lets them act.
fn perform(
    account: &Arc<Account>,
    id: &str,
    act: &Act,
    rule: impl FnOnce(&mut EngineWorld, &Flow, &RecipientId, Timestamp, &mut Outbox) -> Result<(), Refusal>,
) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let flow = world.flows.get(id).cloned().ok_or_else(|| unknown(id))?;
        let recipient = find(&flow, act.approver.as_ref())?.recipient.clone();
        rule(world, &flow, &recipient, now, outbox).map_err(|refusal| words::explain(&refusal, &flow))?;
        let after = world.flows.get(id).cloned().unwrap_or(flow);
        Ok(Json(Shown::from(after.as_ref())))
    })
}

pub(super) fn find<'a>(flow: &'a Flow, wanted: Option<&Value>) -> Result<&'a Approver, Failure> {
    let Some(wanted) = wanted else { return first_due(flow) };
    let found = match wanted {
        Value::Number(index) => {
            index.as_u64().and_then(|index| usize::try_from(index).ok()).and_then(|index| flow.approvers.get(index))
        }
        Value::String(id) => flow.approver(id).or_else(|| flow.approver_signing(&id.as_str().into())),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            return Err(Failure::bad_request(format!(
                "approver: {wanted} names nobody. Expected a RecipientId, a SignId, or a number counted from 0."
            )));
        }
    };
    found.ok_or_else(|| {
        let (id, count) = (&flow.id, flow.approvers.len());
        Failure::not_found(format!(
            "approver: contract {id} has no approver {wanted}. It has {count}: name one by RecipientId, SignId or a \
             number counted from 0; GET /_mock/flows/{id} shows them."
        ))
    })
}

fn first_due(flow: &Flow) -> Result<&Approver, Failure> {
    let due = flow.approvers.iter().find(|one| one.is_due() || one.is_due_to_fill());
    due.ok_or_else(|| match flow.ensure_open() {
        Err(refusal) => words::explain(&refusal, flow),
        Ok(()) => Failure::conflict(format!("Contract {}: nobody is due.", flow.id)),
    })
}
