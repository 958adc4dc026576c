//! Pages behind links, and downloads.

use super::Shared;
use super::parcel::{Page, Parcel};
use crate::defect::Trick;

/// Downloads are below it.
const FILE: &str = "/file/";

pub(super) async fn pass(shared: &Shared, parcel: Parcel) -> reqwest::Result<Page> {
    let (method, path) = (parcel.method.to_string(), parcel.path.clone());
    let truth = shared.forward(parcel).await?;
    let paint = match shared.trick() {
        Some(Trick::Visited(paint)) if !path.starts_with(FILE) => paint,
        Some(Trick::Fetched(paint)) if path.starts_with(FILE) => paint,
        Some(_) | None => return Ok(truth),
    };
    let mut page = truth.clone();
    paint(&method, &path, &mut page);
    Ok(shared.told(&truth, page))
}
