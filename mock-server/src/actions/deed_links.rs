//! Where a link leads by which somebody does something about themselves or their company, for both services.

use std::sync::Arc;

use crate::domain::deed::{Deed, Mobile};
use crate::domain::employee::Employee;
use crate::domain::link::Link;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// The address by this kind of entrance (`Endpoint`): a path of the mini program (`APP`), a short link, or the long one.
pub(super) fn address(call: &Call<'_>, deed: &Deed, link: &Link, endpoint: &str) -> String {
    match endpoint {
        "APP" => Urls::deed_path(deed, link),
        "HTTP_SHORT_URL" | "H5_SHORT_URL" => call.urls.short(link),
        "H5" => call.urls.deed_page(link),
        _ => call.urls.deed(deed, link),
    }
}

/// A link by which an employee takes another mobile number. Seven days; the number may be settled beforehand
/// (`api CreateEmployeeChangeUrl`). `named` is how the caller calls the employee.
///
/// # Errors
/// They have not proved who they are; a number that cannot be; or it is a colleague's, and the operator may not deal with
/// colleagues.
pub(super) fn change_of_mobile(
    call: &mut Call<'_>,
    employee: &Employee,
    named: &str,
    new_mobile: Option<&String>,
) -> Result<(Deed, Arc<Link>), Refusal> {
    if !employee.verified {
        return Err(Refusal::EmployeeNotVerified { user: named.to_owned() });
    }
    ensure_own_business(call, employee)?;
    let mobile = new_mobile.map(|text| Mobile::read(text)).transpose()?;
    let deed = Deed::ChangeMobile { user: employee.id.clone(), mobile };
    let link = call.give_out(deed.clone(), 7 * DAY);
    Ok((deed, link))
}

/// One's own number is one's own business (ASSUMED; `ex CreateEmployeeChangeUrl` names the operator); colleagues' take the right to
/// edit them.
///
/// # Errors
/// The operator may not.
pub(super) fn ensure_own_business(call: &Call<'_>, employee: &Employee) -> Result<(), Refusal> {
    if employee.id != call.caller.operator()?.id {
        call.caller.with_right(Right::EditStaff)?;
    }
    Ok(())
}
