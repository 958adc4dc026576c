//! `DescribeOrganizationGroupOrganizations` lists the members of the caller's holding group.
//!
//! `Status` and `Id` choose among them, and `Total` counts those chosen; how many have authorized and how many have joined
//! counts the whole group (`api DescribeOrganizationGroupOrganizations`). The main company is not among its own members
//! (`ex DescribeOrganizationGroupOrganizations`), and a company without members has an empty list (ASSUMED). Whoever has a
//! role may look (ASSUMED). The spreadsheet that `Export` asks for is not modelled.

use ess_schemas::ess::{
    Admin, DescribeOrganizationGroupOrganizationsRequest, DescribeOrganizationGroupOrganizationsResponse,
    GroupOrganization,
};

use crate::actions::ess::dialect::given;
use crate::domain::directory::Directory;
use crate::domain::employee::Role;
use crate::domain::holding::{HoldingMembership, MembershipStatus};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator has no role, or wants a spreadsheet.
pub fn describe_organization_group_organizations(
    call: &mut Call<'_>,
    request: DescribeOrganizationGroupOrganizationsRequest,
) -> Result<DescribeOrganizationGroupOrganizationsResponse, Refusal> {
    call.caller.operator()?.ensure_may_look()?;
    if request.export == Some(true) {
        return Err(Refusal::NotModelled { what: "Export".into() });
    }
    let directory = &call.world.directory;
    let members: Vec<_> = directory.members_of(call.caller.organization()).collect();
    let (id, status) = (given(&request.id), request.status.filter(|status| *status != 0));
    let chosen = members.iter().filter(|(one, holding)| {
        id.is_none_or(|id| id == one.id.as_str()) && status.is_none_or(|status| status == holding.status.code())
    });
    let in_state = |status| members.iter().filter(|(_, holding)| holding.status == status).count() as u64;
    let page = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Ok(DescribeOrganizationGroupOrganizationsResponse {
        total: chosen.clone().count() as u64,
        joined_total: in_state(MembershipStatus::Authorized),
        activated_total: Some(in_state(MembershipStatus::Joined)),
        actived_total: None,
        export_url: String::new(),
        list: chosen
            .skip(page(request.offset))
            .take(page(request.limit))
            .map(|(one, holding)| member(directory, one, holding))
            .collect(),
    })
}

fn member(directory: &Directory, one: &Organization, holding: &HoldingMembership) -> GroupOrganization {
    let own = directory.employees.iter().filter(|employee| employee.organization == one.id);
    let mut own = own.filter(|employee| !holding.shadows.values().any(|shadow| shadow == &employee.id));
    let admin = own.find(|employee| employee.roles.contains(&Role::SuperAdmin));
    let joined = u64::try_from(holding.joined_at.seconds()).unwrap_or(0);
    GroupOrganization {
        name: one.name.clone(),
        alias: String::new(),
        organization_id: one.id.to_string(),
        update_time: joined,
        status: holding.status.code(),
        is_main_organization: false,
        id_card_number: one.credit_code.clone(),
        admin_info: Admin {
            name: admin.map(|one| one.name.clone()).unwrap_or_default(),
            mobile: admin.map(|one| one.mobile.clone()).unwrap_or_default(),
        },
        license: String::new(),
        license_expire_time: 0,
        join_time: joined,
        flow_engine_enable: true,
    }
}
