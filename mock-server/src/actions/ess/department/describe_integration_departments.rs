//! `DescribeIntegrationDepartments` shows a department, alone or with those right below it: `OrderNo` descending, then as they were made
//! (`api IntegrationDepartment.OrderNo`). The root where none is named; it stands below `0` (`ex DescribeIntegrationDepartments`).

use ess_schemas::ess::{
    DescribeIntegrationDepartmentsRequest, DescribeIntegrationDepartmentsResponse, IntegrationDepartment,
};

use crate::actions::ess::dialect::given;
use crate::domain::department::Department;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::departments::Named;

/// `QueryType`: the department and those right below it.
const WITH_CHILDREN: u64 = 1;
/// What the root stands below (`ex DescribeIntegrationDepartments`).
const NOTHING: &str = "0";

/// See the module's comment.
///
/// # Errors
/// No such department.
pub fn describe_integration_departments(
    call: &mut Call<'_>,
    request: DescribeIntegrationDepartmentsRequest,
) -> Result<DescribeIntegrationDepartmentsResponse, Refusal> {
    let named = Named { id: given(&request.dept_id), open_id: given(&request.dept_open_id) };
    let directory = &call.world.directory;
    let department =
        call.named_department(named)?.unwrap_or_else(|| directory.root_department(call.caller.organization()));
    let below = if request.query_type == WITH_CHILDREN { directory.departments_below(&department.id) } else { vec![] };
    let departments = [&department].into_iter().chain(below).map(described).collect();
    Ok(DescribeIntegrationDepartmentsResponse { departments })
}

fn described(department: &Department) -> IntegrationDepartment {
    IntegrationDepartment {
        dept_id: department.id.to_string(),
        dept_name: department.name.clone(),
        parent_dept_id: department.parent.as_ref().map_or_else(|| NOTHING.to_owned(), ToString::to_string),
        dept_open_id: department.open_id.clone(),
        order_no: department.order,
    }
}
