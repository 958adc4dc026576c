//! `/_mock/scenarios`: what this world has sent, as a file that `ess-mock replay` plays at any receiver.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use serde::Deserialize;

use super::errors::Failure;
use super::request::{Body, World};
use crate::callbacks::delivery::Delivery;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::scenario::record::{Title, record as write};

/// Which deliveries, and what the file is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recording {
    flow: Option<String>,
    address: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Seconds since 1970: only what was made then or later.
    since: Option<i64>,
    name: Option<String>,
    says: Option<String>,
}

/// A scenario file of every attempt the log still has, or of those that fit.
pub(super) async fn record(World(account): World, Body(wanted): Body<Recording>) -> Result<Response, Failure> {
    // The file is written after leaving the world.
    let (deliveries, settings) = account.enter(EdgeTime::read(), |world, _, _| {
        let fitting = world.callbacks.deliveries().map(|(_, one)| one).filter(|one| wanted.fits(one));
        (fitting.cloned().collect::<Vec<Arc<Delivery>>>(), world.settings.clone())
    });
    let title = Title {
        name: wanted.name.unwrap_or_else(|| "recording".to_owned()),
        says: wanted.says.unwrap_or_else(|| format!("What the world `{}` sent.", account.alias)),
    };
    let text = write(&deliveries, &settings, &title);
    let text = text.map_err(|why| Failure::defect(format!("The recording could not be written: {why}.")))?;
    let text = text.ok_or_else(|| {
        Failure::not_found(
            "Nothing that fits was sent yet. GET /_mock/callbacks/deliveries lists what there is; POST /_mock/clock \
             {\"advance\":\"0s\"} waits for what is on its way.",
        )
    })?;
    Ok(([(CONTENT_TYPE, "application/yaml")], text).into_response())
}

impl Recording {
    fn fits(&self, delivery: &Delivery) -> bool {
        let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        is(&self.flow, delivery.message.kind.flow_id().map_or("", |flow| flow.as_str()))
            && is(&self.address, &delivery.address.id)
            && is(&self.kind, delivery.message.kind.name())
            && self.since.is_none_or(|since| delivery.created_at >= Timestamp::from_seconds(since))
    }
}
