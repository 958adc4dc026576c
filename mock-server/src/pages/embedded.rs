//! Pages of the console to look at: contracts, templates, seals. The others say what the vendor has there; where templates
//! are made is [`super::template`], where seals are [`super::seal`].

use askama::Template;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::seal;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::embedded_page::{EmbeddedPage, LIFETIME};
use crate::domain::ids::OrganizationId;
use crate::domain::link::{Link, Opens};
use crate::domain::template::{Party, PartyKind};
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::urls::Urls;
use crate::engine::world::World;

/// What there is to see.
enum Sight {
    /// A contract, at its own page.
    Contract(String),
    /// A list of things and what is known of each.
    List(Vec<(String, String)>),
    /// Seals.
    Seals(Vec<seal::sight::Shown>),
    /// A page that is not modelled.
    Elsewhere,
}

/// Shows the page, once.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link) -> Result<Response, Trouble> {
    let Opens::Embedded { page, business, organization, .. } = &link.opens else { return Err(Trouble::UnknownLink) };
    let language = visitor.place.language;
    let sight = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        if world.links.get(&link.token).is_none_or(|link| link.spent) {
            return Err(Trouble::AlreadyOpened);
        }
        let sight = look(world, now, &visitor.account.urls, (*page, business, organization), language)?;
        world.spend_link(&link.token);
        Ok(match sight {
            Sight::Contract(token) => Sight::Contract(
                world.links.get(&token).map(|link| visitor.account.urls.short(link)).unwrap_or_default(),
            ),
            other @ (Sight::List(_) | Sight::Seals(_) | Sight::Elsewhere) => other,
        })
    })?;
    let rows = match sight {
        Sight::Contract(url) => return Ok((StatusCode::FOUND, [(LOCATION, url)]).into_response()),
        Sight::Seals(seals) => return Ok(show_seals(visitor, *page, seals)),
        Sight::List(rows) => Some(rows),
        Sight::Elsewhere => None,
    };
    let headline = headline(*page, language);
    if visitor.manner.json {
        let shown = rows.iter().flatten().map(|(name, detail)| json!({ "name": name, "detail": detail }));
        let shown: Vec<_> = shown.collect();
        return Ok(Json(json!({ "page": headline, "modelled": rows.is_some(), "shows": shown })).into_response());
    }
    Ok(render(&EmbeddedView {
        language,
        root: visitor.place.root,
        switch: None,
        refresh: None,
        headline,
        modelled: rows.is_some(),
        rows: rows.unwrap_or_default(),
    }))
}

fn show_seals(visitor: &Visitor<'_>, page: EmbeddedPage, seals: Vec<seal::sight::Shown>) -> Response {
    let language = visitor.place.language;
    let headline = headline(page, language);
    if visitor.manner.json {
        return Json(json!({ "page": headline, "modelled": true, "shows": seals })).into_response();
    }
    render(&SealsView { language, root: visitor.place.root, switch: None, refresh: None, headline, seals })
}

fn look(
    world: &mut World,
    now: Timestamp,
    urls: &Urls,
    (page, business, company): (EmbeddedPage, &str, &OrganizationId),
    language: Language,
) -> Result<Sight, Trouble> {
    Ok(match page {
        EmbeddedPage::Flow | EmbeddedPage::FlowDetail => {
            let flow = world.flows.get(business).ok_or(Trouble::UnknownContract)?.id.clone();
            let link = world.add_link(Opens::Preview { flow, recipient: None }, now.plus(LIFETIME), None);
            Sight::Contract(link.token.clone())
        }
        EmbeddedPage::Template => {
            let template = world.directory.templates.get(business).ok_or(Trouble::UnknownFile)?;
            let title = (template.name.clone(), template.description.clone());
            let parties = template.parties.iter().map(|one| party(one, language));
            Sight::List([title].into_iter().chain(parties).collect())
        }
        EmbeddedPage::Seals => Sight::Seals(seal::sight::of(world, now, urls, (company, None), language)),
        EmbeddedPage::Seal => {
            let found = seal::sight::of(world, now, urls, (company, Some(business)), language);
            if found.is_empty() {
                return Err(Trouble::UnknownFile);
            }
            Sight::Seals(found)
        }
        EmbeddedPage::CreateSeal
        | EmbeddedPage::CreateTemplate
        | EmbeddedPage::ModifyTemplate
        | EmbeddedPage::DraftTogether
        | EmbeddedPage::ExtendedServices
        | EmbeddedPage::PlatformTemplates
        | EmbeddedPage::PlatformComponents => Sight::Elsewhere,
    })
}

fn party(party: &Party, language: Language) -> (String, String) {
    let kind = match party.kind {
        PartyKind::Organization => language.pick("企业", "a company"),
        PartyKind::Person => language.pick("个人", "a person"),
        PartyKind::AutoSign => language.pick("企业自动签署", "the company's machine"),
    };
    let components = party.components.iter().chain(&party.fills).map(|one| one.label().to_owned());
    let components = components.filter(|label| !label.is_empty()).collect::<Vec<_>>().join(language.pick("、", ", "));
    (party.role.clone(), if components.is_empty() { kind.to_owned() } else { format!("{kind} · {components}") })
}

fn headline(page: EmbeddedPage, language: Language) -> &'static str {
    match page {
        EmbeddedPage::CreateSeal => language.pick("创建印章", "Make a seal"),
        EmbeddedPage::CreateTemplate => language.pick("创建模板", "Make a template"),
        EmbeddedPage::ModifyTemplate => language.pick("修改模板", "Change a template"),
        EmbeddedPage::DraftTogether => language.pick("合同协作起草", "Draft a contract together"),
        EmbeddedPage::Template => language.pick("预览模板", "A template"),
        EmbeddedPage::Seals => language.pick("印章列表", "Seals"),
        EmbeddedPage::Seal => language.pick("印章详情", "A seal"),
        EmbeddedPage::ExtendedServices => language.pick("扩展服务", "Extended services"),
        EmbeddedPage::Flow | EmbeddedPage::FlowDetail => language.pick("预览合同", "A contract"),
        EmbeddedPage::PlatformTemplates => language.pick("应用模板", "Templates of applications"),
        EmbeddedPage::PlatformComponents => language.pick("应用控件", "Components of applications"),
    }
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "embedded.html")]
struct EmbeddedView {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    modelled: bool,
    rows: Vec<(String, String)>,
}

/// Seals, ready to be filled in.
#[derive(Template)]
#[template(path = "seals.html")]
struct SealsView {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    seals: Vec<seal::sight::Shown>,
}
