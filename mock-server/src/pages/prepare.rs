//! The page where prepared contracts are launched: look, say what is missing, launch.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::embed::Visitor;
use super::jump;
use super::manner::{Refresh, render};
use super::posted::posted_flat;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::file::Content;
use crate::domain::ids::{OrganizationId, PreparationId};
use crate::domain::preparation::{Gap, NamedSigner, Preparation, PreparedFlow, Resource};
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    /// An uploaded file, where the call named none.
    #[serde(default)]
    file: String,
    /// Who takes the places nobody was named for, in order.
    #[serde(default)]
    signers: Vec<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Launch,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Named {
    name: String,
    mobile: String,
    organization: String,
}

impl Wish {
    /// A form has `name.0`, `mobile.0` and `organization.0` for the first place, and so on.
    fn of_form(mut fields: BTreeMap<String, String>) -> Result<Self, String> {
        if fields.remove("action").as_deref() != Some("launch") {
            return Err("action=launch".to_owned());
        }
        let file = fields.remove("file").unwrap_or_default();
        let mut take = |what: &str, place: usize| fields.remove(&format!("{what}.{place}"));
        let mut signers = Vec::new();
        while let Some(name) = take("name", signers.len()) {
            let place = signers.len();
            let mobile = take("mobile", place).unwrap_or_default();
            signers.push(Named { name, mobile, organization: take("organization", place).unwrap_or_default() });
        }
        Ok(Self { action: Action::Launch, file, signers })
    }
}

/// Shows what would be launched, or what was.
pub(super) fn show(visitor: &Visitor<'_>, id: &PreparationId) -> Result<Response, Trouble> {
    let (preparation, now) = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        Ok((world.preparations.get(id.as_str()).cloned().ok_or(Trouble::UnknownLink)?, now))
    })?;
    let sight = Sight::of(&preparation, now, visitor.place.language);
    if visitor.manner.json {
        return Ok(Json(twin(&sight, visitor)).into_response());
    }
    let page = PreparePage {
        language: visitor.place.language,
        root: visitor.place.root,
        switch: visitor.place.switch(),
        refresh: None,
        sight: &sight,
        form: visitor.place.href(),
    };
    Ok(render(&page))
}

/// Launches.
pub(super) async fn act(visitor: &Visitor<'_>, id: &PreparationId, request: Request) -> Result<Response, Trouble> {
    let Wish { action: Action::Launch, file, signers } = posted_flat(request, Wish::of_form).await?;
    let people: Vec<NamedSigner> = signers
        .into_iter()
        .map(|one| NamedSigner { name: one.name, mobile: one.mobile, organization: one.organization })
        .collect();
    visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let preparation = world.preparations.get(id.as_str()).cloned().ok_or(Trouble::UnknownLink)?;
        if preparation.launched {
            return Err(Trouble::AlreadyDone);
        }
        let file = chosen(world, &preparation.initiator.organization, &file, now)?;
        let launched = world.launch_preparation(&preparation, file.as_ref(), &people, now, outbox);
        launched.map(drop).map_err(|refusal| Trouble::refused(&refusal))
    })?;
    if visitor.manner.json {
        return show(visitor, id);
    }
    // Where the caller wants them to go on, else to what the page shows now.
    let link = visitor.follow()?;
    let next = link.jump_url.as_deref().and_then(jump::safe).map_or_else(|| visitor.place.href(), str::to_owned);
    Ok((StatusCode::SEE_OTHER, [(LOCATION, next)]).into_response())
}

/// The file somebody names on the page; it must be a PDF of the company's.
fn chosen(world: &World, company: &OrganizationId, id: &str, now: Timestamp) -> Result<Option<Arc<Content>>, Trouble> {
    if id.is_empty() {
        return Ok(None);
    }
    let file = world.files.get(id).filter(|file| &file.owner == company && now < file.expires_at);
    let content = file.map(|file| file.content.clone()).filter(|content| content.pages.is_some());
    content.map(Some).ok_or(Trouble::UnknownFile)
}

