//! `/_mock/worlds`: which worlds there are, and one more. Parallel test jobs take a world each.

use std::fmt;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Control;
use super::errors::Failure;
use super::request::Body;
use super::world::{Values, values};
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::WorldFile;

/// How many worlds a server holds. A world at rest costs tens of kilobytes, and whoever needs more forgot to share.
const WORLDS_KEPT: usize = 10_000;

#[derive(Serialize)]
pub(super) struct Row {
    alias: String,
    now: i64,
    mode: &'static str,
}

pub(super) async fn list(State(control): State<Arc<Control>>) -> Json<Vec<Row>> {
    let edge = EdgeTime::read();
    let rows = control.registry.accounts().into_iter().map(|account| {
        let pulse = account.pulse(edge);
        Row { alias: account.alias.to_string(), now: pulse.now.seconds(), mode: pulse.clock.mode() }
    });
    Json(rows.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWorld {
    from: Option<Origin>,
}

/// What a world is made from.
enum Origin {
    /// What the world with this alias started with.
    Named(String),
    /// A world file, in JSON.
    File(Box<WorldFile>),
}

impl<'de> Deserialize<'de> for Origin {
    /// By hand, so that what is wrong with a world file is told with its line and column.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Origin;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a world or a world file")
            }

            fn visit_str<E>(self, name: &str) -> Result<Origin, E> {
                Ok(Origin::Named(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Origin, A::Error> {
                WorldFile::deserialize(MapAccessDeserializer::new(map)).map(|file| Origin::File(Box::new(file)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A new world holds what the first one started with, or what is in the world file sent along; its keys are its own.
pub(super) async fn add(
    State(control): State<Arc<Control>>,
    Body(new): Body<NewWorld>,
) -> Result<Json<Values>, Failure> {
    let registry = &control.registry;
    let plan = registry.file().alias.as_str();
    let file = match new.from {
        None => None,
        Some(Origin::Named(name)) if name == plan => None,
        Some(Origin::Named(name)) => {
            return Err(Failure::not_found(format!(
                "from: there is nothing called `{name}` to make a world from. Say `{plan}`, leave it out, or send a world file."
            )));
        }
        Some(Origin::File(file)) => {
            file.check("from").map_err(|error| Failure::bad_request(error.to_string()))?;
            Some(Arc::from(file))
        }
    };
    if registry.accounts().len() >= WORLDS_KEPT {
        return Err(Failure::conflict(format!(
            "This server holds {WORLDS_KEPT} worlds, and no more fit. Reset and use one of them, or start the server anew."
        )));
    }
    let account = file.map_or_else(|| registry.add_world(), |file| registry.add_world_from(file));
    Ok(Json(values(registry, &account)))
}
