//! `DescribeExtendedServiceAuthDetail` lists who may use one of a customer's services: its people, and for the machine that seals
//! the companies it was granted to. `Offset` counts pages. For a super admin or legal person.
//!
//! The machine goes by two names, and the answer has the one that was asked for (`ex DescribeExtendedServiceAuthDetail`).

use ess_schemas::essbasic::{
    AuthInfoDetail, DescribeExtendedServiceAuthDetailRequest, DescribeExtendedServiceAuthDetailResponse,
    HasAuthOrganization, HasAuthUser,
};

use crate::actions::essbasic::dialect::OpenIds;
use crate::domain::extended_service::ExtendedService;
use crate::domain::ids::OrganizationId;
use crate::domain::partner_grant::{GrantState, PartnerGrant};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// Rows of a page when nobody says (`api DescribeExtendedServiceAuthDetail`).
const PAGE: usize = 20;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, or no service was named.
pub fn describe_extended_service_auth_detail(
    call: &mut Call<'_>,
    request: DescribeExtendedServiceAuthDetailRequest,
) -> Result<DescribeExtendedServiceAuthDetailResponse, Refusal> {
    call.caller.administrator()?;
    let service = match request.extend_service_type.as_str() {
        "" => return Err(Refusal::ParameterMissing { field: "ExtendServiceType" }),
        "BATCH_SIGN" => ExtendedService::BatchSign,
        _ => ExtendedService::AutoSign,
    };
    let number = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    let limit = number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE);
    let skipped = number(request.offset).unwrap_or(0).saturating_mul(limit);
    let (ids, company) = (OpenIds::of(call)?, call.caller.organization());
    let users = call.caller.organization.services.users(service);
    let grants =
        call.world.directory.partner_grants.iter().filter(|grant| &grant.granting == company && grant.is_given());
    let grants: Vec<_> = grants.filter(|_| service == ExtendedService::AutoSign).collect();
    let total = |count: usize| Some(i64::try_from(count).unwrap_or(i64::MAX));
    let user = |user| HasAuthUser { open_id: Some(ids.staff_id(Some(user))) };
    let shown = grants.iter().skip(skipped).take(limit);
    Ok(DescribeExtendedServiceAuthDetailResponse {
        auth_info_detail: AuthInfoDetail {
            r#type: Some(request.extend_service_type),
            name: Some(service.label().to_owned()),
            auth_user_total: total(users.len()),
            auth_organization_total: total(grants.len()),
            has_auth_user_list: Some(users.iter().skip(skipped).take(limit).map(user).collect()),
            has_auth_organization_list: Some(shown.map(|grant| organization(call, grant, ids)).collect()),
        },
    })
}

fn organization(call: &Call<'_>, grant: &PartnerGrant, ids: OpenIds<'_>) -> HasAuthOrganization {
    let name = |id: &OrganizationId| {
        call.world.directory.organizations.get(id.as_str()).map(|one| one.name.clone()).unwrap_or_default()
    };
    HasAuthOrganization {
        organization_open_id: Some(ids.customer_id(Some(&grant.granting))),
        organization_name: Some(name(&grant.granting)),
        authorized_organization_open_id: Some(ids.customer_id(Some(&grant.partner))),
        authorized_organization_name: Some(name(&grant.partner)),
        authorize_time: match grant.state {
            GrantState::Given { at } => Some(at.seconds()),
            GrantState::Pending { .. } => None,
        },
    }
}
