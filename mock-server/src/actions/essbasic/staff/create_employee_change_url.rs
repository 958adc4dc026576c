//! `CreateEmployeeChangeUrl` makes a link by which an employee takes another mobile number. Seven days; the number may be settled
//! beforehand (`api CreateEmployeeChangeUrl`).

use ess_schemas::essbasic::{CreateEmployeeChangeUrlRequest, CreateEmployeeChangeUrlResponse};

use crate::actions::deed_links::change_of_mobile;
use crate::actions::essbasic::dialect::{OpenIds, given};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// Nobody of the customer's is called so, or they have not proved who they are; a number that cannot be; or it is a colleague's, and
/// the operator may not deal with colleagues.
pub fn create_employee_change_url(
    call: &mut Call<'_>,
    request: CreateEmployeeChangeUrlRequest,
) -> Result<CreateEmployeeChangeUrlResponse, Refusal> {
    let open_id = given(&request.open_id).ok_or(Refusal::ParameterMissing { field: "OpenId" })?;
    let employee = OpenIds::of(call)?.employee(open_id);
    let employee = employee.filter(|one| &one.organization == call.caller.organization());
    let employee = employee.ok_or_else(|| Refusal::EmployeeUnknown { user: open_id.clone() })?;
    let employee = employee.clone();
    let (deed, link) = change_of_mobile(call, &employee, open_id, given(&request.new_mobile))?;
    Ok(CreateEmployeeChangeUrlResponse {
        mini_app_path: format!("/{}", Urls::deed_path(&deed, &link)),
        long_url: call.urls.deed(&deed, &link),
        short_url: call.urls.short(&link),
        expire_time: Some(link.expires_at.seconds()),
    })
}
