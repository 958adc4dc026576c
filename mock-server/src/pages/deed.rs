//! The page behind a link by which something is done about a company or one of its people: what, for whom, and a button.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::embed::Visitor;
use super::jump;
use super::manner::{Refresh, render};
use super::personal_deed;
use super::posted::posted;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::deed::{Deed, Mobile, Successor};
use crate::domain::ids::{ApplicationId, OrganizationId};
use crate::domain::link::{Link, Opens};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::organization::Standing;
use crate::engine::clock::EdgeTime;
use crate::engine::deeds::{Moment, Said};
use crate::engine::world::World;

/// What somebody posts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    #[serde(default)]
    who: String,
    #[serde(default)]
    mobile: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    legal_name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    person_name: String,
    #[serde(default)]
    own_mobile: String,
    #[serde(default)]
    card: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    #[default]
    Confirm,
}

/// What it is about, as it is now.
struct Sight {
    rows: Rows,
    fields: Fields,
    done: bool,
}

/// Companies or people by name, each with how it stands.
pub(super) type Rows = Vec<(String, &'static str)>;

/// What is to be filled in, with what stands there.
pub(super) type Fields = Vec<(&'static str, String)>;

/// Shows what will be done, or that it was.
pub(super) fn show(visitor: &Visitor<'_>, link: &Arc<Link>, deed: &Deed) -> Result<Response, Trouble> {
    present(visitor, link, deed, false)
}

/// The same; `done` where somebody has just done what others may do after them.
fn present(visitor: &Visitor<'_>, link: &Arc<Link>, deed: &Deed, done: bool) -> Result<Response, Trouble> {
    let language = visitor.place.language;
    let (mut sight, jump_url) = visitor.account.try_enter(EdgeTime::read(), |world, _, _| {
        let jump_url = world.links.get(link.token.as_str()).and_then(|link| link.jump_url.clone());
        look(world, link, language).map(|sight| (sight, jump_url))
    })?;
    sight.done |= done;
    let back = jump_url.as_deref().and_then(jump::safe).filter(|_| sight.done);
    if visitor.manner.json {
        return Ok(Json(twin(&sight, visitor, deed, back)).into_response());
    }
    let (headline, sentence, button) = language.deed(deed);
    Ok(render(&DeedPage {
        language,
        root: visitor.place.root,
        switch: visitor.place.switch(),
        refresh: None,
        headline,
        sentence: if sight.done { language.pick("操作已完成。", "Done.") } else { sentence },
        button,
        sight: &sight,
        back,
        form: visitor.place.href(),
    }))
}

/// Does it.
pub(super) async fn act(
    visitor: &Visitor<'_>,
    link: &Arc<Link>,
    deed: &Deed,
    application: Option<&ApplicationId>,
    request: Request,
) -> Result<Response, Trouble> {
    let wish = posted::<Wish>(request).await?;
    let Wish { action: Action::Confirm, who, mobile, name, legal_name, address, .. } = &wish;
    let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let said = Said {
        who: given(who).unwrap_or_default(),
        mobile: given(mobile).map(|text| Mobile::read(&text)).transpose().map_err(|why| Trouble::of_matters(&why))?,
        company: CompanyData {
            name: given(name).unwrap_or_default(),
            legal_name: given(legal_name).unwrap_or_default(),
            address: given(address).unwrap_or_default(),
            ..CompanyData::default()
        },
        person: personal_deed::said(&wish.person_name, &wish.own_mobile, &wish.card),
    };
    let more = visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let number = world.links.number(link.token.as_str()).ok_or(Trouble::UnknownLink)?;
        if world.links.at(number).is_some_and(|link| link.done) {
            return Err(Trouble::AlreadyDone);
        }
        let more = is_done_again(world, deed);
        world.perform(deed, &said, Moment { application, now }, outbox).map_err(|why| Trouble::of_matters(&why))?;
        let jump_url = personal_deed::way_back(world, link, deed, now);
        if let Some(link) = world.links.at_mut(number) {
            link.done = !more;
            link.jump_url = jump_url;
        }
        Ok(more)
    })?;
    if more && let Deed::Personal(_) = deed {
        return present(visitor, link, deed, true);
    }
    if visitor.manner.json {
        return show(visitor, link, deed);
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, visitor.place.href())]).into_response())
}

