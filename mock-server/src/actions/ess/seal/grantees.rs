//! Employees of the company that acts who are given a seal, or lose it.

use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The employees named, in the caller's order. Of a member of a group, its main company's people are named by their ids there, if
/// they have an account in the member (`api CreateSealPolicy`: they need a role of the group's).
///
/// # Errors
/// One of them does not work for the company, or any more.
pub(super) fn named<'a>(call: &Call<'_>, names: impl Iterator<Item = &'a String>) -> Result<Vec<UserId>, Refusal> {
    let shadows = call.caller.organization.holding.as_ref().map(|holding| &holding.shadows);
    let found = names.map(|name| {
        let unknown = || Refusal::SealPolicyUserUnknown { user: name.clone() };
        let id = shadows.and_then(|shadows| shadows.get(name.as_str())).map_or(name.as_str(), UserId::as_str);
        let employee = call.world.directory.employees.get(id).ok_or_else(unknown)?;
        let own = &employee.organization == call.caller.organization() && employee.is_present();
        if own { Ok(employee.id.clone()) } else { Err(unknown()) }
    });
    found.collect()
}
