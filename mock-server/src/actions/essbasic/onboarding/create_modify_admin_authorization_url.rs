//! `CreateModifyAdminAuthorizationUrl` makes the link by which a letter that was turned down is uploaded again. It does not expire;
//! it is for whoever uploaded the first (`api CreateModifyAdminAuthorizationUrl`).

use ess_schemas::essbasic::{CreateModifyAdminAuthorizationUrlRequest, CreateModifyAdminAuthorizationUrlResponse};

use crate::actions::essbasic::dialect::given;
use crate::domain::customer::Verification;
use crate::domain::link::{Console, Opens, Way};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::call::Call;
use crate::engine::urls::Urls;
use crate::engine::world::World;

/// A moment no world sees: a hundred years from now.
fn never(now: Timestamp) -> Timestamp {
    now.plus(DAY * 36_500)
}

/// See the module's comment.
///
/// # Errors
/// No record was named, the application has none of that id, or its letter was not turned down.
pub fn create_modify_admin_authorization_url(
    call: &mut Call<'_>,
    request: CreateModifyAdminAuthorizationUrlRequest,
) -> Result<CreateModifyAdminAuthorizationUrlResponse, Refusal> {
    let id = given(&request.authorization_id).ok_or(Refusal::ParameterMissing { field: "AuthorizationId" })?;
    let unknown = || Refusal::AuthorizationUnknown { authorization: id.clone() };
    let application = &call.caller.agent()?.application;
    let key = World::records_of(application).remove(id.as_str()).ok_or_else(unknown)?;
    let (_, customer) = call.world.customer(&key)?;
    let status = customer.certification.status;
    if status != Verification::LetterRejected {
        let expected = Verification::LetterRejected.word();
        return Err(Refusal::VerificationStateWrong {
            detail: format!("it is {}, expected {expected}", status.word()),
        });
    }
    let record = customer.certification.record.as_ref().ok_or_else(unknown)?;
    let operator = application.staff_id(&record.admin.user).cloned().ok_or_else(unknown)?;
    let way = if record.transfer.is_some() { Way::LetterAndTransfer } else { Way::Letter };
    let opens = Opens::Console(Console { customer: key, operator, ways: vec![way] });
    let link = call.world.add_link(opens, never(call.now), None);
    let url = match given(&request.endpoint).map_or("HTTP", String::as_str) {
        "HTTP_SHORT_URL" => call.urls.short(&link),
        "APP" => Urls::mini_letter_path(&link, id),
        "PC" => call.urls.console(&link, None, true),
        _ => call.urls.mini_letter(&link, id),
    };
    Ok(CreateModifyAdminAuthorizationUrlResponse { url: Some(url) })
}
