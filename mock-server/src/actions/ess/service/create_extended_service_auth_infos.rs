//! `CreateExtendedServiceAuthInfos` lets employees use a service: the company's machine that seals, or signing many contracts at once. They are
//! present, and have proved who they are (`api CreateExtendedServiceAuthInfos`). For a super admin or legal person (ASSUMED, as who reads
//! and switches services); that the service is on is not asked: who may use it is settled before or after (ASSUMED).

use ess_schemas::ess::{CreateExtendedServiceAuthInfosRequest, CreateExtendedServiceAuthInfosResponse};

use super::users::named;
use crate::domain::extended_service::ExtendedService;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, there is no such service, nobody was named, or somebody who is no employee or has not proved who they are.
pub fn create_extended_service_auth_infos(
    call: &mut Call<'_>,
    request: CreateExtendedServiceAuthInfosRequest,
) -> Result<CreateExtendedServiceAuthInfosResponse, Refusal> {
    call.caller.administrator()?;
    let service = ExtendedService::let_to_employees(request.extend_service_type.as_deref().unwrap_or_default())?;
    let users = named(call, &request.user_ids)?;
    if let Some(stranger) = users.iter().find(|one| !one.verified) {
        return Err(Refusal::EmployeeNotVerified { user: stranger.id.to_string() });
    }
    let users: Vec<_> = users.into_iter().map(|one| one.id.clone()).collect();
    call.world.let_use_service(call.caller.organization(), |services| {
        users.into_iter().for_each(|user| services.let_use(service, user));
    });
    Ok(CreateExtendedServiceAuthInfosResponse {})
}
