//! `DescribeIntegrationEmployees` lists the company's people, in the order they came, with their roles and their department. Mobile
//! numbers and mail addresses are masked. Who has left is listed where the filter asks for them (ASSUMED: there is no filter that would
//! leave them out, and the list is of employees).

use std::collections::BTreeMap;

use ess_schemas::ess::{
    Department, DescribeIntegrationEmployeesRequest, DescribeIntegrationEmployeesResponse, Filter, Staff, StaffRole,
};

use crate::domain::employee::Employee;
use crate::domain::masking;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::world::World;

/// Rows of a page when nobody says (`api DescribeIntegrationEmployees`).
const PAGE: i64 = 20;

/// What may be asked for (`api DescribeIntegrationEmployees.Filters`).
const FILTERS: [&str; 6] = ["Status", "DepartmentId", "UserId", "UserWeWorkOpenId", "StaffOpenId", "RoleId"];

/// Values of `Status`. `NotVerified` is ASSUMED, from the twin for platforms.
const STATES: [&str; 3] = ["IsVerified", "NotVerified", "QuiteJob"];

/// See the module's comment.
///
/// # Errors
/// A page that is to hold nothing, or a filter there is not.
pub fn describe_integration_employees(
    call: &mut Call<'_>,
    request: DescribeIntegrationEmployeesRequest,
) -> Result<DescribeIntegrationEmployeesResponse, Refusal> {
    let limit = request.limit.unwrap_or(PAGE);
    let count = usize::try_from(limit).ok().filter(|count| *count > 0).ok_or(Refusal::LimitInvalid)?;
    let offset = request.offset.unwrap_or(0);
    let wanted = wanted(request.filters)?;

    let world = &*call.world;
    let own = world.directory.employees.iter().filter(|one| &one.organization == call.caller.organization());
    let chosen: Vec<&Employee> = own.map(AsRef::as_ref).filter(|one| is_wanted(world, one, &wanted)).collect();
    let page = chosen.iter().skip(usize::try_from(offset).unwrap_or(0)).take(count);
    Ok(DescribeIntegrationEmployeesResponse {
        employees: page.map(|one| described(world, one)).collect(),
        offset,
        limit,
        total_count: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
    })
}

/// What each filter asks for; every key may stand once, and without values asks for nothing (ASSUMED).
fn wanted(filters: Option<Vec<Filter>>) -> Result<BTreeMap<&'static str, Vec<String>>, Refusal> {
    let mut wanted = BTreeMap::new();
    for Filter { key, values } in filters.into_iter().flatten() {
        let wrong = |detail: String| Refusal::ParameterInvalid { field: "Filters", detail };
        let name = FILTERS.into_iter().find(|name| *name == key);
        let name = name.ok_or_else(|| wrong(format!("`{key}` is no filter: {}", FILTERS.join(", "))))?;
        if let Some(value) = values.iter().find(|value| name == "Status" && !STATES.contains(&value.as_str())) {
            return Err(wrong(format!("`Status` is one of {}, and not `{value}`", STATES.join(", "))));
        }
        if !values.is_empty() && wanted.insert(name, values).is_some() {
            return Err(wrong(format!("`{key}` stands twice")));
        }
    }
    Ok(wanted)
}

fn is_wanted(world: &World, employee: &Employee, wanted: &BTreeMap<&'static str, Vec<String>>) -> bool {
    let asked = |name: &str, own: &[&str]| {
        wanted.get(name).is_none_or(|values| values.iter().any(|value| own.contains(&value.as_str())))
    };
    let state = match (employee.is_present(), employee.verified) {
        (false, _) => "QuiteJob",
        (true, true) => "IsVerified",
        (true, false) => "NotVerified",
    };
    let roles: Vec<_> = employee.roles.iter().map(Role::id).collect();
    let roles: Vec<&str> = roles.iter().map(|id| id.as_str()).collect();
    (employee.is_present() || wanted.contains_key("Status"))
        && asked("Status", &[state])
        && asked("UserId", &[employee.id.as_str()])
        && asked("UserWeWorkOpenId", &[&employee.wecom_id])
        && asked("StaffOpenId", &[employee.open_id.as_ref().map_or("", |id| id.as_str())])
        && asked("RoleId", &roles)
        && asked("DepartmentId", &[world.directory.department_of(employee).id.as_str()])
}

fn described(world: &World, employee: &Employee) -> Staff {
    let role =
        |one: &Role| Some(StaffRole { role_id: Some(one.id().to_string()), role_name: Some(world.role_name(one)?) });
    let department = world.directory.department_of(employee);
    Staff {
        user_id: Some(employee.id.to_string()),
        display_name: Some(employee.name.clone()),
        mobile: Some(masking::mobile(&employee.mobile)),
        email: Some(masking::email(&employee.email)),
        open_id: Some(employee.open_id.as_ref().map(ToString::to_string).unwrap_or_default()),
        roles: Some(employee.roles.iter().filter_map(role).collect()),
        department: Some(Department {
            department_id: Some(department.id.to_string()),
            department_name: Some(department.name),
        }),
        verified: Some(employee.verified),
        created_on: Some(employee.joined_at.seconds()),
        verified_on: Some(employee.verified_at.map_or(0, Timestamp::seconds)),
        quite_job: Some(i64::from(!employee.is_present())),
        // Who took over is said when somebody is let go, and never answered (`api Staff`).
        receive_user_id: Some(String::new()),
        receive_open_id: Some(String::new()),
        wework_open_id: Some(employee.wecom_id.clone()),
    }
}
