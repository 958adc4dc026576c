//! A letter that was turned down is uploaded again, by whoever uploaded the first; the link does not expire
//! (`api CreateModifyAdminAuthorizationUrl`).

use crate::domain::application::Application;
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

/// The link, as `endpoint` wants it.
///
/// # Errors
/// `unknown` where the application has no attempt of that id; or its letter was not turned down.
pub(in crate::actions) fn url(
    call: &mut Call<'_>,
    application: &Application,
    id: &str,
    endpoint: Option<&String>,
    unknown: impl Fn() -> Refusal,
) -> Result<String, Refusal> {
    let key = World::records_of(application).remove(id).ok_or_else(&unknown)?;
    let (_, customer) = call.world.customer(&key)?;
    let status = customer.certification.status;
    if status != Verification::LetterRejected {
        let expected = Verification::LetterRejected.word();
        return Err(Refusal::VerificationStateWrong {
            detail: format!("it is {}, expected {expected}", status.word()),
        });
    }
    let record = customer.certification.record.as_ref().ok_or_else(&unknown)?;
    let operator = application.staff_id(&record.admin.user).cloned().ok_or_else(&unknown)?;
    let way = if record.transfer.is_some() { Way::LetterAndTransfer } else { Way::Letter };
    let opens = Opens::Console(Console { customer: key, operator, ways: vec![way] });
    let link = call.world.add_link(opens, never(call.now), None);
    Ok(match endpoint.map_or("HTTP", String::as_str) {
        "HTTP_SHORT_URL" => call.urls.short(&link),
        "APP" => Urls::mini_letter_path(&link, id),
        "PC" => call.urls.console(&link, None, true),
        _ => call.urls.mini_letter(&link, id),
    })
}
