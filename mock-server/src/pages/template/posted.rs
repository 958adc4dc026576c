//! What somebody posts to the page: its form, with or without a file, or the same as JSON.
//!
//! A form has `party.1.role` and the like for the first party, `component.1.owner` and the like for the first component;
//! its owner is `initiator`, or the number of a party. Rows without a kind or an owner are left empty, and are none.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use serde::Deserialize;

use super::form::{PartyForm, TemplateForm};
use crate::domain::template::PartyKind;
use crate::engine::world_file::ComponentRow;
use crate::gateway::multipart;
use crate::pages::manner::sends_json;
use crate::pages::posted::posted;
use crate::pages::trouble::Trouble;

/// The largest form with a file (ASSUMED: as the largest call, `gw`).
const LIMIT: usize = 10 * 1024 * 1024;
/// The largest without: some hundred components.
const TEXT_LIMIT: usize = 512 * 1024;
/// The initiator, as a form names them.
pub(super) const INITIATOR: &str = "initiator";

/// See the module's comment.
#[derive(Debug)]
pub(super) struct Posted {
    pub(super) action: Action,
    pub(super) template: TemplateForm,
    pub(super) upload: Option<Upload>,
}

/// What somebody wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Action {
    /// The template made or changed.
    Save,
    /// The form again, with more rows.
    More,
    /// The form again, e.g. in the other language.
    Show,
}

/// A file somebody uploads with the form.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) bytes: Bytes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    template: TemplateForm,
}

impl Posted {
    /// Reads it.
    ///
    /// # Errors
    /// It is too large, or no such form.
    pub(super) async fn read(request: Request) -> Result<Self, Trouble> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let with_file = kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data");
        let limit = if with_file { LIMIT } else { TEXT_LIMIT };
        let bytes = to_bytes(body, limit).await.map_err(|_| Trouble::TooLarge)?;
        if with_file {
            // Looking for the ends of parts takes a while in a large file.
            let kind = kind.to_owned();
            let read = tokio::task::spawn_blocking(move || of_parts(&kind, &bytes)).await;
            return read.unwrap_or_else(|panicked| Err(Trouble::Unreadable(panicked.to_string())));
        }
        // Read anew: the smaller limit of the other pages does not hold here.
        let request = Request::builder().method(parts.method).header(CONTENT_TYPE, kind).body(Body::from(bytes));
        let request = request.map_err(|error| Trouble::Unreadable(error.to_string()))?;
        if sends_json(&parts.headers) {
            let Wish { action, template } = posted(request).await?;
            return Ok(Self { action, template, upload: None });
        }
        of_pairs(posted(request).await?)
    }
}

fn of_parts(kind: &str, body: &Bytes) -> Result<Posted, Trouble> {
    let parts = multipart::split(kind, body).map_err(|_| Trouble::Unreadable("multipart/form-data".to_owned()))?;
    let (files, texts): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.name == "upload");
    let text = |part: multipart::Part<'_>| {
        let value = std::str::from_utf8(part.content).map_err(|_| Trouble::Unreadable(part.name.to_owned()))?;
        Ok((part.name.to_owned(), value.to_owned()))
    };
    let mut read = of_pairs(texts.into_iter().map(text).collect::<Result<_, Trouble>>()?)?;
    // It is called after the template.
    let name = if read.template.name.trim().is_empty() { "template" } else { read.template.name.trim() };
    let file = files.first().filter(|part| !part.content.is_empty());
    read.upload = file.map(|part| Upload { name: format!("{name}.pdf"), bytes: body.slice_ref(part.content) });
    Ok(read)
}

fn of_pairs(pairs: Vec<(String, String)>) -> Result<Posted, Trouble> {
    let mut fields = Fields(BTreeMap::new());
    for (name, value) in pairs {
        if fields.0.insert(name.clone(), value).is_some() {
            return Err(Trouble::Unreadable(format!("{name}: twice")));
        }
    }
    let action = match fields.text("action").as_str() {
        "save" => Action::Save,
        "more" => Action::More,
        "show" => Action::Show,
        other => return Err(Trouble::Unreadable(format!("action: `{other}`"))),
    };
    let mut template = TemplateForm {
        name: fields.text("name"),
        description: fields.text("description").replace("\r\n", "\n"),
        unordered: fields.text("order") == "unordered",
        file: fields.text("file").trim().to_owned(),
        ..TemplateForm::default()
    };
    let mut places = BTreeMap::new();
    for number in fields.rows("party.") {
        if let Some(party) = party(&mut fields, number)? {
            places.insert(number, template.parties.len());
            template.parties.push(party);
        }
    }
    for number in fields.rows("component.") {
        let Some((owner, component)) = component(&mut fields, number)? else { continue };
        if owner == INITIATOR {
            template.fills.push(component);
            continue;
        }
        let place = owner.parse().ok().and_then(|number: usize| places.get(&number));
        let party = place.and_then(|place| template.parties.get_mut(*place));
        party.ok_or_else(|| Trouble::Unreadable(format!("component.{number}.owner: `{owner}`")))?.take(component);
    }
    match fields.0.into_keys().next() {
        Some(unknown) => Err(Trouble::Unreadable(unknown)),
        None => Ok(Posted { action, template, upload: None }),
    }
}