/// A company is closed in two steps, and this would be the first; and some links are for everybody.
fn is_done_again(world: &World, deed: &Deed) -> bool {
    match deed {
        Deed::Close(company) => {
            let company = world.directory.organizations.get(company.as_str());
            company.is_some_and(|company| company.standing != Standing::Closing)
        }
        Deed::ChangeMobile { .. }
        | Deed::ChangeAdministrator(_)
        | Deed::ChangeData(_)
        | Deed::TakeOver(_)
        | Deed::OpenApplication(_)
        | Deed::SetUp(_) => false,
        Deed::Personal(deed) => deed.is_for_everybody(),
    }
}

fn look(world: &World, link: &Link, language: Language) -> Result<Sight, Trouble> {
    let Opens::Deed { deed, application } = &link.opens else { return Err(Trouble::UnknownLink) };
    let done = world.links.get(link.token.as_str()).is_some_and(|link| link.done);
    let company = |id: &OrganizationId| {
        let company = world.directory.organizations.get(id.as_str());
        let closing = company.is_some_and(|company| company.standing == Standing::Closing);
        let standing = if closing { language.pick("注销中", "being closed") } else { "" };
        company.map(|company| (company.name.clone(), standing))
    };
    let administrator = |id: &OrganizationId| {
        let mut people = world.directory.employees.iter().filter(|one| &one.organization == id);
        let admin = people.find(|one| one.is_admin() && one.is_present());
        ("who", admin.map(|one| one.mobile.clone()).unwrap_or_default())
    };
    let (rows, fields) = match deed {
        Deed::ChangeMobile { user, mobile } => {
            let employee = world.directory.employees.get(user.as_str());
            let settled = mobile.as_ref().map(|mobile| mobile.as_str().to_owned()).unwrap_or_default();
            (employee.map(|one| (one.name.clone(), "")).into_iter().collect(), vec![("mobile", settled)])
        }
        Deed::ChangeAdministrator(id) => {
            (company(id).into_iter().collect(), vec![administrator(id), ("mobile", String::new())])
        }
        Deed::ChangeData(id) => {
            let blank = ["name", "legal_name", "address"].map(|name| (name, String::new()));
            (company(id).into_iter().collect(), [administrator(id)].into_iter().chain(blank).collect())
        }
        Deed::TakeOver(successor) => (waiting(world, application.as_ref(), successor), Vec::new()),
        Deed::OpenApplication(opening) => {
            (company(&opening.partner).into_iter().collect(), vec![administrator(&opening.partner)])
        }
        Deed::Close(id) => (company(id).into_iter().collect(), vec![administrator(id)]),
        Deed::SetUp(wanted) => {
            let who = wanted.organizations.first().map(administrator);
            (wanted.organizations.iter().filter_map(company).collect(), who.into_iter().collect())
        }
        Deed::Personal(deed) => personal_deed::look(world, deed),
    };
    Ok(Sight { rows, fields, done })
}

/// The companies that wait for a successor.
fn waiting(world: &World, application: Option<&ApplicationId>, successor: &Successor) -> Rows {
    let Some(id) = application else { return Vec::new() };
    let vacancies = world.waiting_for(id, successor).into_iter();
    let companies = vacancies.filter_map(|one| world.directory.organizations.get(one.company.as_str()).cloned());
    companies.map(|company| (company.name.clone(), "")).collect()
}

fn twin(sight: &Sight, visitor: &Visitor<'_>, deed: &Deed, back: Option<&str>) -> Value {
    let blanks = sight.fields.iter().map(|(name, value)| {
        let shown = if value.is_empty() { format!("<{name}>") } else { value.clone() };
        ((*name).to_owned(), Value::from(shown))
    });
    let body: Map<String, Value> = [("action".to_owned(), json!("confirm"))].into_iter().chain(blanks).collect();
    let confirm = json!({ "action": "confirm", "method": "POST", "href": visitor.place.href(), "body": body });
    json!({
        "page": deed.page(),
        "about": sight.rows.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "done": sight.done,
        "jump_url": back,
        "actions": (!sight.done).then_some(confirm).into_iter().collect::<Vec<_>>(),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "deed.html")]
struct DeedPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    sentence: &'static str,
    button: &'static str,
    sight: &'a Sight,
    back: Option<&'a str>,
    form: String,
}
