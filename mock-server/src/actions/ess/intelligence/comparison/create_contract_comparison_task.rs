//! `CreateContractComparisonTask` compares two files of the company's: where the newer says something else than the older.
//!
//! PDF and Word files (`api CreateContractDiffTaskWebUrl`). Changes in a Word file that nobody has accepted stand, or are accepted first
//! (`RevisionOperation`). What differs is found by the rules of [`difference`](crate::domain::intelligence::difference). It takes a unit
//! of the company's package. `ContractDiffTaskCreate` tells of it, and `ContractDiffTaskFinish`, `BillingUse` and `FlowCost` when it is
//! done, seconds later (`callback samples`). A file whose text cannot be read makes the task fail, not the call (ASSUMED). `Tags` are
//! taken and change nothing: no action asks for them.

use std::sync::Arc;

use ess_schemas::ess::{CreateContractComparisonTaskRequest, CreateContractComparisonTaskResponse};

use super::files::{Compared, Pair};
use crate::actions::ess::dialect::given;
use crate::documents::Revisions;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Compares the files before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateContractComparisonTaskRequest) -> Compared {
    let accepted = request.revision_operation == Some(1);
    pair(request).compare(account, edge, if accepted { Revisions::Accepted } else { Revisions::AsTheyStand })
}

/// See the module's comment.
///
/// # Errors
/// As [`Pair::begin`].
pub fn create_contract_comparison_task(
    call: &mut Call<'_>,
    request: CreateContractComparisonTaskRequest,
    compared: Compared,
) -> Result<CreateContractComparisonTaskResponse, Refusal> {
    let text = |value| given(value).map_or("", String::as_str);
    let task = pair(&request).begin(call, compared, text(&request.comment), text(&request.user_data))?;
    Ok(CreateContractComparisonTaskResponse {
        user_data: given(&request.user_data).cloned(),
        task_id: Some(task.to_string()),
    })
}

fn pair(request: &CreateContractComparisonTaskRequest) -> Pair<'_> {
    Pair {
        original: ("OriginFileResourceId", &request.origin_file_resource_id),
        newer: ("DiffFileResourceId", &request.diff_file_resource_id),
    }
}
