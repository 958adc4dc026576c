//! `DescribeOrganizationGroupOrganizations` lists the members of the caller's holding group.
//!
//! `Status` and `Id` choose among them, and `Total` counts those chosen; how many have authorized and how many have joined
//! counts the whole group (`api DescribeOrganizationGroupOrganizations`). The main company is not among its own members
//! (`ex DescribeOrganizationGroupOrganizations`), and a company without members has an empty list (ASSUMED). Whoever has a
//! role may look (ASSUMED). `Export` adds the address of a workbook with all members, whatever the page and the choice are (`api
//! DescribeOrganizationGroupOrganizations`: the whole of the data); five minutes, as other downloads (ASSUMED).

use ess_schemas::ess::{
    Admin, DescribeOrganizationGroupOrganizationsRequest, DescribeOrganizationGroupOrganizationsResponse,
    GroupOrganization,
};

use crate::actions::ess::dialect::given;
use crate::domain::directory::Member;
use crate::domain::holding::MembershipStatus;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// See the module's comment.
///
/// # Errors
/// The operator has no role.
pub fn describe_organization_group_organizations(
    call: &mut Call<'_>,
    request: DescribeOrganizationGroupOrganizationsRequest,
) -> Result<DescribeOrganizationGroupOrganizationsResponse, Refusal> {
    call.caller.entitled()?.ensure_may_look()?;
    let export_url = if request.export == Some(true) { export(call) } else { String::new() };
    let members = call.world.directory.members_of(call.caller.organization());
    let (id, status) = (given(&request.id), request.status.filter(|status| *status != 0));
    let chosen = members.iter().filter(|one| {
        id.is_none_or(|id| id == one.organization.id.as_str())
            && status.is_none_or(|status| status == one.holding.status.code())
    });
    let in_state = |status| members.iter().filter(|one| one.holding.status == status).count() as u64;
    let page = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Ok(DescribeOrganizationGroupOrganizationsResponse {
        total: chosen.clone().count() as u64,
        joined_total: in_state(MembershipStatus::Authorized),
        activated_total: Some(in_state(MembershipStatus::Joined)),
        actived_total: None,
        export_url,
        list: chosen.skip(page(request.offset)).take(page(request.limit)).map(member).collect(),
    })
}

fn export(call: &Call<'_>) -> String {
    let (kind, main) = (ResourceKind::GroupMembers.wire(), call.caller.organization().as_str());
    let key = download::key(&call.world.ids, kind, main, call.now.plus(5 * MINUTE));
    call.urls.file(kind, main, 0, "XLSX", &key)
}

fn member(member: &Member<'_>) -> GroupOrganization {
    let Member { organization: one, holding, administrator: admin } = member;
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
        license_expire_time: holding.licensed_until.map_or(0, |end| u64::try_from(end.seconds()).unwrap_or(0)),
        join_time: joined,
        flow_engine_enable: true,
    }
}
