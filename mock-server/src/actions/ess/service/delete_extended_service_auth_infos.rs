//! `DeleteExtendedServiceAuthInfos` takes from employees what `CreateExtendedServiceAuthInfos` gave them: the company's machine seals no more for
//! whoever launches, nor what waits for it of theirs. Whoever had nothing loses nothing (ASSUMED). For a super admin or legal person
//! (ASSUMED).

use ess_schemas::ess::{DeleteExtendedServiceAuthInfosRequest, DeleteExtendedServiceAuthInfosResponse};

use super::users::named;
use crate::domain::extended_service::ExtendedService;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, there is no such service, nobody was named, or somebody who is no employee.
pub fn delete_extended_service_auth_infos(
    call: &mut Call<'_>,
    request: DeleteExtendedServiceAuthInfosRequest,
) -> Result<DeleteExtendedServiceAuthInfosResponse, Refusal> {
    call.caller.administrator()?;
    let service = ExtendedService::let_to_employees(request.extend_service_type.as_deref().unwrap_or_default())?;
    let users: Vec<_> = named(call, &request.user_ids)?.into_iter().map(|one| one.id.clone()).collect();
    call.world.let_use_service(call.caller.organization(), |services| {
        users.iter().for_each(|user| services.forbid(service, user));
    });
    Ok(DeleteExtendedServiceAuthInfosResponse {})
}
