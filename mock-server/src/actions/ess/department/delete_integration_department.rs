//! `DeleteIntegrationDepartment` takes a department away. Its people go to another one, the root where none is named, and with them
//! what they launched and made: contracts, seals and templates belong to the department of their people (`api
//! DeleteIntegrationDepartment.ReceiveDeptId`).

use ess_schemas::ess::{DeleteIntegrationDepartmentRequest, DeleteIntegrationDepartmentResponse};

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::departments::Named;

/// See the module's comment.
///
/// # Errors
/// No such department, or receiver; it is the root, has others below it, or would be its own receiver.
pub fn delete_integration_department(
    call: &mut Call<'_>,
    request: DeleteIntegrationDepartmentRequest,
) -> Result<DeleteIntegrationDepartmentResponse, Refusal> {
    if request.dept_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "DeptId" });
    }
    call.remove_department(&request.dept_id, Named { id: given(&request.receive_dept_id), open_id: None })?;
    Ok(DeleteIntegrationDepartmentResponse {})
}
