//! `CreateIntegrationDepartment` makes a department, below another one or, where none is named, below the root. Of a parent's two ids
//! the vendor's wins (`ex CreateIntegrationDepartment`).

use ess_schemas::ess::{CreateIntegrationDepartmentRequest, CreateIntegrationDepartmentResponse};

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::departments::{Named, Wanted};

/// See the module's comment.
///
/// # Errors
/// No name, no such parent, or there is such a department already.
pub fn create_integration_department(
    call: &mut Call<'_>,
    request: CreateIntegrationDepartmentRequest,
) -> Result<CreateIntegrationDepartmentResponse, Refusal> {
    if request.dept_name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "DeptName" });
    }
    let parent = Named { id: given(&request.parent_dept_id), open_id: given(&request.parent_dept_open_id) };
    let parent = call.named_department(parent)?.map(|parent| parent.id);
    let open_id = given(&request.dept_open_id).cloned();
    let id =
        call.make_department(Wanted { name: Some(request.dept_name), parent, open_id, order: request.order_no })?;
    Ok(CreateIntegrationDepartmentResponse { dept_id: id.to_string() })
}
