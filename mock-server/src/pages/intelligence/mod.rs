//! Pages of contract intelligence: what came of a task, or how far it is. Each opens once.

mod checklist;
mod choosing;
mod comparison;
mod extraction;
mod files;
mod review;
mod wish;

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use self::wish::Wish;
use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::posted::posted;
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

/// Something that can be done on a page.
struct Form {
    /// What.
    action: &'static str,
    /// What it is about.
    about: Option<String>,
    /// What is to be filled in, by name, each with what stands before it.
    fields: Vec<(&'static str, &'static str)>,
    button: &'static str,
}

/// Shows the page, once.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link) -> Result<Response, Trouble> {
    let Opens::Intelligence { page, organization, .. } = &link.opens else { return Err(Trouble::UnknownLink) };
    let language = language(visitor);
    let seen = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        if world.links.get(&link.token).is_none_or(|link| link.spent) {
            return Err(Trouble::AlreadyOpened);
        }
        let seen = look(world, now, page, organization, language)?;
        world.spend_link(&link.token);
        Ok(seen)
    })?;
    Ok(answer(visitor, language, seen))
}

/// Does what the page offers, and shows what came of it. The page cannot be opened again, so that there is nowhere to lead to.
pub(super) async fn act(visitor: &Visitor<'_>, link: &Link, request: Request) -> Result<Response, Trouble> {
    let Opens::Intelligence { page, organization, operator } = &link.opens else { return Err(Trouble::UnknownLink) };
    let language = language(visitor);
    let who = (organization, operator);
    if let IntelligencePage::NewComparison { user_data } = page {
        let seen = choosing::compare_files(visitor, user_data, who, language, request).await?;
        return Ok(answer(visitor, language, seen));
    }
    if let IntelligencePage::NewExtraction { user_data, .. } = page {
        let seen = choosing::search_file(visitor, user_data, who, language, request).await?;
        return Ok(answer(visitor, language, seen));
    }
    let wish = posted::<Wish>(request).await?;
    let prepared = wish::prepare(visitor.account, page, &wish).await?;
    let seen = visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let page = world.all_or_nothing(outbox, |world, _| {
            wish::fulfil(world, now, page, (organization, operator), wish, prepared)
        })?;
        look(world, now, &page, organization, language)
    })?;
    Ok(answer(visitor, language, seen))
}

/// What scripts read does not depend on a language.
fn language(visitor: &Visitor<'_>) -> Language {
    if visitor.manner.json { Language::English } else { visitor.place.language }
}

fn answer(visitor: &Visitor<'_>, language: Language, (sight, forms): (Sight, Vec<Form>)) -> Response {
    if visitor.manner.json {
        return Json(sight.json).into_response();
    }
    render(&IntelligenceView {
        language,
        root: visitor.place.root,
        switch: None,
        refresh: None,
        headline: sight.headline,
        facts: sight.facts.into_iter().map(|one| (language.pick(one.chinese, one.english), one.value)).collect(),
        rows: sight.rows,
        forms,
        to: visitor.place.href(),
    })
}

fn look(
    world: &World,
    now: Timestamp,
    page: &IntelligencePage,
    company: &OrganizationId,
    language: Language,
) -> Result<(Sight, Vec<Form>), Trouble> {
    match page {
        IntelligencePage::Comparison(task) => {
            let comparison = world.intelligence.comparisons.get(task.as_str()).ok_or(Trouble::UnknownFile)?;
            Ok((comparison::sight(comparison, now, language), Vec::new()))
        }
        IntelligencePage::NewReview { .. } => Ok(review::blank(language)),
        IntelligencePage::Review(task, hides) => {
            let review = world.review(task.as_str(), company).map_err(|_| Trouble::UnknownFile)?;
            Ok(review::sight(&review, now, *hides, language))
        }
        IntelligencePage::Reviews => Ok((review::list(world, company, now, language), Vec::new())),
        IntelligencePage::NewChecklist => Ok(checklist::blank(language)),
        IntelligencePage::Checklist(id) => {
            let list = world.checklist(id.as_str(), company).map_err(|_| Trouble::UnknownFile)?;
            Ok((checklist::sight(&list, language), Vec::new()))
        }
        IntelligencePage::Checklists(hidden) => Ok(checklist::list(world, company, *hidden, language)),
        IntelligencePage::NewComparison { .. } => Ok(comparison::blank(world, company, now, language)),
        IntelligencePage::NewExtraction { files, .. } => Ok(extraction::blank(world, company, files, now, language)),
        IntelligencePage::Extraction(task) => {
            let extraction = world.intelligence.extractions.get(task.as_str()).ok_or(Trouble::UnknownFile)?;
            Ok((extraction::sight(world, extraction, now, language), Vec::new()))
        }
        IntelligencePage::Extractions => Ok((extraction::list(world, company, now, language), Vec::new())),
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
    forms: Vec<Form>,
    to: String,
}
