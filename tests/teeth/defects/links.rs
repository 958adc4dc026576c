//! Links that live too long or not long enough, and pages that show something else.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use http::StatusCode;

use super::defect;
use crate::defect::{Defect, Paint, Trick};
use crate::proxy::parcel::Page;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        defect("dead_links_live_on", "a link that worked once works for ever", Trick::Visited(remembering("GET"))),
        defect(
            "dead_links_sign",
            "who comes through a dead link may act",
            Trick::Visited(Box::new(|method, _, page| {
                if method == "POST" && page.status.is_client_error() {
                    page.status = StatusCode::OK;
                }
            })),
        ),
        defect("links_work_once", "a link works once", {
            let seen = Mutex::new(HashSet::new());
            Trick::Visited(Box::new(move |method, path, page| {
                if method == "GET" && page.status.is_success() && !seen.lock().unwrap().insert(path.to_owned()) {
                    page.status = StatusCode::GONE;
                }
            }))
        }),
        defect(
            "short_links_lead_nowhere",
            "short links lead nowhere",
            Trick::Visited(Box::new(|_, path, page| {
                if path.starts_with("/s/") {
                    page.status = StatusCode::NOT_FOUND;
                }
            })),
        ),
        defect(
            "pages_are_empty",
            "pages show nothing",
            Trick::Visited(Box::new(|method, _, page| {
                if method == "GET" && page.status == StatusCode::OK {
                    page.body = "<!doctype html><title>电子签</title>".into();
                }
            })),
        ),
        defect("pages_of_the_first_visitor", "every visitor sees the page of the first one", {
            let first = Mutex::new(None);
            Trick::Visited(Box::new(move |method, _, page| {
                if method == "GET" && page.status == StatusCode::OK {
                    *page = first.lock().unwrap().get_or_insert_with(|| page.clone()).clone();
                }
            }))
        }),
        defect("downloads_live_on", "a download that worked once works for ever", Trick::Fetched(remembering("GET"))),
        defect(
            "pages_take_no_acts",
            "nobody can act through a link",
            Trick::Visited(Box::new(|method, _, page| {
                if method == "POST" {
                    page.status = StatusCode::FORBIDDEN;
                }
            })),
        ),
    ]
}

/// Shows what was there when it was visited the first time.
fn remembering(wanted: &'static str) -> Paint {
    let seen = Mutex::new(HashMap::<String, Page>::new());
    Box::new(move |method, path, page| {
        let mut seen = seen.lock().unwrap();
        if method == wanted && page.status.is_success() {
            seen.insert(path.to_owned(), page.clone());
        } else if let Some(earlier) = seen.get(path).filter(|_| method == wanted) {
            *page = earlier.clone();
        }
    })
}
