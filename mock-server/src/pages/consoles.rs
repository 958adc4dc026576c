//! The ways into a platform's console of several companies, for their one administrator: a list that leads to each.

use askama::Template;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::link::{Link, Opens};
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

/// A company, and its way in.
struct Row {
    company: String,
    status: &'static str,
    href: String,
}

/// Shows the list.
pub(super) fn show(visitor: &Visitor<'_>, tokens: &[String]) -> Result<Response, Trouble> {
    let rows: Vec<Row> = visitor.account.try_enter(EdgeTime::read(), |world, _, _| {
        Ok::<_, Trouble>(tokens.iter().filter_map(|token| row(world, world.links.get(token)?)).collect())
    })?;
    if visitor.manner.json {
        let companies: Vec<_> =
            rows.iter().map(|row| json!({ "company": row.company, "status": row.status, "href": row.href })).collect();
        return Ok(Json(json!({ "companies": companies })).into_response());
    }
    Ok(render(&ConsolesView {
        language: visitor.place.language,
        root: visitor.place.root,
        switch: visitor.place.switch(),
        refresh: None,
        rows,
    }))
}

fn row(world: &World, link: &Link) -> Option<Row> {
    let Opens::Console(console) = &link.opens else { return None };
    let (_, customer) = world.customer(&console.customer).ok()?;
    let company = world.directory.organizations.get(customer.organization.as_str())?;
    Some(Row {
        company: company.name.clone(),
        status: customer.certification.status.word(),
        href: format!("?code={}", link.code),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "consoles.html")]
struct ConsolesView {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    rows: Vec<Row>,
}
