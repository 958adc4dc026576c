//! What both actions of an integrator ask for: its mark, an application it made, an address.

use std::sync::Arc;

use ess_schemas::ess::CallbackInfo;

use crate::actions::ess::callback::modify_application_callback_info::{check_url, checked_key};
use crate::callbacks::desk::ADDRESSES_KEPT;
use crate::domain::application::{Application, Purpose};
use crate::domain::deed::Callback;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The vendor gives each integrator a mark of its own (`api CreatePartnerAuthorizationLink`).
///
/// # Errors
/// The caller has none, or another.
pub(super) fn ensure_marked(call: &Call<'_>, business: &str) -> Result<(), Refusal> {
    if business.is_empty() {
        return Err(Refusal::ParameterMissing { field: "BusinessId" });
    }
    match &call.caller.organization.business {
        None => Err(Refusal::EditionLacksFeature { feature: "ecosystem integration" }),
        Some(own) if own == business => Ok(()),
        Some(_) => {
            let detail = format!("{business} is not the caller's");
            Err(Refusal::ParameterInvalid { field: "BusinessId", detail })
        }
    }
}

/// An application the caller made under this mark.
///
/// # Errors
/// There is none of that id: one that a company made itself is nobody's to manage (`api ModifyPartnerAuthorization`).
pub(super) fn own_application(call: &Call<'_>, id: &str, business: &str) -> Result<Arc<Application>, Refusal> {
    if id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "PartnerApplicationId" });
    }
    let own = Purpose::Ecosystem { business: business.to_owned(), integrator: call.caller.organization().clone() };
    let found = call.world.directory.applications.get(id).filter(|one| one.purpose == own);
    let unknown =
        || Refusal::ParameterInvalid { field: "PartnerApplicationId", detail: format!("no such application: {id}") };
    found.cloned().ok_or_else(unknown)
}

/// Where the application's callbacks go.
///
/// # Errors
/// Nobody can be called there, or the world has no room for one more.
pub(super) fn callback(call: &Call<'_>, info: CallbackInfo) -> Result<Callback, Refusal> {
    check_url(&info.callback_url)?;
    if !call.world.callbacks.has_room() {
        let detail = format!("no more than {ADDRESSES_KEPT} addresses fit into a world");
        return Err(Refusal::ParameterInvalid { field: "ApplicationInfo", detail });
    }
    Ok(Callback {
        url: info.callback_url,
        key: checked_key(info.callback_key)?,
        token: info.callback_token.unwrap_or_default(),
    })
}
