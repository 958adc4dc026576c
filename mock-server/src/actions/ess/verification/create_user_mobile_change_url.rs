//! `CreateUserMobileChangeUrl` makes a link behind which an employee or a person takes another mobile number: whoever is named by id,
//! or by name and card. A person need not be named: then the link is the company's one for everybody, and never over
//! (`api CreateUserMobileChangeUrl`). Other links live seven days.

use std::sync::Arc;

use ess_schemas::ess::{CreateUserMobileChangeUrlRequest, CreateUserMobileChangeUrlResponse};

use crate::actions::deed_links::{address, ensure_own_business};
use crate::actions::ess::dialect::{card, given};
use crate::domain::deed::Deed;
use crate::domain::employee::Employee;
use crate::domain::identity::SaidOfPerson;
use crate::domain::ids::UserId;
use crate::domain::link::Link;
use crate::domain::personal_deed::{Asking, PersonalDeed};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// `UserAccountType` of a person; everything else the field's limit lets pass is an employee.
const PERSON: u64 = 1;

/// See the module's comment.
///
/// # Errors
/// An employee without id, name and card, or a person with one of the two alone; nobody like that; or a colleague whom the operator
/// may not deal with.
pub fn create_user_mobile_change_url(
    call: &mut Call<'_>,
    request: CreateUserMobileChangeUrlRequest,
) -> Result<CreateUserMobileChangeUrlResponse, Refusal> {
    let entrance = given(&request.endpoint).map_or("HTTP", String::as_str);
    let organization = call.caller.organization().clone();
    let Some(user) = whom(call, &request)? else {
        let deed = Deed::Personal(PersonalDeed::ChangeMobile(Asking { organization, user_data: String::new() }, None));
        let link = link_for_everybody(call, &deed);
        // ASSUMED: 0 says that it is never over.
        return Ok(CreateUserMobileChangeUrlResponse {
            url: Some(address(call, &deed, &link, entrance)),
            expire_time: Some(0),
        });
    };
    let asking = Asking { organization, user_data: request.user_data.unwrap_or_default() };
    let deed = Deed::Personal(PersonalDeed::ChangeMobile(asking, Some(user)));
    let link = call.give_out(deed.clone(), 7 * DAY);
    Ok(CreateUserMobileChangeUrlResponse {
        url: Some(address(call, &deed, &link, entrance)),
        expire_time: Some(link.expires_at.seconds()),
    })
}

/// Whose number it is about; a person who is not named is whoever opens the link.
fn whom(call: &Call<'_>, request: &CreateUserMobileChangeUrlRequest) -> Result<Option<UserId>, Refusal> {
    let directory = &call.world.directory;
    let is_colleague =
        |one: &Employee| &one.organization == call.caller.organization() && one.is_present() && one.verified;
    if let Some(id) = given(&request.user_id) {
        if let Some(employee) = directory.employee(id).filter(|one| is_colleague(one)) {
            ensure_own_business(call, employee)?;
            return Ok(Some(employee.id.clone()));
        }
        let person = directory.people.iter().find_map(|one| one.user.clone().filter(|user| user.as_str() == id));
        return person.map(Some).ok_or_else(|| Refusal::EmployeeUnknown { user: id.clone() });
    }
    let name = given(&request.name);
    let card = card(request.id_card_type.as_deref(), request.id_card_number.as_ref());
    let is_person = request.user_account_type == Some(PERSON);
    let (name, card) = match (name, card) {
        (None, None) if is_person => return Ok(None),
        (None, _) => return Err(Refusal::ParameterMissing { field: "Name" }),
        (_, None) => return Err(Refusal::ParameterMissing { field: "IdCardNumber" }),
        (Some(name), Some(card)) => (name, card),
    };
    if is_person {
        let said = SaidOfPerson { name: name.clone(), mobile: String::new(), card };
        return call.world.person_known_as(&said).map(Some);
    }
    let all = directory.employees.iter().map(AsRef::as_ref);
    let found = all.filter(|one| is_colleague(one)).find(|one| &one.name == name && one.card == card);
    let employee = found.ok_or_else(|| Refusal::PersonUnknown { name: name.clone() })?;
    ensure_own_business(call, employee)?;
    Ok(Some(employee.id.clone()))
}

/// The company's one link for whoever wants another number; it is made when it is first asked for.
fn link_for_everybody(call: &mut Call<'_>, deed: &Deed) -> Arc<Link> {
    let company = call.caller.organization().clone();
    let token = call.world.directory.organizations.get(company.as_str()).and_then(|one| one.mobile_link.clone());
    if let Some(link) = token.and_then(|token| call.world.links.get(token.as_str()).cloned()) {
        return link;
    }
    let link = call.give_out_for_ever(deed.clone());
    if let Some(number) = call.world.directory.organizations.number(company.as_str())
        && let Some(known) = call.world.directory.organizations.at_mut(number)
    {
        known.mobile_link = Some(link.token.clone());
    }
    link
}
