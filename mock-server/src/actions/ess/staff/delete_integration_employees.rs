//! `DeleteIntegrationEmployees` lets people go, up to 100 of them. Whoever has joined and has contracts waiting for them hands those
//! over to a colleague, and with them what they may seal with; super administrator and legal person hand their part over first. What
//! fails is told one by one (`api DeleteIntegrationEmployees`).

use std::sync::Arc;

use ess_schemas::ess::{
    DeleteIntegrationEmployeesRequest, DeleteIntegrationEmployeesResponse, DeleteStaffsResult, FailedDeleteStaffData,
    Staff, SuccessDeleteStaffData,
};

use super::colleagues::colleague;
use crate::actions::ess::dialect::given;
use crate::actions::said;
use crate::domain::employee::Employee;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody is named.
pub fn delete_integration_employees(
    call: &mut Call<'_>,
    request: DeleteIntegrationEmployeesRequest,
) -> Result<DeleteIntegrationEmployeesResponse, Refusal> {
    if request.employees.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Employees" });
    }
    let mut result = DeleteStaffsResult::default();
    for staff in request.employees {
        match dismissed(call, &staff) {
            Ok(gone) => result.success_employee_data.push(SuccessDeleteStaffData {
                display_name: gone.name.clone(),
                mobile: gone.mobile.clone(),
                user_id: gone.id.to_string(),
            }),
            Err(refusal) => result.failed_employee_data.push(FailedDeleteStaffData {
                user_id: staff.user_id.unwrap_or_default(),
                open_id: staff.open_id.unwrap_or_default(),
                reason: said::<DeleteIntegrationEmployeesRequest>(&refusal),
            }),
        }
    }
    Ok(DeleteIntegrationEmployeesResponse { delete_employee_result: result })
}

fn dismissed(call: &mut Call<'_>, staff: &Staff) -> Result<Arc<Employee>, Refusal> {
    let employee = colleague(call, given(&staff.user_id), given(&staff.open_id))?;
    if employee.is_admin() {
        return Err(Refusal::EmployeeIsAdministrator { user: employee.id.to_string() });
    }
    let receiver = receiver(call, staff, &employee)?;
    // Whoever has not joined hands nothing over.
    if receiver.is_none() && employee.verified && !call.world.tasks_of(&employee).is_empty() {
        return Err(Refusal::EmployeeHasOpenFlows { user: employee.id.to_string() });
    }
    let receiver = receiver.filter(|_| employee.verified);
    call.world.depart(&employee.id, receiver.as_ref(), call.caller.application(), call.now, call.outbox)?;
    Ok(employee)
}

/// The colleague who takes over: another one, who has joined (ASSUMED: nobody else could sign).
fn receiver(call: &Call<'_>, staff: &Staff, leaver: &Employee) -> Result<Option<UserId>, Refusal> {
    let (user, open_id) = (given(&staff.receive_user_id), given(&staff.receive_open_id));
    let Some(named) = user.or(open_id) else { return Ok(None) };
    let unfit = || Refusal::ReceiverInvalid { user: named.clone() };
    let found = colleague(call, user, open_id).map_err(|_| unfit())?;
    if found.verified && found.id != leaver.id { Ok(Some(found.id.clone())) } else { Err(unfit()) }
}
