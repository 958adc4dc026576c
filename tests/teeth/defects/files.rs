//! Downloads that are something else than what they should be.

use axum::body::Bytes;
use http::StatusCode;

use super::defect;
use crate::defect::{Defect, Trick};
use crate::proxy::parcel::Page;

/// A file as it was uploaded, which nobody has signed or filled in.
const UNSIGNED: &[u8] = include_bytes!("../../../conformance/files/sample-contract.pdf");
/// A picture.
const PICTURE: &[u8] = include_bytes!("../../../conformance/files/picture.png");

pub(super) fn defects() -> Vec<Defect> {
    vec![
        fetched("half_a_file", "downloads end in the middle", |page| {
            page.body = page.body.slice(..page.body.len() / 2);
        }),
        fetched("unstamped_files", "a contract is downloaded as it was uploaded", |page| {
            if is_pdf(page) {
                page.body = Bytes::from_static(UNSIGNED);
            }
        }),
        fetched("pictures_for_files", "a picture is downloaded in place of a PDF", |page| {
            if is_pdf(page) {
                page.body = Bytes::from_static(PICTURE);
            }
        }),
        fetched("files_for_pictures", "a PDF is downloaded in place of a picture", |page| {
            if !is_pdf(page) {
                page.body = Bytes::from_static(UNSIGNED);
            }
        }),
        fetched("files_not_found", "downloads are not found", |page| page.status = StatusCode::NOT_FOUND),
        fetched("empty_files", "downloads are empty", |page| page.body = Bytes::new()),
    ]
}

fn is_pdf(page: &Page) -> bool {
    page.body.starts_with(b"%PDF-")
}

fn fetched(name: &'static str, says: &'static str, change: fn(&mut Page)) -> Defect {
    let paint = move |_: &str, _: &str, page: &mut Page| {
        if page.status.is_success() {
            change(page);
        }
    };
    defect(name, says, Trick::Fetched(Box::new(paint)))
}
