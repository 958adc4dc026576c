//! `CreateIntegrationEmployees` calls people to join the company, up to 20 of them: by SMS, by a page for a browser, or by a link the
//! company passes on itself. Each gets their id at once, and joins behind the link. Whoever was called before, and of whom the same is
//! said, is reminded; what fails is told one by one (`api CreateIntegrationEmployees`).

use ess_schemas::ess::{
    CreateIntegrationEmployeesRequest, CreateIntegrationEmployeesResponse, CreateStaffResult, FailedCreateStaffData,
    Staff, SuccessCreateStaffData,
};

use super::colleagues::{calling, link_of, said_of};
use crate::actions::ess::dialect::given;
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::inviting::Calling;

/// `Note` of somebody who is reminded (ASSUMED: the text says that it is filled then, not with what).
const REMINDED: &str = "该员工已被邀请，已再次提醒其加入企业";

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or a way back from where no browser is.
pub fn create_integration_employees(
    call: &mut Call<'_>,
    request: CreateIntegrationEmployeesRequest,
) -> Result<CreateIntegrationEmployeesResponse, Refusal> {
    if request.employees.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Employees" });
    }
    let calling = calling(given(&request.invitation_notify_type), given(&request.jump_url))?;
    let mut result = CreateStaffResult::default();
    for staff in request.employees {
        match called(call, &staff, &calling, given(&request.endpoint)) {
            Ok(success) => result.success_employee_data.push(success),
            Err(refusal) => result.failed_employee_data.push(FailedCreateStaffData {
                display_name: staff.display_name.unwrap_or_default(),
                mobile: staff.mobile.unwrap_or_default(),
                wework_open_id: Some(staff.wework_open_id.unwrap_or_default()),
                reason: said::<CreateIntegrationEmployeesRequest>(&refusal),
            }),
        }
    }
    Ok(CreateIntegrationEmployeesResponse { create_employee_result: result })
}

fn called(
    call: &mut Call<'_>,
    staff: &Staff,
    calling: &Calling,
    endpoint: Option<&String>,
) -> Result<SuccessCreateStaffData, Refusal> {
    let invitee = said_of(call, staff)?;
    let called = call.invite(&invitee, calling)?;
    Ok(SuccessCreateStaffData {
        display_name: called.employee.name.clone(),
        mobile: called.employee.mobile.clone(),
        user_id: called.employee.id.to_string(),
        note: if called.again { REMINDED.to_owned() } else { String::new() },
        wework_open_id: Some(called.employee.wecom_id.clone()),
        url: link_of(call, &called, calling.by, endpoint),
    })
}
