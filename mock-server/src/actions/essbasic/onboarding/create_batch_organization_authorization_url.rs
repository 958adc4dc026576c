//! `CreateBatchOrganizationAuthorizationUrl` makes one link to the ways in of several companies of batches, for the one who is to
//! prove them all. Companies of others are left out (`api CreateBatchOrganizationAuthorizationUrl`); when none is left the call is
//! refused (ASSUMED). The link lives seven days.

use std::collections::BTreeSet;

use ess_schemas::essbasic::{
    CreateBatchOrganizationAuthorizationUrlRequest, CreateBatchOrganizationAuthorizationUrlResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::words::card;
use crate::domain::link::{Console, Opens, Way};
use crate::domain::onboarding::registration::{Named, Registration};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::download::{self, QR_CODE};
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// Nobody or nothing was named, or none of the companies is that administrator's.
pub fn create_batch_organization_authorization_url(
    call: &mut Call<'_>,
    request: CreateBatchOrganizationAuthorizationUrlRequest,
) -> Result<CreateBatchOrganizationAuthorizationUrlResponse, Refusal> {
    let name = given(&request.admin_name).ok_or(Refusal::ParameterMissing { field: "AdminName" })?;
    let mobile = given(&request.admin_mobile).ok_or(Refusal::ParameterMissing { field: "AdminMobile" })?;
    let ids: BTreeSet<String> = request.sub_task_ids.unwrap_or_default().into_iter().collect();
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "SubTaskIds" });
    }
    let card = card(request.admin_id_card_type.as_deref(), request.admin_id_card_number.as_ref()).unwrap_or_default();
    let admin = Named { name: name.clone(), mobile: mobile.clone(), card };
    let own = |one: &Registration| Some(&one.customer.application) == call.caller.application() && one.admin == admin;
    let registrations = ids.iter().filter_map(|id| call.world.registrations.get(id.as_str()));
    let theirs: Vec<_> = registrations.filter(|one| own(one) && one.link.is_ok()).cloned().collect();
    if theirs.is_empty() {
        return Err(Refusal::NoRunningAuthorization { name: name.clone() });
    }
    let expires_at = call.now.plus(DAY * 7);
    let tokens = theirs.iter().map(|one| {
        let ways = way_in(call, one);
        let console = Console { customer: one.customer.clone(), operator: one.operator.clone(), ways };
        call.world.add_link(Opens::Console(console), expires_at, None).token.clone()
    });
    let tokens: Vec<String> = tokens.collect();
    let link = call.world.add_link(Opens::Consoles(tokens), expires_at, None);
    let url = match given(&request.endpoint).map_or("HTTP", String::as_str) {
        "HTTP_SHORT_URL" => call.urls.short(&link),
        "APP" => Urls::mini_consoles_path(&link),
        "QR_CODE" => {
            let key = download::key(&call.world.ids, QR_CODE, &link.token, expires_at);
            call.urls.qr_code(&link.token, &key)
        }
        _ => call.urls.mini_consoles(&link),
    };
    Ok(CreateBatchOrganizationAuthorizationUrlResponse {
        auth_url: url,
        error_messages: Vec::new(),
        expire_time: u64::try_from(expires_at.seconds()).unwrap_or(0),
    })
}

/// How the company may prove who it is, as its own link says.
fn way_in(call: &Call<'_>, registration: &Registration) -> Vec<Way> {
    let link = registration.link.as_ref().ok().and_then(|token| call.world.links.get(token.as_str()));
    match link.map(|link| &link.opens) {
        Some(Opens::Console(console)) => console.ways.clone(),
        Some(_) | None => Vec::new(),
    }
}
