//! The page where a company makes a seal (`CREATE_SEAL`): drawn, or of a picture that was uploaded before. It opens once; then its
//! form lives as long as the link, and makes one seal ([`crate::domain::embedded_page::LIFETIME`] says why). Where seals are looked
//! at is [`sight`].

pub(super) mod sight;

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::posted::posted;
use super::trouble::Trouble;
use super::words::Language;
use crate::documents::is_picture;
use crate::domain::embedded_page::EmbeddedPage;
use crate::domain::ids::{ApplicationId, OrganizationId, UserId};
use crate::domain::link::{Link, Opens};
use crate::domain::refusal::Refusal;
use crate::domain::seal::{NewLook, NewSeal, Seal, SealKind, Shape, Size};
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::world::{Outbox, World};

/// Whether a page is this one.
pub(super) fn is_behind(link: &Link) -> bool {
    matches!(&link.opens, Opens::Embedded { page: EmbeddedPage::CreateSeal, .. })
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SealForm {
    /// There is only one thing to do.
    action: Action,
    name: String,
    /// As the API has it; the official one when left out.
    kind: String,
    /// `circle` or `ellipse`, of a drawn one.
    style: String,
    /// As the API has it, `42_42`; the usual one when left out.
    size: String,
    /// What stands across it, instead of its name.
    across: String,
    /// The id of an uploaded picture; drawn without one.
    file: String,
    description: String,
}

/// What somebody wants done.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    /// The seal made.
    #[default]
    Make,
}

/// For whom a seal is made.
struct Task<'a> {
    organization: &'a OrganizationId,
    operator: &'a UserId,
    application: Option<&'a ApplicationId>,
}

impl<'a> Task<'a> {
    fn of(link: &'a Link) -> Result<Self, Trouble> {
        let Opens::Embedded { organization, operator, application, .. } = &link.opens else {
            return Err(Trouble::UnknownLink);
        };
        Ok(Self { organization, operator, application: application.as_ref() })
    }

    /// The seal the form asks for.
    fn wanted(&self, world: &World, now: Timestamp, form: SealForm) -> Result<NewSeal, Refusal> {
        let invalid = |field: &'static str, value: &str| Refusal::ParameterInvalid { field, detail: value.to_owned() };
        let kind = if form.kind.is_empty() { Some(SealKind::Official) } else { SealKind::from_wire(&form.kind) };
        let kind = kind.ok_or_else(|| invalid("kind", &form.kind))?;
        let size = Some(form.size.as_str()).filter(|text| !text.is_empty());
        let size = size.map(|text| Size::from_wire(text).ok_or_else(|| invalid("size", text))).transpose()?;
        let look = if form.file.is_empty() {
            let shape = match form.style.as_str() {
                "" | "circle" => Shape::Round,
                "ellipse" => Shape::Oval,
                other => return Err(invalid("style", other)),
            };
            NewLook::Drawn { shape, size, across: form.across }
        } else {
            let file = world.files.get(form.file.as_str());
            let file = file.filter(|file| &file.owner == self.organization && now < file.expires_at);
            let file = file.ok_or_else(|| Refusal::FileUnknown { file: form.file.clone() })?;
            if !is_picture(&file.content.bytes) {
                return Err(Refusal::SealImageInvalid { detail: "it is no PNG or JPG that can be read".to_owned() });
            }
            NewLook::Picture(file.content.clone(), size)
        };
        Ok(NewSeal {
            organization: self.organization.clone(),
            name: form.name,
            kind,
            look,
            own_kind: String::new(),
            description: form.description,
            creator: self.operator.clone(),
            application: self.application.cloned(),
        })
    }
}

/// Shows the form, once.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link) -> Result<Response, Trouble> {
    let task = Task::of(link)?;
    let company = visitor.account.try_enter(EdgeTime::read(), |world, _, _| {
        if !world.spend_link(&link.token) {
            return Err(Trouble::AlreadyOpened);
        }
        let company = world.directory.organizations.get(task.organization.as_str());
        Ok(company.map(|company| company.name.clone()).unwrap_or_default())
    })?;
    let language = visitor.place.language;
    if visitor.manner.json {
        let body = json!({ "action": "make", "name": "<name>", "kind": "CONTRACT", "style": "circle" });
        let make = json!({ "action": "make", "method": "POST", "href": visitor.place.href(), "body": body });
        return Ok(Json(json!({ "page": headline(language), "modelled": true, "actions": [make] })).into_response());
    }
    Ok(page(visitor, &company, None))
}

/// Makes the seal.
pub(super) async fn act(visitor: &Visitor<'_>, link: &Link, request: Request) -> Result<Response, Trouble> {
    let task = Task::of(link)?;
    let form = posted::<SealForm>(request).await?;
    let made = visitor
        .account
        .try_enter(EdgeTime::read(), |world, now, outbox| make(world, now, outbox, &link.token, &task, form))?;
    if visitor.manner.json {
        let made = json!({ "id": made.id, "name": made.name, "status": made.status.wire() });
        return Ok(Json(json!({ "made": made, "actions": [] })).into_response());
    }
    Ok(page(visitor, "", Some(&made)))
}

fn make(
    world: &mut World,
    now: Timestamp,
    outbox: &mut Outbox,
    token: &str,
    task: &Task<'_>,
    form: SealForm,
) -> Result<Arc<Seal>, Trouble> {
    let number = world.links.number(token).ok_or(Trouble::UnknownLink)?;
    if world.links.at(number).is_some_and(|link| link.done) {
        return Err(Trouble::AlreadyDone);
    }
    let wanted = task.wanted(world, now, form);
    let made = wanted.and_then(|wanted| world.make_seal(wanted, now, outbox));
    let made = made.map_err(|refusal| Trouble::refused_to_seal_maker(&refusal))?;
    if let Some(link) = world.links.at_mut(number) {
        (link.spent, link.done) = (true, true);
    }
    Ok(made)
}

fn headline(language: Language) -> &'static str {
    language.pick("创建印章", "Make a seal")
}

fn page(visitor: &Visitor<'_>, company: &str, made: Option<&Seal>) -> Response {
    render(&SealPage {
        language: visitor.place.language,
        root: visitor.place.root,
        switch: None,
        refresh: None,
        headline: headline(visitor.place.language),
        company,
        made,
        kinds: sight::kinds(visitor.place.language),
        href: visitor.place.href(),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "seal.html")]
struct SealPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    company: &'a str,
    /// The seal that was made; the form is shown until then.
    made: Option<&'a Seal>,
    kinds: Vec<(&'static str, &'static str)>,
    href: String,
}
