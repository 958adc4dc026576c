//! What people do on pages of reviews and checklists: they have a file reviewed, say that a risk is none or that the contract was changed,
//! add a risk they saw, make a checklist.

use std::sync::Arc;

use serde::Deserialize;

use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::intelligence::review::checklist::{Category, Checklist, Level, Point, Side};
use crate::domain::intelligence::review::judging::Risk;
use crate::domain::intelligence::review::task::{Mark, Wanted};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;
use crate::engine::intelligence::reviewing::{self, Asking, Prepared};
use crate::engine::world::World;
use crate::pages::trouble::Trouble;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    action: Action,
    /// A risk, by its id.
    #[serde(default)]
    about: String,
    /// A file, by its id.
    #[serde(default)]
    file: String,
    /// What a risk, or a checklist, is called.
    #[serde(default)]
    name: String,
    /// What is to be done about a risk.
    #[serde(default)]
    advice: String,
    /// How bad it is.
    #[serde(default)]
    level: String,
    /// The points of a checklist, a line each.
    #[serde(default)]
    points: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Review,
    Ignore,
    Revise,
    Restore,
    Add,
    Create,
}

/// Does what takes long, before the world is opened and off the threads that serve others.
pub(super) async fn prepare(account: &Arc<Account>, page: &IntelligencePage, wish: &Wish) -> Result<Prepared, Trouble> {
    if !matches!(page, IntelligencePage::NewReview { .. }) {
        return Ok(None);
    }
    let (account, files, edge) = (account.clone(), [wish.file.trim().to_owned()], EdgeTime::read());
    let read = move || reviewing::prepare(&account, edge, &files, &Wanted::usual()).pop().flatten();
    tokio::task::spawn_blocking(read).await.map_err(|error| Trouble::Undrawable(error.to_string()))
}

/// Does it; answers the page to be shown then.
pub(super) fn fulfil(
    world: &mut World,
    now: Timestamp,
    page: &IntelligencePage,
    (company, user): (&OrganizationId, &UserId),
    wish: Wish,
    prepared: Prepared,
) -> Result<IntelligencePage, Trouble> {
    let cannot = |refusal: Refusal| Trouble::refused_to_reviewer(&refusal);
    match (page, wish.action) {
        (IntelligencePage::NewReview { user_data, hides }, Action::Review) => {
            let asking = Asking { organization: company.clone(), operator: user.clone(), user_data: user_data.clone() };
            let id = wish.file.trim();
            let own = world.files.get(id).filter(|file| &file.owner == company && now < file.expires_at);
            let file = own.cloned().ok_or_else(|| cannot(Refusal::FileUnknown { file: id.to_owned() }))?;
            reviewing::ensure_reviewable(&file).map_err(cannot)?;
            let task = world.begin_one_review(file, prepared, &asking, &Wanted::usual(), now).map_err(cannot)?;
            Ok(IntelligencePage::Review(task, *hides))
        }
        (IntelligencePage::Review(task, _), Action::Ignore | Action::Revise | Action::Restore) => {
            let mark = match wish.action {
                Action::Ignore => Mark::Ignored(now),
                Action::Revise => Mark::Revised(now),
                Action::Restore | Action::Review | Action::Add | Action::Create => Mark::None,
            };
            let marked = world.change_review(task.as_str(), |review| review.mark(&wish.about, mark, now));
            marked.map(|()| page.clone()).map_err(cannot)
        }
        (IntelligencePage::Review(task, _), Action::Add) => {
            let id = world.ids.next(Kind::Task);
            let risk = seen(&wish).map_err(cannot)?;
            let added = world.change_review(task.as_str(), |review| review.annotate(id, risk, user.clone(), now));
            added.map(|()| page.clone()).map_err(cannot)
        }
        (IntelligencePage::NewChecklist | IntelligencePage::Checklists(false), Action::Create) => {
            let mut list = made(&wish, company, user, now);
            list.check().map_err(cannot)?;
            list.id = world.ids.next(Kind::Task).into();
            let id = list.id.clone();
            world.keep_checklist(list);
            Ok(IntelligencePage::Checklist(id))
        }
        _ => Err(Trouble::Unreadable(format!("this page has no {:?}", wish.action))),
    }
}

/// A risk somebody saw; of the middle level when they say nothing (ASSUMED).
fn seen(wish: &Wish) -> Result<Risk, Refusal> {
    let name = wish.name.trim();
    if name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "name" });
    }
    let level = if wish.level.is_empty() { Level::Middle } else { Level::from_wire(&wish.level)? };
    Ok(Risk {
        name: name.to_owned(),
        description: String::new(),
        level,
        advice: wish.advice.trim().to_owned(),
        presentation: vec!["人工标注".to_owned()],
        labels: Vec::new(),
        clause: Vec::new(),
        basis: "人工标注".to_owned(),
    })
}

/// A checklist: a line to a point every contract must have.
fn made(wish: &Wish, company: &OrganizationId, user: &UserId, now: Timestamp) -> Checklist {
    let lines = wish.points.lines().map(str::trim).filter(|line| !line.is_empty());
    let points = lines.map(|line| Point {
        id: String::new(),
        summary: line.to_owned(),
        explanation: line.to_owned(),
        level: Level::Middle,
        indispensable: true,
        as_reference: false,
        reference: String::new(),
        suggestion: String::new(),
        ai_suggestion: String::new(),
        labels: Vec::new(),
        side: Side::Everybody,
    });
    let name = wish.name.trim().to_owned();
    Checklist {
        id: "".into(),
        organization: Some(company.clone()),
        categories: vec![Category { name: name.clone(), points: points.collect() }],
        name,
        enabled: true,
        updater: Some(user.clone()),
        updated_at: now,
    }
}
