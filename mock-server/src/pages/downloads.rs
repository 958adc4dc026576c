//! The page that hands documents out, in folders; it opens once (`api GetDownloadFlowUrl`). What it hands out can be fetched for
//! five minutes from then on (ASSUMED: as the addresses of documents the service hands out itself).

use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::json;

use super::embed::Visitor;
use super::manner::{Refresh, render};
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::flow::Flow;
use crate::domain::link::{Folder, Link};
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::clock::EdgeTime;
use crate::engine::download;
use crate::engine::urls::Urls;
use crate::engine::world::World;
use crate::rendering::resource::ResourceKind;

/// How long what is handed out can be fetched.
const LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// A folder, and where it can be fetched as one file.
#[derive(Serialize)]
struct FolderRow {
    name: String,
    zip: String,
    documents: Vec<DocumentRow>,
}

/// A contract, and where its document can be fetched.
#[derive(Serialize)]
struct DocumentRow {
    flow: String,
    name: String,
    url: String,
}

/// Shows the page, once.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link, folders: &[Folder]) -> Result<Response, Trouble> {
    let folders = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        if !world.spend_link(&link.token) {
            return Err(Trouble::AlreadyOpened);
        }
        let (urls, until) = (&visitor.account.urls, now.plus(LIFETIME));
        Ok(folders.iter().map(|folder| folder_row(world, urls, folder, until)).collect::<Vec<_>>())
    })?;
    if visitor.manner.json {
        return Ok(Json(json!({ "page": "downloads", "folders": folders })).into_response());
    }
    Ok(render(&DownloadsView {
        language: visitor.place.language,
        root: visitor.place.root,
        switch: None,
        refresh: None,
        folders,
    }))
}

fn folder_row(world: &World, urls: &Urls, folder: &Folder, until: Timestamp) -> FolderRow {
    // A contract whose time in this world is over is no longer handed out.
    let flows: Vec<&Flow> =
        folder.flows.iter().filter_map(|id| world.flows.get(id.as_str())).map(AsRef::as_ref).collect();
    let url = |ids: &str, extension| {
        let kind = ResourceKind::Flow.wire();
        urls.file(kind, ids, 0, extension, &download::key(&world.ids, kind, ids, until))
    };
    let all: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    FolderRow {
        name: folder.name.clone(),
        zip: url(&all.join(download::SEPARATOR), "ZIP") + &download::named(&folder.name),
        documents: flows
            .iter()
            .map(|flow| DocumentRow {
                flow: flow.id.to_string(),
                name: flow.name.clone(),
                url: url(flow.id.as_str(), "PDF"),
            })
            .collect(),
    }
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "downloads.html")]
struct DownloadsView {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    folders: Vec<FolderRow>,
}
