//! `CreateUserNameChangeUrl` makes a link behind which anybody takes another name. Seven days; the company's package pays when
//! somebody does (`api CreateUserNameChangeUrl`).

use ess_schemas::ess::{CreateUserNameChangeUrlRequest, CreateUserNameChangeUrlResponse};

use crate::actions::auto_signs::links::MINI_APP;
use crate::actions::deed_links::address;
use crate::actions::ess::dialect::given;
use crate::domain::deed::Deed;
use crate::domain::personal_deed::{Asking, PersonalDeed};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// The entrance when nobody says: the note, over the list (ASSUMED, since the two contradict each other).
const ENTRANCE: &str = "HTTP";

/// See the module's comment.
///
/// # Errors
/// The package is empty.
pub fn create_user_name_change_url(
    call: &mut Call<'_>,
    request: CreateUserNameChangeUrlRequest,
) -> Result<CreateUserNameChangeUrlResponse, Refusal> {
    call.caller.organization.ensure_identity_checks()?;
    let entrance = given(&request.endpoint).map_or(ENTRANCE, String::as_str);
    let organization = call.caller.organization().clone();
    let asking = Asking { organization, user_data: request.user_data.unwrap_or_default() };
    let deed = Deed::Personal(PersonalDeed::ChangeName(asking));
    let link = call.give_out(deed.clone(), 7 * DAY);
    Ok(CreateUserNameChangeUrlResponse {
        user_verify_url: address(call, &deed, &link, entrance),
        expire_time: link.expires_at.seconds(),
        mini_app_id: if entrance == "APP" { MINI_APP.0.to_owned() } else { String::new() },
    })
}
