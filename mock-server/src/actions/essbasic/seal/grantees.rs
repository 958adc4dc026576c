//! Employees of a customer, named by either of their ids (`api ChannelCreateSealPolicy.UserIds`).

use crate::actions::essbasic::dialect::OpenIds;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The employees named, in the caller's order.
///
/// # Errors
/// One of them does not work for the customer.
pub(super) fn named(call: &Call<'_>, names: &[String]) -> Result<Vec<UserId>, Refusal> {
    let ids = OpenIds::of(call)?;
    let found = names.iter().map(|name| {
        let by_id = || call.world.directory.employees.get(name.as_str()).map(AsRef::as_ref);
        let employee = ids.employee(name).or_else(by_id);
        let own = employee.filter(|one| &one.organization == call.caller.organization());
        own.map(|one| one.id.clone()).ok_or_else(|| Refusal::SealPolicyUserUnknown { user: name.clone() })
    });
    found.collect()
}
