//! Employees who may use a service.

use std::sync::Arc;

use ess_schemas::ess::HasAuthUser;

use crate::domain::employee::Employee;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The employees of the acting company who are named.
///
/// # Errors
/// Nobody is, or somebody who is none.
pub(super) fn named(call: &Call<'_>, ids: &[String]) -> Result<Vec<Arc<Employee>>, Refusal> {
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "UserIds" });
    }
    let employee = |id: &String| {
        let found = call.world.directory.employees.get(id.as_str());
        let own = found.filter(|one| one.is_present() && &one.organization == call.caller.organization());
        own.cloned().ok_or_else(|| Refusal::EmployeeUnknown { user: id.clone() })
    };
    ids.iter().map(employee).collect()
}

/// One of them, as answers have them: in a member of a holding group, the main company's people are told from its own
/// (`api HasAuthUser`).
pub(super) fn shown(call: &Call<'_>, user: &UserId) -> HasAuthUser {
    let holding = call.caller.organization.holding.as_ref().filter(|holding| holding.is_in_force());
    let from_main = holding.is_some_and(|holding| holding.shadows.values().any(|shadow| shadow == user));
    HasAuthUser {
        user_id: user.to_string(),
        belong_to: if from_main { "MainOrg".to_owned() } else { "CurrentOrg".to_owned() },
        main_organization_id: Some(holding.map(|holding| holding.main.to_string()).unwrap_or_default()),
    }
}
