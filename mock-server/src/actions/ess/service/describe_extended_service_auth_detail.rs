//! `DescribeExtendedServiceAuthDetail` pages through who may use a service of a company: its employees, and of a machine that seals the partners it
//! was granted to, or the one that is asked for (`ex DescribeExtendedServiceAuthDetail`). For a super admin or legal person.
//!
//! `Offset` counts pages, of both lists alike (`api DescribeExtendedServiceAuthDetail`). A grant is of seals, not of templates: those
//! fields are empty (ASSUMED).

use ess_schemas::ess::{
    AuthInfoDetail, DescribeExtendedServiceAuthDetailRequest, DescribeExtendedServiceAuthDetailResponse,
    HasAuthOrganization,
};

use super::users::shown;
use crate::actions::ess::dialect::given;
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
/// The operator is neither, or there is no such service.
pub fn describe_extended_service_auth_detail(
    call: &mut Call<'_>,
    request: DescribeExtendedServiceAuthDetailRequest,
) -> Result<DescribeExtendedServiceAuthDetailResponse, Refusal> {
    call.caller.administrator()?;
    let word = request.extend_service_type.unwrap_or_default();
    let service = ExtendedService::let_to_employees(&word)?;
    let number = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    let limit = number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE);
    let skipped = number(request.offset).unwrap_or(0).saturating_mul(limit);
    let users = call.caller.organization.services.users(service);
    let partner = given(&request.partner_organization_name);
    let grants: Vec<_> = if service == ExtendedService::AutoSign { granted(call, partner) } else { Vec::new() };
    let total = |count: usize| Some(i64::try_from(count).unwrap_or(i64::MAX));
    let page = grants.iter().skip(skipped).take(limit);
    Ok(DescribeExtendedServiceAuthDetailResponse {
        auth_info_detail: AuthInfoDetail {
            r#type: Some(word),
            name: Some(service.label().to_owned()),
            auth_user_total: total(users.len()),
            auth_organization_total: total(grants.len()),
            has_auth_user_list: Some(users.iter().skip(skipped).take(limit).map(|user| shown(call, user)).collect()),
            has_auth_organization_list: Some(page.map(|grant| organization(call, grant)).collect()),
        },
    })
}

fn granted<'a>(call: &'a Call<'_>, partner: Option<&String>) -> Vec<&'a PartnerGrant> {
    let company = call.caller.organization();
    let grants = call.world.directory.partner_grants.iter().map(AsRef::as_ref);
    let own = grants.filter(|grant: &&PartnerGrant| &grant.granting == company && grant.is_given());
    own.filter(|grant| partner.is_none_or(|name| &name_of(call, &grant.partner) == name)).collect()
}

fn name_of(call: &Call<'_>, id: &OrganizationId) -> String {
    call.world.directory.organizations.get(id.as_str()).map(|one| one.name.clone()).unwrap_or_default()
}

fn organization(call: &Call<'_>, grant: &PartnerGrant) -> HasAuthOrganization {
    HasAuthOrganization {
        organization_id: Some(grant.granting.to_string()),
        organization_name: Some(name_of(call, &grant.granting)),
        authorized_organization_id: Some(grant.partner.to_string()),
        authorized_organization_name: Some(name_of(call, &grant.partner)),
        template_id: Some(String::new()),
        template_name: Some(String::new()),
        authorize_time: match grant.state {
            GrantState::Given { at } => Some(at.seconds()),
            GrantState::Pending { .. } => None,
        },
    }
}
