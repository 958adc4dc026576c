//! The form of a template, and what is said when it was saved; for people and for scripts.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::Task;
use super::form::{PartyForm, TemplateForm};
use super::posted::INITIATOR;
use crate::domain::component::ComponentKind;
use crate::domain::new_template::{NAME_LENGTH, ROLE_LENGTH, Unfit};
use crate::domain::template::{PartyKind, Template};
use crate::domain::time::Timestamp;
use crate::engine::world::World;
use crate::engine::world_file::ComponentRow;
use crate::pages::embed::Visitor;
use crate::pages::manner::{Refresh, render};
use crate::pages::trouble::Trouble;
use crate::pages::words::Language;

/// Empty rows somebody gets who asks for more, beside the one or two there are always.
pub(super) const MORE_ROWS: usize = 4;
/// Files and seals a list offers; others can be named by their ids.
const OFFERED: usize = 50;

/// What the form is written beside.
pub(super) struct Sight {
    company: String,
    /// The document the template has: its name and its pages.
    document: Option<(String, usize)>,
    /// Ids and names.
    files: Vec<(String, String)>,
    seals: Vec<(String, String)>,
    ends_at: Timestamp,
}

impl Sight {
    pub(super) fn of(world: &World, now: Timestamp, task: &Task<'_>) -> Result<Self, Trouble> {
        let directory = &world.directory;
        let document = task.template(world)?.and_then(|template| {
            let pages = template.content.as_ref()?.pages.as_ref()?.len();
            Some((template.file_name.clone(), pages))
        });
        let files = world.template_files(task.organization, task.application, now).take(OFFERED);
        let seals = directory.seals.iter().filter(|seal| &seal.organization == task.organization && seal.is_usable());
        Ok(Self {
            company: directory
                .organizations
                .get(task.organization.as_str())
                .map(|one| one.name.clone())
                .unwrap_or_default(),
            document,
            files: files.map(|file| (file.id.to_string(), file.name.clone())).collect(),
            seals: seals.take(OFFERED).map(|seal| (seal.id.to_string(), seal.name.clone())).collect(),
            ends_at: task.link.expires_at,
        })
    }
}

/// The form, with `more` empty rows, and what was wrong with it.
pub(super) fn form(
    visitor: &Visitor<'_>,
    task: &Task<'_>,
    sight: &Sight,
    form: &TemplateForm,
    more: usize,
    unfit: Option<&Unfit>,
) -> Response {
    let language = visitor.place.language;
    if visitor.manner.json {
        let named = |pairs: &[(String, String)]| -> Vec<_> {
            pairs.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect()
        };
        let save = json!({
            "action": "save", "method": "POST", "href": visitor.place.href(),
            "body": { "action": "save", "template": form },
        });
        return Json(json!({
            "page": headline(task, language),
            "modelled": true,
            "template": form,
            "document": sight.document.as_ref().map(|(name, pages)| json!({ "name": name, "pages": pages })),
            "files": named(&sight.files),
            "seals": named(&sight.seals),
            "actions": [save],
        }))
        .into_response();
    }
    render(&FormPage {
        language,
        root: visitor.place.root,
        // The address opens once: the other language is a button of the form.
        switch: None,
        refresh: None,
        headline: headline(task, language),
        problem: unfit.map(|unfit| language.unfit(unfit)),
        ends: language.moment(sight.ends_at),
        sight,
        form,
        parties: party_rows(form, more),
        components: component_rows(form, more),
        kinds: ComponentKind::ALL.iter().map(|kind| (kind.wire(), language.component(*kind))).collect(),
        party_kinds: language.party_kinds(),
        href: visitor.place.href(),
        other_href: visitor.place.switch().unwrap_or_default(),
    })
}

/// What is said of a template that was saved.
pub(super) fn saved(visitor: &Visitor<'_>, task: &Task<'_>, template: &Template) -> Response {
    if visitor.manner.json {
        return Json(json!({
            "saved": { "id": template.id, "name": template.name, "version": template.version },
            "actions": [],
        }))
        .into_response();
    }
    render(&SavedPage {
        language: visitor.place.language,
        root: visitor.place.root,
        switch: None,
        refresh: None,
        headline: headline(task, visitor.place.language),
        name: &template.name,
        id: template.id.as_str(),
    })
}

fn headline(task: &Task<'_>, language: Language) -> &'static str {
    if task.makes {
        language.pick("创建模板", "Make a template")
    } else {
        language.pick("修改模板", "Change a template")
    }
}

struct PartyLine<'a> {
    number: usize,
    recipient: &'a str,
    role: &'a str,
    kind: &'static str,
}

struct ComponentLine {
    number: usize,
    owner: String,
    row: ComponentRow,
}

fn kind_name(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Organization => "organization",
        PartyKind::Person => "person",
        PartyKind::AutoSign => "auto_sign",
    }
}

fn party_rows(form: &TemplateForm, more: usize) -> Vec<PartyLine<'_>> {
    let given = form.parties.iter().map(|one| (one.recipient.as_str(), one.role.as_str(), kind_name(one.kind)));
    let empty = std::iter::repeat_n(("", "", ""), 1 + more);
    let all = given.chain(empty).zip(1..);
    all.map(|((recipient, role, kind), number)| PartyLine { number, recipient, role, kind }).collect()
}

fn component_rows(form: &TemplateForm, more: usize) -> Vec<ComponentLine> {
    let initiators = form.fills.iter().map(|one| (INITIATOR.to_owned(), one.clone()));
    let of_party = |(party, number): (&PartyForm, usize)| {
        let own = party.components.iter().chain(&party.fills).cloned();
        own.map(|one| (number.to_string(), one)).collect::<Vec<_>>()
    };
    let parties = form.parties.iter().zip(1..).flat_map(of_party);
    let empty = std::iter::repeat_n((String::new(), ComponentRow::of("", "")), 2 + more);
    let all = initiators.chain(parties).chain(empty).zip(1..);
    all.map(|((owner, row), number)| ComponentLine { number, owner, row }).collect()
}

/// The page, ready to be filled in.
#[derive(askama::Template)]
#[template(path = "template.html")]
struct FormPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    problem: Option<String>,
    ends: String,
    sight: &'a Sight,
    form: &'a TemplateForm,
    parties: Vec<PartyLine<'a>>,
    components: Vec<ComponentLine>,
    kinds: Vec<(&'static str, &'static str)>,
    party_kinds: [(&'static str, &'static str); 3],
    href: String,
    other_href: String,
}

/// The page after it.
#[derive(askama::Template)]
#[template(path = "template_saved.html")]
struct SavedPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    name: &'a str,
    id: &'a str,
}
