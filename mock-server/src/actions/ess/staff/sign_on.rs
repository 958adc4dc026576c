//! What requests say of people who sign on through their company's own system
//! (`api SingleSignOnEmployees`).

use ess_schemas::ess::SingleSignOnEmployees;

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::sso_employee::SsoPerson;
use crate::engine::call::Call;

/// The roles somebody is to have; nothing where none are named.
///
/// # Errors
/// One of them is not there, or goes with being super administrator or legal person.
pub(super) fn roles(call: &Call<'_>, said: &SingleSignOnEmployees) -> Result<Option<Vec<Role>>, Refusal> {
    said.role_ids.as_ref().map(|ids| call.roles_to_give(ids)).transpose()
}

/// Takes over what is said; what is not said stays as it was.
pub(super) fn describe(person: &mut SsoPerson, said: &SingleSignOnEmployees, roles: Option<Vec<Role>>) {
    let texts = [(&said.name, &mut person.name), (&said.mobile, &mut person.mobile), (&said.email, &mut person.email)];
    for (text, place) in texts {
        if let Some(text) = given(text) {
            place.clone_from(text);
        }
    }
    if let Some(roles) = roles {
        person.roles = roles;
    }
}

/// A text that must say something.
///
/// # Errors
/// It does not.
pub(super) fn needed<'a>(text: &'a str, field: &'static str) -> Result<&'a str, Refusal> {
    if text.is_empty() { Err(Refusal::ParameterMissing { field }) } else { Ok(text) }
}
