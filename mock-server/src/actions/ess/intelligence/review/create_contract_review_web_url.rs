//! `CreateContractReviewWebUrl` makes the address of a review's page. With a file, its review begins at once, as
//! `CreateBatchContractReviewTask` without further words begins one, and costs a unit (ASSUMED: the action publishes the code for who has
//! none); without, the page asks for one.

use std::sync::Arc;

use ess_schemas::ess::{
    ContractReviewWebUrlOption, CreateContractReviewWebUrlRequest, CreateContractReviewWebUrlResponse,
};

use crate::actions::ess::dialect::given;
use crate::actions::ess::intelligence::pages::address;
use crate::domain::ids::TaskId;
use crate::domain::intelligence::page::{IntelligencePage, ReviewHides};
use crate::domain::intelligence::review::task::Wanted;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::intelligence::reviewing::{self, Asking, Prepared};

/// Reads the file before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateContractReviewWebUrlRequest) -> Prepared {
    let files: Vec<String> = given(&request.resource_id).cloned().into_iter().collect();
    reviewing::prepare(account, edge, &files, &Wanted::usual()).pop().flatten()
}

/// See the module's comment.
///
/// # Errors
/// A file that is unknown or cannot be reviewed, or no unit left.
pub fn create_contract_review_web_url(
    call: &mut Call<'_>,
    request: CreateContractReviewWebUrlRequest,
    prepared: Prepared,
) -> Result<CreateContractReviewWebUrlResponse, Refusal> {
    let hides = request.option.as_ref().map(hides).unwrap_or_default();
    let user_data = request.user_data.clone().unwrap_or_default();
    let Some(resource) = given(&request.resource_id) else {
        let web_url = address(call, IntelligencePage::NewReview { user_data, hides })?;
        return Ok(CreateContractReviewWebUrlResponse { task_id: None, web_url });
    };
    let task = begin(call, resource, prepared, user_data)?;
    let web_url = address(call, IntelligencePage::Review(task.clone(), hides))?;
    Ok(CreateContractReviewWebUrlResponse { task_id: Some(task.to_string()), web_url })
}

fn begin(call: &mut Call<'_>, resource: &str, prepared: Prepared, user_data: String) -> Result<TaskId, Refusal> {
    let file = call.usable_file(resource)?;
    reviewing::ensure_reviewable(&file)?;
    let (organization, operator) = (call.caller.organization().clone(), call.caller.operator()?.id.clone());
    let asking = Asking { organization, operator, user_data };
    call.world.begin_one_review(file, prepared, &asking, &Wanted::usual(), call.now)
}

fn hides(option: &ContractReviewWebUrlOption) -> ReviewHides {
    let is = |hidden: Option<bool>| hidden.unwrap_or(false);
    ReviewHides {
        store: is(option.disable_temporary_store),
        export: is(option.disable_export),
        again: is(option.disable_review_again),
        qr_code: is(option.disable_wx_qrcode),
    }
}
