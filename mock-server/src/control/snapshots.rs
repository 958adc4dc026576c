//! `/_mock/snapshots`: worlds as they were, by name. Taken, put back, written down, brought along.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde::{Deserialize, Serialize};

use super::Control;
use super::errors::Failure;
use super::request::{Body, Id, Query, Text, World};
use super::worlds::sentence;
use crate::engine::clock::EdgeTime;
use crate::engine::new_world::is_name;
use crate::engine::snapshot::text::{self, Notation};
use crate::engine::snapshot::{Pace, Snapshot};
use crate::engine::snapshots::{Named, NotKept};

#[derive(Serialize)]
pub(super) struct Row {
    name: String,
    /// The world it was taken in; null for one that was brought along.
    world: Option<String>,
    /// Its time.
    now: i64,
    mode: &'static str,
    flows: usize,
    /// Callbacks that were on their way.
    pending: usize,
}

impl From<&Named> for Row {
    fn from(named: &Named) -> Self {
        let Snapshot { clock, world, .. } = &named.snapshot;
        Self {
            name: named.name.clone(),
            world: named.taken_in.as_ref().map(ToString::to_string),
            now: world.now.seconds(),
            mode: match clock {
                Pace::Running => "running",
                Pace::Frozen => "frozen",
            },
            flows: world.flows.len(),
            pending: world.callbacks.waiting(),
        }
    }
}

pub(super) async fn list(State(control): State<Arc<Control>>) -> Json<Vec<Row>> {
    Json(control.registry.snapshots().all().iter().map(|named| Row::from(named.as_ref())).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    name: String,
}

/// Keeps the world as it stands.
pub(super) async fn take(
    State(control): State<Arc<Control>>,
    World(account): World,
    Body(wanted): Body<Wanted>,
) -> Result<Json<Row>, Failure> {
    check_free(&control, &wanted.name)?;
    let snapshot = account.snapshot(EdgeTime::read());
    keep(&control, Named { name: wanted.name, taken_in: Some(account.alias.clone()), snapshot })
}

/// Puts the world back to how it was, with its time, its ids and what was on its way.
pub(super) async fn restore(
    State(control): State<Arc<Control>>,
    World(account): World,
    Id(name): Id,
) -> Result<Json<Restored>, Failure> {
    let named = find(&control, &name)?;
    let organizations = &named.snapshot.world.directory.organizations;
    let keys = control.registry.keys_of(&account);
    if let Some(key) = keys.iter().find(|key| organizations.get(key.organization.as_str()).is_none()) {
        return Err(Failure::conflict(format!(
            "`{name}` has no organization `{}`, for which the world {} has a key. POST /_mock/worlds {{\"from\": \"{name}\"}} \
             makes a world of its own from it.",
            key.organization, account.alias
        )));
    }
    let edge = EdgeTime::read();
    account.restore(named.snapshot.clone(), edge);
    let pulse = account.pulse(edge);
    Ok(Json(Restored { world: account.alias.to_string(), now: pulse.now.seconds(), mode: pulse.clock.mode() }))
}

#[derive(Serialize)]
pub(super) struct Restored {
    world: String,
    now: i64,
    mode: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    format: Option<Notation>,
}

/// Writes a snapshot down, in JSON or YAML.
pub(super) async fn export(
    State(control): State<Arc<Control>>,
    Id(name): Id,
    Query(form): Query<Form>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let named = find(&control, &name)?;
    let notation = form.format.unwrap_or_else(|| accepted(&headers));
    let written = in_the_background(move || text::write(&named.snapshot, notation)).await?;
    let written = written.map_err(|error| Failure::defect(sentence(&error)))?;
    let kind = match notation {
        Notation::Json => "application/json",
        Notation::Yaml => "application/yaml",
    };
    Ok(([(CONTENT_TYPE, kind)], written).into_response())
}

/// Keeps a snapshot that was written down, in either notation.
pub(super) async fn import(
    State(control): State<Arc<Control>>,
    Id(name): Id,
    Text(body): Text,
) -> Result<Json<Row>, Failure> {
    check_free(&control, &name)?;
    let read = in_the_background(move || text::read("the body", &body)).await?;
    let snapshot = read.map_err(|error| Failure::bad_request(sentence(&error)))?;
    keep(&control, Named { name, taken_in: None, snapshot })
}

#[derive(Serialize)]
pub(super) struct Removed {
    removed: String,
}

/// Forgets a snapshot. Worlds made from it stay, and still reset to it.
pub(super) async fn remove(State(control): State<Arc<Control>>, Id(name): Id) -> Result<Json<Removed>, Failure> {
    if control.registry.snapshots().remove(&name) { Ok(Json(Removed { removed: name })) } else { Err(unknown(&name)) }
}

fn find(control: &Control, name: &str) -> Result<Arc<Named>, Failure> {
    control.registry.snapshots().get(name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Failure {
    Failure::not_found(format!("There is no snapshot `{name}`. GET /_mock/snapshots lists those there are."))
}

fn keep(control: &Control, named: Named) -> Result<Json<Row>, Failure> {
    let kept = control.registry.snapshots().keep(named).map_err(|error| match error {
        NotKept::NameTaken(_) | NotKept::TooMany => Failure::conflict(sentence(&error)),
    })?;
    Ok(Json(Row::from(kept.as_ref())))
}

/// A name that `from` could mean something else by is none for a snapshot.
fn check_free(control: &Control, name: &str) -> Result<(), Failure> {
    check_name("name", name)?;
    let registry = &control.registry;
    if name == registry.file().alias || registry.account_with_alias(name).is_some() {
        return Err(Failure::conflict(format!("name: a world is called `{name}`. Take another name.")));
    }
    Ok(())
}

/// Whether something may be called so.
pub(super) fn check_name(field: &str, name: &str) -> Result<(), Failure> {
    if is_name(name) {
        return Ok(());
    }
    Err(Failure::bad_request(format!(
        "{field}: `{name}` is no name. Expected 1 to 64 letters, digits, dots, dashes and underscores."
    )))
}

fn accepted(headers: &HeaderMap) -> Notation {
    let wants_yaml =
        headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("yaml"));
    if wants_yaml { Notation::Yaml } else { Notation::Json }
}

/// Does what may take long off the threads that answer.
async fn in_the_background<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Result<R, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failure::defect(format!("Writing or reading the snapshot ended badly: {error}.")))
}
