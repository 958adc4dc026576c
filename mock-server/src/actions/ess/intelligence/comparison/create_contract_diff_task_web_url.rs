//! `CreateContractDiffTaskWebUrl` makes the address of a page where two files are compared: five minutes, once.
//!
//! With `SkipFileUpload` and both files the comparison begins right away, as with `CreateContractComparisonTask`, and the page shows
//! it. Otherwise the files are chosen on the page. `SkipFileUpload` without any file leads there, too: the text asks for both, the
//! example shows an address without a task (`ex CreateContractDiffTaskWebUrl`). One file alone is refused (ASSUMED). Files that are
//! named although they are to be chosen are left aside (`api CreateContractDiffTaskWebUrl`: not needed).

use std::sync::Arc;

use ess_schemas::ess::{CreateContractDiffTaskWebUrlRequest, CreateContractDiffTaskWebUrlResponse};

use super::super::pages::address;
use super::files::{Compared, Pair};
use crate::actions::ess::dialect::given;
use crate::documents::Revisions;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Compares the files before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateContractDiffTaskWebUrlRequest) -> Compared {
    pair(request)?.compare(account, edge, Revisions::AsTheyStand)
}

/// See the module's comment.
///
/// # Errors
/// As [`Pair::begin`].
pub fn create_contract_diff_task_web_url(
    call: &mut Call<'_>,
    request: CreateContractDiffTaskWebUrlRequest,
    compared: Compared,
) -> Result<CreateContractDiffTaskWebUrlResponse, Refusal> {
    let user_data = given(&request.user_data).cloned();
    let told = user_data.clone().unwrap_or_default();
    let task = match pair(&request) {
        Some(pair) => Some(pair.begin(call, compared, "", &told)?),
        None => None,
    };
    let task_id = Some(task.as_ref().map(ToString::to_string).unwrap_or_default());
    let page = task.map_or(IntelligencePage::NewComparison { user_data: told }, IntelligencePage::Comparison);
    Ok(CreateContractDiffTaskWebUrlResponse { task_id, web_url: address(call, page)?, user_data })
}

/// The files that are to be compared; none when they are to be chosen.
fn pair(request: &CreateContractDiffTaskWebUrlRequest) -> Option<Pair<'_>> {
    let text = |value| given(value).map_or("", String::as_str);
    let (original, newer) = (text(&request.original_file_resource_id), text(&request.diff_file_resource_id));
    let named = request.skip_file_upload && !(original.is_empty() && newer.is_empty());
    named.then_some(Pair { original: ("OriginalFileResourceId", original), newer: ("DiffFileResourceId", newer) })
}
