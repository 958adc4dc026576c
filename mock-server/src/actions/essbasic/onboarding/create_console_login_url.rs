//! `CreateConsoleLoginUrl` makes the only way into a customer's console: who comes by it first proves what company it is and who
//! they are ([`crate::pages`]).
//!
//! It makes company and employee known; what it says of one that is proving who it is, or has, counts no more, and one that comes
//! back through another of its people begins anew (`api CreateConsoleLoginUrl`, `api ChannelOrganizationInfo`). The two answers
//! about who is verified go by the platform's ids alone.

use std::time::Duration;

use ess_schemas::essbasic::{CreateConsoleLoginUrlRequest, CreateConsoleLoginUrlResponse};

use super::ensure_organization_name;
use crate::actions::essbasic::dialect::{customer_key, given};
use crate::actions::letters::{ensure_letter, ensure_licence};
use crate::domain::customer::Customer;
use crate::domain::employee::{Card, CardKind};
use crate::domain::launch::is_person_name;
use crate::domain::link::{Console, Link, Opens, Way};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE};
use crate::engine::call::Call;
use crate::engine::download::{self, QR_CODE};
use crate::engine::introducing::Introduced;
use crate::engine::urls::{Module, Urls};

/// How long a link to the console lives in a browser on a desk (`api CreateConsoleLoginUrl`).
const AT_A_DESK: Duration = Duration::from_secs(5 * MINUTE.as_secs());
/// And anywhere else.
const ELSEWHERE: Duration = Duration::from_secs(30 * DAY.as_secs());

/// See the module's comment.
///
/// # Errors
/// A name, file or way that cannot be; a page that is not there from where the link is opened; a contract nobody knows.
pub fn create_console_login_url(
    call: &mut Call<'_>,
    request: CreateConsoleLoginUrlRequest,
) -> Result<CreateConsoleLoginUrlResponse, Refusal> {
    check(&request)?;
    let licence = given(&request.business_license_id);
    if let Some(unknown) = licence.filter(|id| call.world.files.get(id.as_str()).is_none()) {
        return Err(Refusal::FileUnknown { file: unknown.clone() });
    }
    let key = customer_key(call)?;
    let open_id = call.caller.agent()?.operator_open_id.clone();
    if call.caller.operator.as_ref().is_some_and(|operator| operator.verified)
        && call.caller.customer().is_ok_and(Customer::is_verified)
        && request.module.as_deref() == Some("DOCUMENT")
        && let Some(flow) = given(&request.module_id)
    {
        call.own_flow(flow)?;
    }
    call.world.introduce_customer(&key, &company(&request))?;
    let user = call.world.introduce_employee(&key, &open_id, &person(&request), call.now)?;
    call.world.begin_anew(&key, &user, call.now, call.outbox)?;
    let (application, customer) = call.world.customer(&key)?;
    if let Some(activates_itself) = request.auto_active {
        let customer = Customer { activates_itself, ..customer.as_ref().clone() };
        call.world.put_customer(&application, customer);
    }
    let is_verified = call.world.customers_employee(&key, &open_id)?.verified;
    let endpoint = given(&request.endpoint).map_or("PC", String::as_str);
    let ways = request.authorization_types.iter().flatten().filter_map(|number| Way::from_wire(*number)).collect();
    let opens = Opens::Console(Console { customer: key, operator: open_id, ways });
    let lives = if endpoint == "PC" { AT_A_DESK } else { ELSEWHERE };
    let link = call.world.add_link(opens, call.now.plus(lives), jump_url(&request));
    Ok(CreateConsoleLoginUrlResponse {
        console_url: url(call, &link, endpoint, &request),
        is_activated: customer.is_verified(),
        proxy_operator_is_verified: is_verified,
    })
}

/// What can be said of the request alone.
fn check(request: &CreateConsoleLoginUrlRequest) -> Result<(), Refusal> {
    ensure_organization_name(&request.proxy_organization_name)?;
    if let Some(name) = given(&request.proxy_operator_name).filter(|name| !is_person_name(name)) {
        return Err(Refusal::NameInvalid { name: name.clone() });
    }
    if let Some(licence) = given(&request.business_license) {
        ensure_licence(licence)?;
    }
    let letters = request.power_of_attorneys.iter().flatten();
    for letter in letters {
        ensure_letter(letter)?;
        // A letter names whom it is for (`api CreateConsoleLoginUrl`).
        given(&request.proxy_operator_name).ok_or(Refusal::ParameterMissing { field: "ProxyOperatorName" })?;
        given(&request.proxy_operator_mobile).ok_or(Refusal::ParameterMissing { field: "ProxyOperatorMobile" })?;
    }
    // In the mini program there are no other pages than that of seals (`api CreateConsoleLoginUrl.Module`).
    let mini = matches!(request.endpoint.as_deref(), Some("CHANNEL" | "APP"));
    match given(&request.module) {
        Some(module) if mini && module != "SEAL" => {
            let detail = format!("{module} does not open with Endpoint CHANNEL or APP, SEAL does");
            Err(Refusal::ValueNotAllowed { field: "Module".into(), detail })
        }
        Some(_) | None => Ok(()),
    }
}

fn company(request: &CreateConsoleLoginUrlRequest) -> CompanyData {
    CompanyData {
        name: request.proxy_organization_name.clone(),
        credit_code: request.uniform_social_credit_code.clone().unwrap_or_default(),
        legal_name: request.proxy_legal_name.clone().unwrap_or_default(),
        address: request.proxy_address.clone().unwrap_or_default(),
    }
}

fn person(request: &CreateConsoleLoginUrlRequest) -> Introduced {
    let number = request.proxy_operator_id_card_number.clone().unwrap_or_default();
    Introduced {
        name: request.proxy_operator_name.clone().unwrap_or_default(),
        mobile: request.proxy_operator_mobile.clone().unwrap_or_default(),
        card: Card { kind: CardKind::IdCard, number },
        role: None,
    }
}

/// Where the browser goes once company and person are verified: the deprecated field, or the first of the events' (ASSUMED: which of
/// the events is which is said in prose only).
fn jump_url(request: &CreateConsoleLoginUrlRequest) -> Option<String> {
    let events = request.jump_events.iter().flatten().filter_map(|one| given(&one.jump_url));
    given(&request.auto_jump_url).into_iter().chain(events).next().cloned()
}

fn url(call: &Call<'_>, link: &Link, endpoint: &str, request: &CreateConsoleLoginUrlRequest) -> String {
    let menu = request.menu_status.as_deref() != Some("DISABLE");
    let module = given(&request.module).and_then(|name| Module::of(name, given(&request.module_id)));
    match endpoint {
        "SHORT_URL" | "SHORT_H5" => call.urls.short(link),
        "APP" => Urls::mini_console_path(link),
        "CHANNEL" => call.urls.mini_console(link),
        "WEIXIN_QRCODE_URL" => {
            let key = download::key(&call.world.ids, QR_CODE, &link.token, link.expires_at);
            call.urls.qr_code(&link.token, &key)
        }
        _ => call.urls.console(link, module, menu),
    }
}
