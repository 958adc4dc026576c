//! `ModifyIntegrationDepartment` changes a department, or moves it below another one. What is left out stays as it was (`api
//! ModifyIntegrationDepartment`); so does what is empty (ASSUMED, as elsewhere).

use ess_schemas::ess::{ModifyIntegrationDepartmentRequest, ModifyIntegrationDepartmentResponse};

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::departments::{Named, Wanted};

/// See the module's comment.
///
/// # Errors
/// No such department, or no such parent; the root is to be moved or renamed, a department to stand below itself; or there is such a
/// department already.
pub fn modify_integration_department(
    call: &mut Call<'_>,
    request: ModifyIntegrationDepartmentRequest,
) -> Result<ModifyIntegrationDepartmentResponse, Refusal> {
    if request.dept_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "DeptId" });
    }
    let parent = call.named_department(Named { id: given(&request.parent_dept_id), open_id: None })?;
    let wanted = Wanted {
        name: given(&request.dept_name).cloned(),
        parent: parent.map(|parent| parent.id),
        open_id: given(&request.dept_open_id).cloned(),
        order: request.order_no,
    };
    call.change_department(&request.dept_id, wanted)?;
    Ok(ModifyIntegrationDepartmentResponse {})
}
