//! `/_mock/callbacks/messages` and `/_mock/callbacks/hostile`: what can be sent, and what a good receiver does with it.

use axum::Json;
use ess_client::callback::Generation;
use ess_schemas::callbacks::Basis;
use serde::Serialize;

use crate::callbacks::handmade;
use crate::callbacks::hostile::{Expected, Hostile};

/// A kind of message.
#[derive(Serialize)]
pub(super) struct MessageRow {
    #[serde(rename = "MsgType")]
    msg_type: &'static str,
    generation: Generation,
    /// How well its fields are known.
    basis: &'static str,
    source: &'static str,
}

/// A hostile body.
#[derive(Serialize)]
pub(super) struct HostileRow {
    name: &'static str,
    what: &'static str,
    expected: Expected,
}

pub(super) async fn messages() -> Json<Vec<MessageRow>> {
    let generations = [Generation::Company, Generation::Partner, Generation::Legacy];
    let rows = generations.into_iter().flat_map(|generation| {
        handmade::types(generation).into_iter().filter_map(move |msg_type| {
            let contract = handmade::contract(generation, msg_type)?;
            let basis = match contract.basis {
                Basis::Documented => "documented",
                Basis::Sampled => "sampled",
                Basis::Assumed => "assumed",
            };
            Some(MessageRow { msg_type, generation, basis, source: contract.source })
        })
    });
    Json(rows.collect())
}

pub(super) async fn hostile() -> Json<Vec<HostileRow>> {
    let row = |one: &Hostile| HostileRow { name: one.name(), what: one.what(), expected: one.expected() };
    Json(Hostile::ALL.iter().map(row).collect())
}
