//! The page behind an invitation into a holding group: a company's super administrator or legal person says which company it is, and lets
//! the main company act for it, or does not (`api CreateOrganizationGroupInvitationLink`).
//!
//! Who opens it is believed to be who they say, by their mobile number in the company, as on every page here.

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Pages;
use super::address::{Query, encode, path_pairs};
use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::posted::posted;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::holding::MembershipStatus;
use crate::domain::ids::OrganizationId;
use crate::domain::link::{Link, Opens};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    #[serde(default)]
    company: String,
    #[serde(default)]
    who: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    /// Come by the invitation.
    Join,
    /// Let the main company act.
    Authorize,
    /// Do not.
    Refuse,
}

impl Action {
    const fn word(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Authorize => "authorize",
            Self::Refuse => "refuse",
        }
    }

    fn label(self, language: Language) -> &'static str {
        match self {
            Self::Join => language.pick("下一步", "Go on"),
            Self::Authorize => language.pick("同意授权", "Allow it"),
            Self::Refuse => language.pick("拒绝", "Refuse"),
        }
    }
}

/// The group, and the company that was named, with how far it is.
#[derive(Default)]
struct Sight {
    main: String,
    company: String,
    who: String,
    status: Option<MembershipStatus>,
}

impl Sight {
    fn offers(&self) -> &'static [Action] {
        match self.status {
            None => &[Action::Join],
            Some(MembershipStatus::Invited) => &[Action::Authorize, Action::Refuse],
            Some(
                MembershipStatus::Authorized
                | MembershipStatus::Refused
                | MembershipStatus::Released
                | MembershipStatus::Joined,
            ) => &[],
        }
    }
}

/// Shows who invites.
pub(super) fn show(visitor: &Visitor<'_>, main: &OrganizationId) -> Result<Response, Trouble> {
    let name = visitor.account.try_enter(EdgeTime::read(), |world, _, _| name(world, main))?;
    Ok(answer(visitor, &Sight { main: name, ..Sight::default() }))
}

/// Comes by the invitation, or answers it.
pub(super) async fn act(visitor: &Visitor<'_>, main: &OrganizationId, request: Request) -> Result<Response, Trouble> {
    let wish: Wish = posted(request).await?;
    let sight = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        let done = step(world, main, &wish, now).map_err(|refusal| Trouble::of_matters(&refusal));
        let status = done?;
        Ok::<_, Trouble>(Sight { main: name(world, main)?, company: wish.company, who: wish.who, status: Some(status) })
    })?;
    Ok(answer(visitor, &sight))
}

fn name(world: &World, main: &OrganizationId) -> Result<String, Trouble> {
    let company = world.directory.organizations.get(main.as_str()).ok_or(Trouble::UnknownLink)?;
    Ok(company.name.clone())
}

/// Takes the step for the company of this name, and answers how far it is.
fn step(world: &mut World, main: &OrganizationId, wish: &Wish, now: Timestamp) -> Result<MembershipStatus, Refusal> {
    let unknown = || Refusal::OrganizationUnknown { organization: wish.company.clone() };
    let named = world.directory.organizations.iter().filter(|one| one.name == wish.company.trim());
    let company = named.map(|one| one.id.clone()).find(|id| world.directory.is_established(id)).ok_or_else(unknown)?;
    world.administrator(&company, wish.who.trim())?;
    match wish.action {
        Action::Join => world.invite_member(main, &company, now)?,
        Action::Authorize => world.answer_invitation(main, &company, true, now)?,
        Action::Refuse => world.answer_invitation(main, &company, false, now)?,
    }
    let company = world.directory.organizations.get(company.as_str());
    company.and_then(|one| one.holding.as_ref()).map(|one| one.status).ok_or_else(unknown)
}

fn answer(visitor: &Visitor<'_>, sight: &Sight) -> Response {
    let (language, form) = (visitor.place.language, visitor.place.href());
    if visitor.manner.json {
        let blank = |name: &str, value: &str| if value.is_empty() { format!("<{name}>") } else { value.to_owned() };
        let action = |action: &Action| {
            let body = json!({ "action": action.word(), "company": blank("company", &sight.company),
                               "who": blank("who", &sight.who) });
            json!({ "action": action.word(), "method": "POST", "href": form, "body": body })
        };
        let actions: Vec<Value> = sight.offers().iter().map(action).collect();
        let status = sight.status.map(MembershipStatus::code);
        return Json(json!({ "group": sight.main, "status": status, "actions": actions })).into_response();
    }
    render(&InvitationPage {
        language,
        root: visitor.place.root,
        switch: visitor.place.switch(),
        refresh: None,
        standing: sight.status.map(MembershipStatus::label),
        buttons: sight.offers().iter().map(|one| (one.word(), one.label(language))).collect(),
        sight,
        form,
    })
}

/// Where a path of the mini program leads that names nothing but an invitation's key (`ex CreateOrganizationGroupInvitationLink`).
pub(super) fn elsewhere(pages: &Pages, world: &str, query: &Query) -> Option<String> {
    let key = path_pairs(query.get("path")?).get("shortKey")?.clone();
    let account = pages.account(world).ok()?;
    let invites = account.enter(EdgeTime::read(), |world, _, _| {
        let link = Link::token_in(&key).and_then(|token| world.links.get(token));
        link.is_some_and(|link| matches!(link.opens, Opens::Invitation(_)))
    });
    invites.then(|| format!("../embed/{world}/join-group?code={}", encode(&key)))
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    standing: Option<&'static str>,
    buttons: Vec<(&'static str, &'static str)>,
    sight: &'a Sight,
    form: String,
}
