//! The home page and the contract list of the mini program's stand-in.

use std::sync::Arc;

use askama::Template;

use super::address::Address;
use super::manner::Refresh;
use super::words::Language;
use crate::domain::flow::Flow;

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "listing.html")]
pub(super) struct ListPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    everything: bool,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    href: String,
    name: &'a str,
    initiator: &'a str,
    status: &'static str,
    created_at: String,
}

impl<'a> ListPage<'a> {
    /// Of these contracts.
    pub(super) fn new(flows: &'a [Arc<Flow>], address: &Address) -> Self {
        let language = address.language;
        Self {
            language,
            root: address.root(),
            switch: Some(address.in_language(language.other()).href()),
            refresh: None,
            everything: address.wants_everything(),
            rows: flows
                .iter()
                .map(|flow| Row {
                    href: address.choosing(flow.id.as_str()).href(),
                    name: &flow.name,
                    initiator: &flow.initiator.organization_name,
                    status: language.flow_status(flow.status()),
                    created_at: language.moment(flow.created_at),
                })
                .collect(),
        }
    }
}
