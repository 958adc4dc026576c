//! `ChannelDescribeEmployees` lists a customer's people as the application knows them, those who have left among them until their
//! ids are given to others. Names and numbers are masked; who has not proved who they are has no id of the vendor's yet
//! (`ex ChannelDescribeEmployees`).

use ess_schemas::essbasic::{
    ChannelDescribeEmployeesRequest, ChannelDescribeEmployeesResponse, Department, Staff, StaffRole,
};

use crate::actions::filters::{self, words};
use crate::domain::customer;
use crate::domain::employee::Employee;
use crate::domain::masking;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::world::World;

/// See the module's comment.
///
/// # Errors
/// A page that is to hold nothing, or a filter there is not.
pub fn channel_describe_employees(
    call: &mut Call<'_>,
    request: ChannelDescribeEmployeesRequest,
) -> Result<ChannelDescribeEmployeesResponse, Refusal> {
    let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0).ok_or(Refusal::LimitInvalid)?;
    let offset = request.offset.unwrap_or(0);
    let filters = filters::read(request.filters, &["Status", "ExcludeQuiteJob", "StaffOpenId"])?;
    let states = words(&filters, "Status", &["IsVerified", "NotVerified", "QuiteJob"])?;
    let without_gone = words(&filters, "ExcludeQuiteJob", &["true", "false"])?.is_some_and(|all| all == ["true"]);
    let named = filters.get("StaffOpenId");

    let agent = call.caller.agent()?;
    let application = call.world.directory.applications.get(agent.application.id.as_str());
    let staff = application.into_iter().flat_map(|one| one.staff().iter());
    let own = staff.filter(|one| one.customer == agent.organization_open_id);
    let people = own.filter_map(|one| Some((one, call.world.directory.employees.get(one.user.as_str())?)));
    let chosen = people.filter(|(staff, employee)| {
        (employee.is_present() || !without_gone)
            && named.is_none_or(|ids| ids.iter().any(|id| id == staff.open_id.as_str()))
            && states.is_none_or(|states| states.iter().any(|one| one == state(employee)))
    });
    let chosen: Vec<_> = chosen.collect();
    let page = chosen.iter().skip(usize::try_from(offset).unwrap_or(0)).take(limit);
    Ok(ChannelDescribeEmployeesResponse {
        employees: page.map(|(staff, employee)| described(call.world, staff, employee)).collect(),
        offset,
        limit: request.limit,
        total_count: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
    })
}

/// `Status` of the filter. Who has left is nothing else any more (ASSUMED).
fn state(employee: &Employee) -> &'static str {
    match (employee.is_present(), employee.verified) {
        (false, _) => "QuiteJob",
        (true, true) => "IsVerified",
        (true, false) => "NotVerified",
    }
}

fn described(world: &World, staff: &customer::Staff, employee: &Employee) -> Staff {
    let role = |one: &Role| Some(StaffRole { role_id: one.id().to_string(), role_name: world.role_name(one)? });
    Staff {
        user_id: if employee.verified { employee.id.to_string() } else { String::new() },
        display_name: masking::name(&employee.name),
        mobile: masking::mobile(&employee.mobile),
        email: masking::email(&employee.email),
        open_id: staff.open_id.to_string(),
        roles: employee.roles.iter().filter(|_| employee.verified).filter_map(role).collect(),
        // Customers have no departments of their own (`ex ChannelDescribeEmployees`).
        department: Department::default(),
        verified: employee.verified,
        created_on: employee.joined_at.seconds(),
        verified_on: employee.verified_at.map_or(0, Timestamp::seconds),
        quite_job: i64::from(!employee.is_present()),
    }
}
