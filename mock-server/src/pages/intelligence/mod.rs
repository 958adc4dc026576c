//! Pages of contract intelligence: what came of a task, or how far it is. Each opens once.

mod comparison;

use askama::Template;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::intelligence::timing::Progress;
use crate::domain::link::{Link, Opens};
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

/// Something that is known of a task.
struct Fact {
    chinese: &'static str,
    english: &'static str,
    value: String,
}

impl Fact {
    fn new(chinese: &'static str, english: &'static str, value: String) -> Self {
        Self { chinese, english, value }
    }
}

/// What stands on a page.
struct Sight {
    headline: &'static str,
    /// What is known of the task.
    facts: Vec<Fact>,
    /// What it found, one by one: a name and what it is.
    rows: Vec<(String, String)>,
    /// The same for scripts.
    json: Value,
}

/// Shows the page, once.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link) -> Result<Response, Trouble> {
    let Opens::Intelligence { page, organization, .. } = &link.opens else { return Err(Trouble::UnknownLink) };
    // What scripts read does not depend on a language.
    let language = if visitor.manner.json { Language::English } else { visitor.place.language };
    let sight = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        if world.links.get(&link.token).is_none_or(|link| link.spent) {
            return Err(Trouble::AlreadyOpened);
        }
        let sight = look(world, now, page, organization, language)?;
        world.spend_link(&link.token);
        Ok(sight)
    })?;
    if visitor.manner.json {
        return Ok(Json(sight.json).into_response());
    }
    Ok(render(&IntelligenceView {
        language,
        root: visitor.place.root,
        switch: None,
        refresh: None,
        headline: sight.headline,
        facts: sight.facts.into_iter().map(|one| (language.pick(one.chinese, one.english), one.value)).collect(),
        rows: sight.rows,
    }))
}

fn look(
    world: &World,
    now: Timestamp,
    page: &IntelligencePage,
    _company: &OrganizationId,
    language: Language,
) -> Result<Sight, Trouble> {
    match page {
        IntelligencePage::Comparison(task) => {
            let comparison = world.intelligence.comparisons.get(task.as_str()).ok_or(Trouble::UnknownFile)?;
            Ok(comparison::sight(comparison, now, language))
        }
    }
}

/// How far a task is, in words.
fn progress(progress: Progress, failed: bool, language: Language) -> &'static str {
    match progress {
        Progress::Created => language.pick("已创建", "created"),
        Progress::Queued => language.pick("排队中", "queued"),
        Progress::Running => language.pick("执行中", "running"),
        Progress::Ended if failed => language.pick("失败", "failed"),
        Progress::Ended => language.pick("成功", "done"),
    }
}

/// For scripts, whose words are English.
fn as_json(facts: &[Fact], rows: &[Value]) -> Value {
    let facts: serde_json::Map<_, _> =
        facts.iter().map(|fact| (fact.english.to_ascii_lowercase(), json!(fact.value))).collect();
    json!({ "task": facts, "shows": rows })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "intelligence.html")]
struct IntelligenceView {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    facts: Vec<(&'static str, String)>,
    rows: Vec<(String, String)>,
}
