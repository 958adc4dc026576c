//! `ModifyApplicationCallbackInfo` adds a callback address of the caller's company, or takes one away: the same list the
//! control API shows and changes.

use ess_client::callback::CallbackKey;
use ess_schemas::ess::{ModifyApplicationCallbackInfoRequest, ModifyApplicationCallbackInfoResponse};
use reqwest::Url;

use crate::callbacks::address::Address;
use crate::callbacks::desk::ADDRESSES_KEPT;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::settings::{CallbackAddresses, CallbackKeys};
use crate::engine::world::World;
use crate::engine::world_file::AddressRow;

/// `OperateType` of an addition; everything else the field's limit lets pass is a removal.
const ADD: i64 = 1;

/// See the module's comment.
///
/// # Errors
/// A removal of an unknown URL, an addition that could never be called, or one too many.
pub fn modify_application_callback_info(
    call: &mut Call<'_>,
    request: ModifyApplicationCallbackInfoRequest,
) -> Result<ModifyApplicationCallbackInfoResponse, Refusal> {
    let info = request.callback_info;
    let url = info.callback_url;
    let own = call.caller.organization();
    let known = call.world.callbacks.addresses().find(|one| one.organization == *own && one.url == url);
    match (request.operate_type, known.map(|one| one.id.clone())) {
        // Only an unknown URL is added; a known one stays as it is (`api ModifyApplicationCallbackInfo`).
        (ADD, Some(_)) => {}
        (ADD, None) => {
            check_url(&url)?;
            let row = AddressRow {
                key: Some(checked_key(info.callback_key)?),
                token: Some(info.callback_token.unwrap_or_default()),
                // What this interface configures are a company's own applications (`callback docs`).
                ..AddressRow::to(url)
            };
            check_settings(call, &row)?;
            let own = call.caller.organization().as_str();
            let World { callbacks, ids, .. } = &mut *call.world;
            let address = Address::registered(own, &row, &callbacks.secrets, ids);
            callbacks.add_address(address);
        }
        (_, Some(id)) => {
            call.world.callbacks.remove_address(&id, &mut call.world.timers);
        }
        (_, None) => return Err(Refusal::CallbackAddressUnknown),
    }
    Ok(ModifyApplicationCallbackInfoResponse {})
}

/// A key is 32 bytes, or empty for none at all (`callback docs`; the code of the refusal is ASSUMED).
pub(in crate::actions::ess) fn checked_key(key: Option<String>) -> Result<String, Refusal> {
    let key = key.unwrap_or_default();
    match Some(key.as_str()).filter(|key| !key.is_empty()).map(CallbackKey::new).transpose() {
        Ok(_) => Ok(key),
        Err(error) => Err(Refusal::ParameterInvalid { field: "CallbackKey", detail: error.to_string() }),
    }
}

/// ASSUMED: what can never be called is refused when it is configured.
pub(in crate::actions::ess) fn check_url(url: &str) -> Result<(), Refusal> {
    let callable = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let detail = || "an http:// or https:// URL is expected".to_owned();
    if callable { Ok(()) } else { Err(Refusal::ParameterInvalid { field: "CallbackUrl", detail: detail() }) }
}

/// What the world's settings demand of callback addresses, and how many fit into a world.
fn check_settings(call: &Call<'_>, row: &AddressRow) -> Result<(), Refusal> {
    let World { callbacks, settings, .. } = &*call.world;
    let refused = |field, detail: String| Err(Refusal::ParameterInvalid { field, detail });
    if settings.callback_keys == CallbackKeys::Required && !Address::will_have_key(row, &callbacks.secrets) {
        return refused("CallbackKey", "a key is required".into());
    }
    let own = call.caller.organization();
    if settings.callback_addresses == CallbackAddresses::One
        && callbacks.addresses().any(|one| one.organization == *own)
    {
        return refused("CallbackInfo", "the company has an address, and may have one only".into());
    }
    if !callbacks.has_room() {
        return refused("CallbackInfo", format!("no more than {ADDRESSES_KEPT} addresses fit into a world"));
    }
    Ok(())
}