fn party(fields: &mut Fields, number: usize) -> Result<Option<PartyForm>, Trouble> {
    let mut text = |what: &str| fields.text(&format!("party.{number}.{what}"));
    let (kind, role, recipient) = (text("kind"), text("role"), text("recipient"));
    let kind = match kind.as_str() {
        "" => return Ok(None),
        "organization" => PartyKind::Organization,
        "person" => PartyKind::Person,
        "auto_sign" => PartyKind::AutoSign,
        other => return Err(Trouble::Unreadable(format!("party.{number}.kind: `{other}`"))),
    };
    Ok(Some(PartyForm { recipient, role, kind, components: Vec::new(), fills: Vec::new() }))
}

fn component(fields: &mut Fields, number: usize) -> Result<Option<(String, ComponentRow)>, Trouble> {
    let name = |what: &str| format!("component.{number}.{what}");
    let (owner, kind) = (fields.text(&name("owner")), fields.text(&name("type")));
    let usual = ComponentRow::of(&kind, "");
    let component = ComponentRow {
        id: fields.text(&name("id")).trim().to_owned(),
        name: fields.text(&name("name")),
        value: fields.text(&name("value")).replace("\r\n", "\n"),
        required: fields.text(&name("required")) == "true",
        extra: fields.text(&name("extra")),
        page: fields.number(&name("page"), usual.page)?,
        x: fields.number(&name("x"), usual.x)?,
        y: fields.number(&name("y"), usual.y)?,
        width: fields.number(&name("width"), usual.width)?,
        height: fields.number(&name("height"), usual.height)?,
        ..usual
    };
    Ok((!owner.is_empty() && !kind.is_empty()).then_some((owner, component)))
}

/// What was posted and not yet read.
struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Takes a text; an empty one when there is none.
    fn text(&mut self, name: &str) -> String {
        self.0.remove(name).unwrap_or_default()
    }

    /// Takes a number; the usual one when there is none. What is no number of a page (`NaN`) is refused where it is placed.
    fn number<N: FromStr>(&mut self, name: &str, usual: N) -> Result<N, Trouble> {
        let text = self.text(name);
        let text = text.trim();
        if text.is_empty() {
            Ok(usual)
        } else {
            text.parse().map_err(|_| Trouble::Unreadable(format!("{name}: `{text}`")))
        }
    }

    /// The numbers of the rows, in order.
    fn rows(&self, prefix: &str) -> Vec<usize> {
        let number = |name: &String| name.strip_prefix(prefix)?.split_once('.')?.0.parse::<usize>().ok();
        let mut numbers: Vec<_> = self.0.keys().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Result<Posted, Trouble> {
        of_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn components_go_to_whoever_owns_them_and_empty_rows_are_none() {
        let posted = form(&[
            ("action", "save"),
            ("order", "unordered"),
            ("party.1.kind", ""),
            ("party.2.kind", "person"),
            ("party.2.role", "乙方"),
            ("component.1.owner", "2"),
            ("component.1.type", "SIGN_SIGNATURE"),
            ("component.1.x", "10.5"),
            ("component.2.owner", "2"),
            ("component.2.type", "TEXT"),
            ("component.3.owner", "initiator"),
            ("component.3.type", "TEXT"),
            ("component.4.owner", ""),
            ("component.4.type", ""),
        ]);
        let posted = posted.unwrap();
        assert_eq!((posted.action, posted.template.unordered, posted.template.fills.len()), (Action::Save, true, 1));
        let [person] = posted.template.parties.as_slice() else { panic!("one party") };
        assert_eq!((person.role.as_str(), person.components[0].x, person.fills.len()), ("乙方", 10.5, 1));
    }

    #[test]
    fn what_the_page_cannot_send_is_not_read() {
        for pairs in [
            &[][..],
            &[("action", "burn")],
            &[("action", "save"), ("action", "more")],
            &[("action", "save"), ("colour", "red")],
            &[("action", "save"), ("party.1.kind", "ghost")],
            &[("action", "save"), ("component.1.owner", "7"), ("component.1.type", "TEXT")],
            &[("action", "save"), ("component.1.owner", "initiator"), ("component.1.page", "one")],
            &[("action", "save"), ("component.99999999999999999999.owner", "1")],
        ] {
            assert!(matches!(form(pairs), Err(Trouble::Unreadable(_))), "{pairs:?}");
        }
    }

    #[test]
    fn a_file_comes_beside_the_form_and_is_called_after_the_template() {
        let part = |name: &str, text: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let body = [part("action", "show"), part("name", "租约"), part("upload", "%PDF"), "--b--".to_owned()].concat();
        let posted = of_parts("multipart/form-data; boundary=b", &Bytes::from(body)).unwrap();
        let upload = posted.upload.unwrap();
        assert_eq!((upload.name.as_str(), &upload.bytes[..]), ("租约.pdf", &b"%PDF"[..]));
    }
}
