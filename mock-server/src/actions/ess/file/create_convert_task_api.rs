//! `CreateConvertTaskApi` turns an uploaded file into a PDF, some seconds later; `GetTaskResultApi` tells how far it is.

use std::sync::Arc;

use ess_schemas::ess::{CreateConvertTaskApiRequest, CreateConvertTaskApiResponse};

use crate::actions::conversion::{self, Wanted};
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Makes the PDF before the world is opened.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    request: &mut CreateConvertTaskApiRequest,
) -> Option<Arc<Content>> {
    conversion::prepare(account, edge, &wanted(request))
}

/// See the module's comment.
///
/// # Errors
/// As [`conversion::begin`].
pub fn create_convert_task_api(
    call: &mut Call<'_>,
    request: CreateConvertTaskApiRequest,
    pdf: Option<Arc<Content>>,
) -> Result<CreateConvertTaskApiResponse, Refusal> {
    let task_id = conversion::begin(call, &wanted(&request), pdf)?;
    Ok(CreateConvertTaskApiResponse { task_id })
}

fn wanted(request: &CreateConvertTaskApiRequest) -> Wanted {
    Wanted {
        file: request.resource_id.clone(),
        name: request.resource_name.clone(),
        kind: request.resource_type.clone(),
    }
}
