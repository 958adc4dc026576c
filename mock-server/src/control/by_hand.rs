//! `/_mock/callbacks/send`: a message by hand, to some or all addresses, well made or hostile.

mod scene;

use std::sync::Arc;

use axum::Json;
use ess_client::callback::Generation;
use serde::Deserialize;

use super::deliveries::{self, Shown};
use super::errors::Failure;
use super::request::{Body, World};
use crate::callbacks::behalf::Behalf;
use crate::callbacks::delivery::Delivery;
use crate::callbacks::fields::Fields;
use crate::callbacks::hostile::Hostile;
use crate::callbacks::message::{Message, MessageKind};
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;
use scene::Scene;

/// How often one call may send a message: a storm, and no flood.
const MOST_TIMES: u32 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(rename = "MsgType")]
    msg_type: String,
    /// What it is about.
    flow: Option<String>,
    template: Option<String>,
    seal: Option<String>,
    /// Whose event it is; the flow's, template's or seal's company when left out, else the first one.
    organization: Option<String>,
    /// To whom; everybody who listens to the company when left out.
    address: Option<String>,
    /// Whose fields and envelope; the address's own when left out.
    generation: Option<Generation>,
    /// Goes over what the message would say.
    data: Option<Fields>,
    hostile: Option<String>,
    times: Option<u32>,
    #[serde(default)]
    unchecked: bool,
}

pub(super) async fn send(World(account): World, Body(wanted): Body<Wanted>) -> Result<Json<Vec<Shown>>, Failure> {
    let hostile = wanted.hostile.as_deref().map(str::parse::<Hostile>).transpose();
    let hostile = hostile.map_err(|why| {
        Failure::bad_request(format!("hostile: {why}. GET /_mock/callbacks/hostile says what each is."))
    })?;
    let times = wanted.times.unwrap_or(1);
    if times == 0 || times > MOST_TIMES {
        return Err(Failure::bad_request(format!("times: {times} is not between 1 and {MOST_TIMES}.")));
    }
    let scene = account.try_enter(EdgeTime::read(), |world, now, _| Scene::of(world, now, &wanted))?;
    // Checking and trying out are heavy enough to be done outside of the world.
    let messages = scene.messages(&wanted)?;
    if let Some(hostile) = hostile {
        scene.try_out(hostile, &messages)?;
    }
    let sent: Vec<Arc<Delivery>> = account.enter(EdgeTime::read(), |world, now, _| {
        let mut sent = Vec::new();
        let mut ids: Vec<(Generation, Arc<Message>)> = Vec::new();
        for (address, made) in scene.addresses.iter().zip(&messages) {
            if !world.callbacks.addresses().any(|one| one.id == address.id) {
                continue;
            }
            // One message, and so one MsgId, for all who read the same.
            let known = ids.iter().find(|(generation, _)| *generation == made.generation).map(|(_, one)| one.clone());
            let message = known.unwrap_or_else(|| {
                let id = world.ids.next(Kind::Message).into();
                let (organization, kind) = (scene.organization.clone(), MessageKind::ByHand(made.clone()));
                let message = Arc::new(Message { id, organization, behalf: Behalf::default(), at: now, kind });
                ids.push((made.generation, message.clone()));
                message
            });
            for _ in 0..times {
                let (message, address) = (message.clone(), address.clone());
                let (ids, timers) = (&mut world.ids, &mut world.timers);
                sent.extend(world.callbacks.send(message, address, hostile, now, ids, timers));
            }
        }
        sent
    });
    Ok(Json(sent.iter().map(|one| deliveries::shown(one, &scene.settings)).collect()))
}
