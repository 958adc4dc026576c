//! `DescribeSingleSignOnEmployees` lists who may sign on: those of the ids named, or a page of all. Names, numbers and mail addresses
//! are masked (`ex DescribeSingleSignOnEmployees`).

use std::sync::Arc;

use ess_schemas::ess::{
    DescribeSingleSignOnEmployeesRequest, DescribeSingleSignOnEmployeesResponse, SingleSignOnEmployees,
};

use super::sign_on::needed;
use crate::domain::masking;
use crate::domain::refusal::Refusal;
use crate::domain::sso_employee::SsoEmployee;
use crate::engine::call::Call;
use crate::engine::single_sign_on::SignOn;
use crate::engine::world::World;

/// Rows of a page when nobody says (`api DescribeSingleSignOnEmployees`).
const PAGE: u64 = 20;

/// See the module's comment.
///
/// # Errors
/// No application, or a page that is to hold nothing.
pub fn describe_single_sign_on_employees(
    call: &mut Call<'_>,
    request: DescribeSingleSignOnEmployeesRequest,
) -> Result<DescribeSingleSignOnEmployeesResponse, Refusal> {
    let application = needed(&request.sso_application_id, "SsoApplicationId")?;
    let limit = usize::try_from(request.limit.unwrap_or(PAGE)).ok().filter(|limit| *limit > 0);
    let limit = limit.ok_or(Refusal::LimitInvalid)?;
    let offset = usize::try_from(request.offset.unwrap_or(0)).unwrap_or(0);
    let at = SignOn { organization: call.caller.organization(), application };
    let world = &*call.world;
    // Named ids are not paged (`api DescribeSingleSignOnEmployees.OpenIds`).
    let found: Vec<Arc<SsoEmployee>> = match request.open_ids.filter(|ids| !ids.is_empty()) {
        Some(ids) => ids.iter().filter_map(|id| world.sso_employee(at, id).ok()).collect(),
        None => world.sso_employees(at).skip(offset).take(limit).cloned().collect(),
    };
    Ok(DescribeSingleSignOnEmployeesResponse { employees: found.iter().map(|one| described(world, one)).collect() })
}

fn described(world: &World, one: &SsoEmployee) -> SingleSignOnEmployees {
    let employee = one.user.as_ref().and_then(|user| world.directory.employee(user.as_str()));
    SingleSignOnEmployees {
        open_id: one.open_id.clone(),
        name: Some(masking::name(&one.said.name)),
        mobile: Some(masking::mobile(&one.said.mobile)),
        user_id: Some(one.user.as_ref().map(ToString::to_string).unwrap_or_default()),
        email: Some(masking::email(&one.said.email)),
        role_ids: Some(one.said.roles.iter().map(|role| role.id().to_string()).collect()),
        is_verified: Some(employee.is_some_and(|employee| employee.verified)),
        created_on: Some(one.created_at.seconds()),
    }
}
