//! Whom a request means, what it says of them, and how they are called to join.

use std::sync::Arc;

use ess_schemas::ess::Staff;

use crate::actions::deed_links;
use crate::actions::ess::dialect::given;
use crate::domain::deed::Deed;
use crate::domain::employee::Employee;
use crate::domain::invitation::{CalledBy, Invitee};
use crate::domain::personal_deed::PersonalDeed;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::departments::Named;
use crate::engine::inviting::{Called, Calling};

/// The colleague of this id, or else of this id in the company's own system (`api Staff`: the first wins).
///
/// # Errors
/// Nobody is named, or nobody of the company's who is there.
pub(super) fn colleague(
    call: &Call<'_>,
    user_id: Option<&String>,
    open_id: Option<&String>,
) -> Result<Arc<Employee>, Refusal> {
    let (company, directory) = (call.caller.organization(), &call.world.directory);
    let (found, named) = match (user_id, open_id) {
        (Some(id), _) => (directory.employee(id).filter(|one| &one.organization == company), id),
        (None, Some(open_id)) => (directory.employee_by_open_id(company, open_id), open_id),
        (None, None) => return Err(Refusal::ParameterMissing { field: "UserId" }),
    };
    found.map(|one| Arc::new(one.clone())).ok_or_else(|| Refusal::EmployeeUnknown { user: named.clone() })
}

/// What a request says of somebody.
///
/// # Errors
/// A department the company does not have.
pub(super) fn said_of(call: &Call<'_>, staff: &Staff) -> Result<Invitee, Refusal> {
    let text = |value: &Option<String>| given(value).cloned().unwrap_or_default();
    let department = staff.department.as_ref().and_then(|one| given(&one.department_id));
    let department = call.named_department(Named { id: department, open_id: None })?;
    Ok(Invitee {
        name: text(&staff.display_name),
        mobile: text(&staff.mobile),
        email: text(&staff.email),
        open_id: given(&staff.open_id).map(|id| id.as_str().into()),
        wecom_id: text(&staff.wework_open_id),
        department: department.map(|one| one.id),
    })
}

/// How people are called: by the platform unless said otherwise (`api CreateIntegrationEmployees.InvitationNotifyType`).
///
/// # Errors
/// A way back from where no browser is.
pub(super) fn calling(kind: Option<&String>, jump_url: Option<&String>) -> Result<Calling, Refusal> {
    // The field's limit lets no other word pass.
    let by = kind.and_then(|word| CalledBy::from_wire(word)).unwrap_or_default();
    if jump_url.is_some() && by != CalledBy::Browser {
        let detail = "only with InvitationNotifyType H5".to_owned();
        return Err(Refusal::ParameterInvalid { field: "JumpUrl", detail });
    }
    Ok(Calling { by, jump_url: jump_url.cloned() })
}

/// The link of somebody who was called, for a company that passes it on itself; the platform's own calls are not answered
/// (`ex CreateIntegrationEmployees`). What a browser opens is a short link (`ex`), and other links are of the kind asked for.
pub(super) fn link_of(call: &Call<'_>, called: &Called, by: CalledBy, endpoint: Option<&String>) -> Option<String> {
    let deed = Deed::Personal(PersonalDeed::Join(called.employee.id.clone()));
    match by {
        CalledBy::Platform => None,
        CalledBy::Browser => Some(call.urls.short(&called.link)),
        CalledBy::Company => {
            Some(deed_links::address(call, &deed, &called.link, endpoint.map_or("HTTP", String::as_str)))
        }
    }
}
