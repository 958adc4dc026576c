//! The page behind a link to cancel many contracts: look, confirm, see what came of it.

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::posted::posted;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::cancel_task::{CancelStatus, CancelTask, NotCancelled};
use crate::domain::ids::CancelTaskId;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

/// The longest reason, in characters (`api CancelFlow`).
const REASON_LIMIT: usize = 200;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    #[serde(default)]
    message: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Confirm,
}

/// The task as it is now.
struct Sight {
    status: CancelStatus,
    rows: Vec<Row>,
}

/// A contract of the task.
struct Row {
    id: String,
    name: String,
    cancelled: bool,
    problem: Option<NotCancelled>,
}

/// Shows what would be cancelled, or what came of it.
pub(super) fn show(visitor: &Visitor<'_>, task: &CancelTaskId) -> Result<Response, Trouble> {
    let sight = visitor.account.try_enter(EdgeTime::read(), |world, now, _| look(world, now, task))?;
    if visitor.manner.json {
        return Ok(Json(twin(&sight, visitor, task)).into_response());
    }
    Ok(render(&CancelPage {
        language: visitor.place.language,
        root: visitor.place.root,
        switch: visitor.place.switch(),
        refresh: None,
        open: sight.status == CancelStatus::Processing,
        rows: &sight.rows,
        form: visitor.place.href(),
        reason_limit: REASON_LIMIT,
    }))
}

/// Confirms. The reason may be left out (ASSUMED).
pub(super) async fn act(visitor: &Visitor<'_>, task: &CancelTaskId, request: Request) -> Result<Response, Trouble> {
    let Wish { action: Action::Confirm, message } = posted::<Wish>(request).await?;
    let reason = message.trim();
    if reason.chars().count() > REASON_LIMIT {
        return Err(Trouble::ReasonTooLong(REASON_LIMIT));
    }
    let reason = (!reason.is_empty()).then_some(reason);
    visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let number = world.cancel_tasks.number(task.as_str()).ok_or(Trouble::UnknownLink)?;
        if world.cancel_tasks.at(number).is_some_and(|task| task.outcome.is_some()) {
            return Err(Trouble::AlreadyDone);
        }
        world.run_cancel_task(number, reason, now, outbox);
        Ok(())
    })?;
    if visitor.manner.json {
        return show(visitor, task);
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, visitor.place.href())]).into_response())
}

fn look(world: &World, now: Timestamp, task: &CancelTaskId) -> Result<Sight, Trouble> {
    let task = world.cancel_tasks.get(task.as_str()).ok_or(Trouble::UnknownLink)?;
    let rows = task.flows.iter().map(|id| row(world, task, id.as_str()));
    Ok(Sight { status: task.status(now), rows: rows.collect() })
}

/// Another company's contract is shown by its id alone.
fn row(world: &World, task: &CancelTask, id: &str) -> Row {
    let flow = world.flows.get(id);
    let problem = match &task.outcome {
        None => task.check(flow.map(AsRef::as_ref), &world.directory).err(),
        Some(outcome) => outcome.failed.iter().find(|(failed, ..)| failed.as_str() == id).map(|(_, _, why)| *why),
    };
    let own = flow.filter(|_| problem != Some(NotCancelled::NotOwn));
    Row {
        id: id.to_owned(),
        name: own.map(|flow| flow.name.clone()).unwrap_or_default(),
        cancelled: task.outcome.is_some() && problem.is_none(),
        problem,
    }
}

fn twin(sight: &Sight, visitor: &Visitor<'_>, task: &CancelTaskId) -> Value {
    let confirm = json!({
        "action": "confirm", "method": "POST", "href": visitor.place.href(),
        "body": { "action": "confirm", "message": "<reason>" },
    });
    let open = sight.status == CancelStatus::Processing;
    let contract = |row: &Row| {
        json!({
            "id": row.id,
            "name": row.name,
            "cancelled": row.cancelled,
            "problem": row.problem.map(NotCancelled::reason),
        })
    };
    json!({
        "task": task,
        "status": sight.status.wire(),
        "contracts": sight.rows.iter().map(contract).collect::<Vec<_>>(),
        "actions": open.then_some(confirm).into_iter().collect::<Vec<_>>(),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "cancel.html")]
struct CancelPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    open: bool,
    rows: &'a [Row],
    form: String,
    reason_limit: usize,
}
