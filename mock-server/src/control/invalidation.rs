//! `POST /_mock/flows/{id}/invalidate`: makes a running contract void, as the vendor does when a signer changes their legal
//! name and for other reasons no call has (status 16).

use axum::Json;
use serde::Deserialize;

use super::errors::Failure;
use super::flows::{Shown, unknown};
use super::request::{Body, Id, World};
use super::words;
use crate::engine::clock::EdgeTime;

/// What happened outside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Invalidation {
    /// Why, shown as the contract's message.
    message: Option<String>,
}

pub(super) async fn invalidate(
    World(account): World,
    Id(id): Id,
    Body(invalidation): Body<Invalidation>,
) -> Result<Json<Shown>, Failure> {
    let reason = invalidation.message.as_deref().unwrap_or("签署方信息变更");
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let flow = world.flows.get(id.as_str()).cloned().ok_or_else(|| unknown(&id))?;
        let done = world.change_flow(&flow.id, now, outbox, |flow| flow.invalidate(reason, now));
        done.map_err(|refusal| words::explain(&refusal, &flow))?;
        let after = world.flows.get(id.as_str()).cloned().unwrap_or(flow);
        Ok(Json(Shown::from(after.as_ref())))
    })
}