/// What there is to see.
struct Sight {
    group: Option<String>,
    initiator: String,
    launched: bool,
    contracts: Vec<Contract>,
    asks_for_file: bool,
    gaps: Vec<Gap>,
}

struct Contract {
    id: String,
    name: String,
    pages: Option<usize>,
    deadline: String,
    reviewed: bool,
    parties: Vec<Party>,
}

struct Party {
    role: String,
    organization: String,
    name: String,
}

impl Sight {
    fn of(preparation: &Preparation, now: Timestamp, language: Language) -> Self {
        let flows = &preparation.flows;
        Self {
            group: preparation.group.clone(),
            initiator: preparation.initiator.organization_name.clone(),
            launched: preparation.launched,
            contracts: flows.iter().map(|one| Contract::of(one, now, language)).collect(),
            asks_for_file: flows.iter().any(|one| one.resource.is_none()),
            gaps: flows.iter().flat_map(PreparedFlow::gaps).collect(),
        }
    }
}

impl Contract {
    fn of(flow: &PreparedFlow, now: Timestamp, language: Language) -> Self {
        let role = |one: &crate::domain::launch::NewApprover| match &flow.resource {
            Some(Resource::Template(template)) if one.role_name.is_empty() => {
                let party = template.parties.iter().find(|party| Some(&party.recipient) == one.recipient.as_ref());
                party.map(|party| party.role.clone()).unwrap_or_default()
            }
            _ => one.role_name.clone(),
        };
        let deadline = flow.lasts.map(|span| now.plus(span)).or(flow.new.deadline);
        Self {
            id: flow.id.to_string(),
            name: flow.new.name.clone(),
            pages: flow.content().and_then(|content| content.pages.as_ref()).map(Vec::len),
            deadline: deadline.map(|at| language.moment(at)).unwrap_or_default(),
            reviewed: flow.new.needs_creation_review,
            parties: flow
                .new
                .approvers
                .iter()
                .map(|one| Party {
                    role: role(one),
                    organization: one.organization_name.clone().unwrap_or_default(),
                    name: one.name.clone().unwrap_or_default(),
                })
                .collect(),
        }
    }
}

fn twin(sight: &Sight, visitor: &Visitor<'_>) -> Value {
    let contract = |one: &Contract| {
        json!({
            "id": one.id,
            "name": one.name,
            "pages": one.pages,
            "parties": one.parties.iter().map(|party| json!({
                "role": party.role, "organization": party.organization, "name": party.name,
            })).collect::<Vec<_>>(),
        })
    };
    let missing = |gap: &Gap| json!({ "role": gap.role, "organization": gap.organization });
    let launch = json!({
        "action": "launch", "method": "POST", "href": visitor.place.href(),
        "body": { "action": "launch", "file": "<FileId>", "signers": [{ "name": "", "mobile": "", "organization": "" }] },
    });
    json!({
        "group": sight.group,
        "initiator": sight.initiator,
        "launched": sight.launched,
        "contracts": sight.contracts.iter().map(contract).collect::<Vec<_>>(),
        "asks_for_file": sight.asks_for_file,
        "asks_for_signers": sight.gaps.iter().map(missing).collect::<Vec<_>>(),
        "actions": (!sight.launched).then_some(launch).into_iter().collect::<Vec<_>>(),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "prepare.html")]
struct PreparePage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    sight: &'a Sight,
    form: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_signers_are_read_in_order() {
        let fields = [("action", "launch"), ("name.0", "张三"), ("mobile.0", "1"), ("name.1", "李四"), ("file", "f")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let wish = Wish::of_form(fields.into()).unwrap();
        let named: Vec<(&str, &str)> = wish.signers.iter().map(|one| (&*one.name, &*one.mobile)).collect();
        assert_eq!(named, [("张三", "1"), ("李四", "")]);
        assert_eq!(wish.file, "f");
        assert!(Wish::of_form(BTreeMap::new()).is_err());
    }
}
