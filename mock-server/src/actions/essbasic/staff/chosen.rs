//! Whom: employees a request names by either of their ids.

use std::sync::Arc;

use crate::actions::essbasic::dialect::OpenIds;
use crate::actions::roles::who_may_have_roles;
use crate::domain::employee::Employee;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The employees somebody named, each with the id they were named by; nobody where it is not one of the caller's company who is
/// there and has proved who they are.
pub(super) type Named = Vec<(String, Option<Arc<Employee>>)>;

/// Employees by the vendor's ids, or else by the platform's (`api ChannelCreateUserRoles`: the vendor's win).
///
/// # Errors
/// Neither are there.
pub(super) fn employees(
    call: &Call<'_>,
    user_ids: Option<Vec<String>>,
    open_ids: Option<Vec<String>>,
) -> Result<Named, Refusal> {
    let some = |ids: Option<Vec<String>>| ids.filter(|ids| !ids.is_empty());
    if let Some(ids) = some(user_ids) {
        return Ok(ids.into_iter().map(|id| (id.clone(), who_may_have_roles(call, &id))).collect());
    }
    let ids = some(open_ids).ok_or(Refusal::ParameterMissing { field: "UserIds" })?;
    let known = OpenIds::of(call)?;
    let found = |id: &String| known.employee(id).and_then(|one| who_may_have_roles(call, one.id.as_str()));
    Ok(ids.into_iter().map(|id| (id.clone(), found(&id))).collect())
}
