//! `CreateUserVerifyUrl` makes a link behind which a person proves who they are. Seven days; the company's package pays when they do
//! (`api CreateUserVerifyUrl`). What the company says of them holds: nobody else gets through.

use ess_schemas::ess::{CreateUserVerifyUrlRequest, CreateUserVerifyUrlResponse};

use crate::actions::auto_signs::links::MINI_APP;
use crate::actions::deed_links::address;
use crate::actions::ess::dialect::{card, given};
use crate::domain::deed::Deed;
use crate::domain::identity::SaidOfPerson;
use crate::domain::launch::{is_mobile, is_person_name};
use crate::domain::personal_deed::{Asking, PersonalDeed};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// The entrance when nobody says: the parameter's own text, over the response's (ASSUMED, since the two contradict each other).
const ENTRANCE: &str = "APP";

/// See the module's comment.
///
/// # Errors
/// The package is empty, the person cannot be called so, or a way back from where no browser is.
pub fn create_user_verify_url(
    call: &mut Call<'_>,
    request: CreateUserVerifyUrlRequest,
) -> Result<CreateUserVerifyUrlResponse, Refusal> {
    let entrance = given(&request.endpoint).map_or(ENTRANCE, String::as_str);
    let said = SaidOfPerson {
        name: given(&request.name).cloned().unwrap_or_default(),
        mobile: given(&request.mobile).cloned().unwrap_or_default(),
        card: card(request.id_card_type.as_deref(), request.id_card_number.as_ref()).unwrap_or_default(),
    };
    if !is_person_name(&said.name) {
        return Err(Refusal::ApproverNameInvalid { name: said.name });
    }
    if !said.mobile.is_empty() && !is_mobile(&said.mobile) {
        return Err(Refusal::MobileInvalid { mobile: said.mobile });
    }
    if given(&request.jump_url).is_some() && !entrance.starts_with("H5") {
        let detail = "only with Endpoint H5 or H5_SHORT_URL".to_owned();
        return Err(Refusal::ParameterInvalid { field: "JumpUrl", detail });
    }
    call.caller.organization.ensure_identity_checks()?;
    let organization = call.caller.organization().clone();
    let asking = Asking { organization, user_data: request.user_data.unwrap_or_default() };
    let deed = Deed::Personal(PersonalDeed::ProveIdentity(asking, said));
    let link = call.give_out_returning(deed.clone(), 7 * DAY, given(&request.jump_url).cloned());
    Ok(CreateUserVerifyUrlResponse {
        user_verify_url: address(call, &deed, &link, entrance),
        expire_time: link.expires_at.seconds(),
        mini_app_id: if entrance == "APP" { MINI_APP.0.to_owned() } else { String::new() },
    })
}
