//! Addresses of pages of contract intelligence; each opens once, for five minutes.

use crate::domain::intelligence::page::{IntelligencePage, LIFETIME};
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The address of a page of the caller's.
///
/// # Errors
/// Nobody acts.
pub(super) fn address(call: &mut Call<'_>, page: IntelligencePage) -> Result<String, Refusal> {
    let opens = Opens::Intelligence {
        page: page.clone(),
        organization: call.caller.organization().clone(),
        operator: call.caller.operator()?.id.clone(),
    };
    let link = call.world.add_link(opens, call.now.plus(LIFETIME), None);
    Ok(call.urls.intelligence(&link, &page))
}
