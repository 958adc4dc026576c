//! `CreateEmployeeChangeUrl` makes a link by which an employee takes another mobile number. Seven days; the number may be settled
//! beforehand (`api CreateEmployeeChangeUrl`).

use ess_schemas::ess::{CreateEmployeeChangeUrlRequest, CreateEmployeeChangeUrlResponse};

use super::colleagues::colleague;
use crate::actions::deed_links::change_of_mobile;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// Nobody of the company's is called so, or they have not proved who they are; a number that cannot be; or it is a colleague's, and
/// the operator may not deal with colleagues.
pub fn create_employee_change_url(
    call: &mut Call<'_>,
    request: CreateEmployeeChangeUrlRequest,
) -> Result<CreateEmployeeChangeUrlResponse, Refusal> {
    let employee = colleague(call, given(&request.user_id), None)?;
    let (deed, link) = change_of_mobile(call, &employee, employee.id.as_str(), given(&request.new_mobile))?;
    Ok(CreateEmployeeChangeUrlResponse {
        mini_app_path: Some(format!("/{}", Urls::deed_path(&deed, &link))),
        expire_time: Some(link.expires_at.seconds()),
    })
}
