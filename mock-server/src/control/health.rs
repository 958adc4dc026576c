//! `GET /_mock/health`: whether the server is ready, and which worlds are no longer to be trusted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::Control;
use crate::engine::clock::EdgeTime;
use crate::gateway::signature::SignatureClock;

#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    version: &'static str,
    /// The clock that signatures expire by, when it is not the machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    signature_clock: Option<SignatureClock>,
    /// Worlds in which a handler panicked; a reset mends them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    damaged: Vec<Damaged>,
    /// Callback addresses that lost messages because too many were unfinished.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dropped_callbacks: Vec<Dropped>,
}

#[derive(Serialize)]
struct Damaged {
    world: String,
    why: String,
}

#[derive(Serialize)]
struct Dropped {
    world: String,
    address: String,
    dropped: u64,
}

pub(super) async fn show(State(control): State<Arc<Control>>) -> Json<Health> {
    let edge = EdgeTime::read();
    let mut health = Health {
        status: "ready",
        version: env!("CARGO_PKG_VERSION"),
        signature_clock: Some(control.options.signature_clock).filter(|clock| *clock != SignatureClock::Real),
        damaged: Vec::new(),
        dropped_callbacks: Vec::new(),
    };
    for account in control.registry.accounts() {
        let world = || account.alias.to_string();
        health.damaged.extend(account.pulse(edge).damaged.map(|why| Damaged { world: world(), why }));
        let dropped = account.dropped_callbacks().into_iter();
        health.dropped_callbacks.extend(dropped.map(|(address, dropped)| Dropped { world: world(), address, dropped }));
    }
    Json(health)
}
