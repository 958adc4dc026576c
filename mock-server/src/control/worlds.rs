//! `/_mock/worlds`: which worlds there are, one more, one less. Parallel test jobs take a world each.

use std::fmt;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Control;
use super::errors::Failure;
use super::request::{Body, Id};
use super::snapshots::check_name;
use super::world::{Values, values};
use crate::engine::clock::EdgeTime;
use crate::engine::new_world::{GivenKey, NewWorld, NotMade, Source};
use crate::engine::registry::Registry;
use crate::engine::snapshot::Snapshot;
use crate::engine::world_file::WorldFile;

/// The longest SecretKey that can be given.
const LONGEST_SECRET_KEY: usize = 256;

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
pub(super) struct Wanted {
    from: Option<Origin>,
    alias: Option<String>,
    #[serde(default)]
    keys: Vec<GivenKey>,
    seed: Option<u64>,
    #[serde(default)]
    callbacks: Pending,
}

/// What becomes of callbacks that were on their way where the world comes from.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pending {
    /// They stay in the log and go nowhere.
    #[default]
    Keep,
    /// They go out from the new world, too.
    Send,
}

/// What a world is made from.
enum Origin {
    /// What the first world started with, a snapshot, or a world as it stands.
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
                f.write_str("the name of a snapshot or a world, or a world file")
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

/// A new world holds what the first one started with, what a snapshot holds or a living world as it stands, or what is in
/// the world file sent along. Keys that are not given are drawn.
pub(super) async fn add(
    State(control): State<Arc<Control>>,
    Body(wanted): Body<Wanted>,
) -> Result<Json<Values>, Failure> {
    let registry = &control.registry;
    let source = match wanted.from {
        None => Source::Beginning,
        Some(Origin::Named(name)) => named(registry, name, wanted.callbacks)?,
        Some(Origin::File(file)) => {
            file.check("from").map_err(|error| Failure::bad_request(error.to_string()))?;
            Source::File(Arc::from(file))
        }
    };
    if let Some(alias) = &wanted.alias {
        check_name("alias", alias)?;
        if registry.snapshots().get(alias).is_some() {
            return Err(Failure::conflict(format!("alias: a snapshot is called `{alias}`.")));
        }
    }
    for key in &wanted.keys {
        check_name("keys: secret_id", &key.secret_id)?;
        if !(1..=LONGEST_SECRET_KEY).contains(&key.secret_key.len()) {
            return Err(Failure::bad_request(format!(
                "keys: secret_key: expected 1 to {LONGEST_SECRET_KEY} characters."
            )));
        }
    }
    let new = NewWorld { source, alias: wanted.alias, keys: wanted.keys, seed: wanted.seed };
    let account = registry.make(new).map_err(|error| match error {
        NotMade::TooMany | NotMade::AliasTaken(_) | NotMade::SecretIdTaken(_) => Failure::conflict(sentence(&error)),
        NotMade::NamedTwice(_) | NotMade::OrganizationUnknown(_) => Failure::bad_request(sentence(&error)),
    })?;
    Ok(Json(values(registry, &account)))
}

fn named(registry: &Arc<Registry>, name: String, callbacks: Pending) -> Result<Source, Failure> {
    let plan = registry.file().alias.as_str();
    if name == plan {
        return Ok(Source::Beginning);
    }
    let kept = registry.snapshots().get(&name).map(|named| named.snapshot.clone());
    let living = || registry.account_with_alias(&name).map(|account| account.snapshot(EdgeTime::read()));
    let Some(snapshot) = kept.or_else(living) else {
        return Err(Failure::not_found(format!(
            "from: there is nothing called `{name}` to make a world from. Say `{plan}` for what the first world started \
             with, the name of a snapshot (GET /_mock/snapshots), the alias of a world (GET /_mock/worlds), or send a world \
             file."
        )));
    };
    let snapshot = if callbacks == Pending::Send { snapshot } else { Snapshot::kept_back(snapshot) };
    Ok(Source::Snapshot { name, snapshot: Box::new(snapshot) })
}

#[derive(Serialize)]
pub(super) struct Removed {
    removed: String,
}

/// Takes a world away with its keys; calls that use them are refused from then on.
pub(super) async fn remove(State(control): State<Arc<Control>>, Id(alias): Id) -> Result<Json<Removed>, Failure> {
    let account = control.registry.account_with_alias(&alias).ok_or_else(|| {
        Failure::not_found(format!("No world has the alias `{alias}`. GET /_mock/worlds lists those there are."))
    })?;
    if control.registry.remove(&account) {
        Ok(Json(Removed { removed: alias }))
    } else {
        Err(Failure::conflict(format!("`{alias}` is the first world, which stays. POST /_mock/reset empties it.")))
    }
}

/// An error of the engine's as a sentence.
pub(super) fn sentence(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    if text.ends_with('.') { text } else { format!("{text}.") }
}
