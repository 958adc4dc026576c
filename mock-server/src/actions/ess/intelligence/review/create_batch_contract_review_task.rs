//! `CreateBatchContractReviewTask` has up to five uploaded files reviewed, each by a task of its own that costs a unit of the company's
//! package. Ids of tasks stand in the order of the files.
//!
//! `Roles` and `ChecklistIds` take the place of the older `Role` and `ChecklistId`, which count where they are alone (ASSUMED: the
//! examples still send them). What a review finds is [`crate::domain::intelligence::review::judging`]'s.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_schemas::ess::{CreateBatchContractReviewTaskRequest, CreateBatchContractReviewTaskResponse};

use super::dialect;
use crate::actions::ess::dialect::given;
use crate::domain::ids::ChecklistId;
use crate::domain::intelligence::review::judging::Policy;
use crate::domain::intelligence::review::task::Wanted;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::intelligence::reviewing::{self, Asking, Prepared};

/// Reads the files before the world is opened.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    request: &mut CreateBatchContractReviewTaskRequest,
) -> Vec<Prepared> {
    reviewing::prepare(account, edge, &request.resource_ids, &wanted(request))
}

/// See the module's comment.
///
/// # Errors
/// No files, one that is unknown or cannot be reviewed, a list the company does not have or has switched off, or too few units.
pub fn create_batch_contract_review_task(
    call: &mut Call<'_>,
    request: CreateBatchContractReviewTaskRequest,
    prepared: Vec<Prepared>,
) -> Result<CreateBatchContractReviewTaskResponse, Refusal> {
    if request.resource_ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "ResourceIds" });
    }
    let files = request.resource_ids.iter().map(|id| {
        let file = call.usable_file(id)?;
        reviewing::ensure_reviewable(&file)?;
        Ok(file)
    });
    let files = files.collect::<Result<Vec<_>, Refusal>>()?;
    let wanted = wanted(&request);
    call.world.ensure_usable_checklists(&wanted.checklists, call.caller.organization())?;
    let asking = Asking {
        organization: call.caller.organization().clone(),
        operator: call.caller.operator()?.id.clone(),
        user_data: request.user_data.unwrap_or_default(),
    };
    let tasks = call.world.begin_reviews(files.into_iter().zip(prepared).collect(), &asking, &wanted, call.now)?;
    Ok(CreateBatchContractReviewTaskResponse { task_ids: Some(tasks.iter().map(ToString::to_string).collect()) })
}

fn wanted(request: &CreateBatchContractReviewTaskRequest) -> Wanted {
    let listed = request.checklist_ids.iter().flatten().filter(|id| !id.is_empty());
    let mut seen = BTreeSet::new();
    let distinct = listed.filter(|id| seen.insert(id.as_str())).map(|id| id.as_str().into());
    let mut checklists: Vec<ChecklistId> = distinct.collect();
    if checklists.is_empty() {
        checklists.extend(given(&request.checklist_id).map(|id| id.as_str().into()));
    }
    let roles = request.roles.as_ref().filter(|roles| !roles.is_empty());
    let roles = roles.map_or_else(|| request.role.iter().collect::<Vec<_>>(), |roles| roles.iter().collect());
    Wanted {
        checklists,
        roles: roles.into_iter().map(dialect::role).collect(),
        policy: Policy::from_wire(request.policy_type.unwrap_or(0)),
        // 1 is what counts when nothing is said; limits see to it that it is 1 or 2.
        general: request.enable_general_checklist.unwrap_or(1) == 1,
        comment: request.comment.clone().unwrap_or_default(),
    }
}
