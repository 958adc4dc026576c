//! `CreateFileConvertTask` turns an uploaded file into a PDF, some seconds later; `DescribeFileConvertTask` tells how far it is.

use std::sync::Arc;

use ess_schemas::essbasic::{CreateFileConvertTaskRequest, CreateFileConvertTaskResponse};

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
    request: &mut CreateFileConvertTaskRequest,
) -> Option<Arc<Content>> {
    conversion::prepare(account, edge, &wanted(request))
}

/// See the module's comment.
///
/// # Errors
/// As [`conversion::begin`].
pub fn create_file_convert_task(
    call: &mut Call<'_>,
    request: CreateFileConvertTaskRequest,
    pdf: Option<Arc<Content>>,
) -> Result<CreateFileConvertTaskResponse, Refusal> {
    let task_id = conversion::begin(call, &wanted(&request), pdf)?;
    Ok(CreateFileConvertTaskResponse { task_id })
}

fn wanted(request: &CreateFileConvertTaskRequest) -> Wanted {
    Wanted {
        file: request.resource_id.clone(),
        name: request.resource_name.clone(),
        kind: request.resource_type.clone(),
    }
}
