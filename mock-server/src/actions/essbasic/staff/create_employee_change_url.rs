//! `CreateEmployeeChangeUrl` makes a link by which an employee takes another mobile number. Seven days; the number may be settled
//! beforehand (`api CreateEmployeeChangeUrl`).

use ess_schemas::essbasic::{CreateEmployeeChangeUrlRequest, CreateEmployeeChangeUrlResponse};

use crate::actions::essbasic::dialect::{OpenIds, given};
use crate::domain::deed::{Deed, Mobile};
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::time::DAY;
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
    if !employee.verified {
        return Err(Refusal::EmployeeNotVerified { user: open_id.clone() });
    }
    // One's own number is one's own business (ASSUMED; `ex CreateEmployeeChangeUrl` names the operator).
    if employee.id != call.caller.operator()?.id {
        call.caller.with_right(Right::EditStaff)?;
    }
    let mobile = given(&request.new_mobile).map(|text| Mobile::read(text)).transpose()?;
    let deed = Deed::ChangeMobile { user: employee.id.clone(), mobile };
    let link = call.give_out(deed.clone(), 7 * DAY);
    Ok(CreateEmployeeChangeUrlResponse {
        mini_app_path: format!("/{}", Urls::deed_path(&deed, &link)),
        long_url: call.urls.deed(&deed, &link),
        short_url: call.urls.short(&link),
        expire_time: Some(link.expires_at.seconds()),
    })
}
