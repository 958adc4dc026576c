//! `CreateSingleSignOnEmployees` says who may sign on through the company's own system, up to 200 people. They are employees from
//! their first login on. What fails is told one by one, in the order they stand (`ex CreateSingleSignOnEmployees`).

use ess_schemas::ess::{
    CreateSingleSignOnEmployeesRequest, CreateSingleSignOnEmployeesResponse, SingleSignOnEmployees,
};

use super::sign_on::{describe, needed, roles};
use crate::actions::ess::dialect::given;
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::sso_employee::SsoPerson;
use crate::engine::call::Call;
use crate::engine::single_sign_on::SignOn;

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or without application, id, name or number; a role is not there.
pub fn create_single_sign_on_employees(
    call: &mut Call<'_>,
    request: CreateSingleSignOnEmployeesRequest,
) -> Result<CreateSingleSignOnEmployeesResponse, Refusal> {
    let application = needed(&request.sso_application_id, "SsoApplicationId")?;
    if request.employees.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Employees" });
    }
    let checked = request.employees.iter().map(|one| {
        needed(&one.open_id, "Employees.OpenId")?;
        given(&one.name).ok_or(Refusal::ParameterMissing { field: "Employees.Name" })?;
        given(&one.mobile).ok_or(Refusal::ParameterMissing { field: "Employees.Mobile" })?;
        Ok((one, roles(call, one)?))
    });
    let checked = checked.collect::<Result<Vec<_>, Refusal>>()?;
    let added = checked.into_iter().map(|(one, roles)| add(call, application, one, roles));
    let messages: Vec<String> = added
        .map(|added| match added {
            Ok(()) => String::new(),
            Err(refusal) => {
                let why = said::<CreateSingleSignOnEmployeesRequest>(&refusal);
                format!("导入员工失败，错误信息:[{why}]")
            }
        })
        .collect();
    Ok(CreateSingleSignOnEmployeesResponse { status: Some(status(&messages)), error_messages: Some(messages) })
}

fn add(
    call: &mut Call<'_>,
    application: &str,
    one: &SingleSignOnEmployees,
    roles: Option<Vec<Role>>,
) -> Result<(), Refusal> {
    let mut person = SsoPerson::default();
    describe(&mut person, one, roles);
    let at = SignOn { organization: call.caller.organization(), application };
    call.world.add_sso_employee(at, &one.open_id, person, call.now)
}

/// Whether it was done for all, for some or for nobody (`api CreateSingleSignOnEmployees.Status`).
fn status(messages: &[String]) -> u64 {
    let failed = messages.iter().filter(|message| !message.is_empty()).count();
    match failed {
        0 => 0,
        failed if failed < messages.len() => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_says_whether_it_was_done_for_all_for_some_or_for_nobody() {
        let said = |messages: &[&str]| status(&messages.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!([said(&["", ""]), said(&["", "x"]), said(&["x", "x"])], [0, 1, 2]);
    }
}
