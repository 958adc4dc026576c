//! `UpdateIntegrationEmployees` changes what is said of people who have not joined, up to 100 of them, and calls them again. Who has
//! joined changes their own data (`api UpdateIntegrationEmployees`), and may do so here (`ex UpdateIntegrationEmployees`, where the
//! operator is the one who is changed). What fails is told one by one.

use ess_schemas::ess::{
    FailedUpdateStaffData, Staff, SuccessUpdateStaffData, UpdateIntegrationEmployeesRequest,
    UpdateIntegrationEmployeesResponse,
};

use super::colleagues::{calling, colleague, link_of, said_of};
use crate::actions::ess::dialect::given;
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::inviting::Calling;

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or a way back from where no browser is.
pub fn update_integration_employees(
    call: &mut Call<'_>,
    request: UpdateIntegrationEmployeesRequest,
) -> Result<UpdateIntegrationEmployeesResponse, Refusal> {
    if request.employees.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Employees" });
    }
    let calling = calling(given(&request.invitation_notify_type), given(&request.jump_url))?;
    let (mut succeeded, mut failed) = (Vec::new(), Vec::new());
    for staff in request.employees {
        match changed(call, &staff, &calling, given(&request.endpoint)) {
            Ok(success) => succeeded.push(success),
            Err(refusal) => failed.push(FailedUpdateStaffData {
                display_name: staff.display_name.unwrap_or_default(),
                mobile: staff.mobile.unwrap_or_default(),
                reason: said::<UpdateIntegrationEmployeesRequest>(&refusal),
                user_id: staff.user_id.unwrap_or_default(),
                open_id: staff.open_id.unwrap_or_default(),
            }),
        }
    }
    Ok(UpdateIntegrationEmployeesResponse { success_employee_data: succeeded, failed_employee_data: failed })
}

fn changed(
    call: &mut Call<'_>,
    staff: &Staff,
    calling: &Calling,
    endpoint: Option<&String>,
) -> Result<SuccessUpdateStaffData, Refusal> {
    let employee = colleague(call, given(&staff.user_id), given(&staff.open_id))?;
    let said = said_of(call, staff)?;
    let (employee, url) = if employee.verified {
        if employee.id != call.caller.operator()?.id {
            return Err(Refusal::StaffAlreadyVerified);
        }
        (call.describe_colleague(&employee, &said)?, None)
    } else {
        let called = call.invite_anew(&employee, &said, calling)?;
        let url = link_of(call, &called, calling.by, endpoint);
        (called.employee, url)
    };
    Ok(SuccessUpdateStaffData {
        display_name: employee.name.clone(),
        mobile: employee.mobile.clone(),
        user_id: employee.id.to_string(),
        url,
    })
}
