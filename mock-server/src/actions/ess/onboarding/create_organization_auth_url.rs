//! `CreateOrganizationAuthUrl` makes the link by which a partner company is certified. Each link is an attempt of its own; the link lives
//! thirty days (`api CreateOrganizationAuthUrl`), and leads in a browser on a desk where nothing is said (ASSUMED).
//!
//! What is said is offered on the page, and must be handed in as it was said where that is locked. A bank account, the licence and the
//! kind of licence are not asked for on our page, so that locking them locks nothing.

use std::collections::BTreeSet;

use ess_schemas::ess::{CreateOrganizationAuthUrlRequest, CreateOrganizationAuthUrlResponse};
use reqwest::Url;

use crate::actions::ess::dialect::{card, given};
use crate::actions::letters::{ensure_letter, ensure_licence};
use crate::domain::launch::{is_mobile, is_organization_name};
use crate::domain::link::{Console, Link, Opens, Way};
use crate::domain::onboarding::guidance::{Datum, Guided};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::introducing::Introduced;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// The company did not buy certifications for others; a way, file or place to jump to that does not go together with where the link
/// is opened; a name or number that cannot be.
pub fn create_organization_auth_url(
    call: &mut Call<'_>,
    request: CreateOrganizationAuthUrlRequest,
) -> Result<CreateOrganizationAuthUrlResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::Certifications)?;
    let endpoint = given(&request.endpoint).map_or("PC", String::as_str);
    check(&request, endpoint)?;
    let company = CompanyData {
        name: request.organization_name.clone().unwrap_or_default(),
        credit_code: request.uniform_social_credit_code.clone().unwrap_or_default(),
        legal_name: request.legal_name.clone().unwrap_or_default(),
        address: request.organization_address.clone().unwrap_or_default(),
    };
    let admin = Introduced {
        name: request.admin_name.clone().unwrap_or_default(),
        mobile: request.admin_mobile.clone().unwrap_or_default(),
        card: card(request.admin_id_card_type.as_deref(), request.admin_id_card_number.as_ref()).unwrap_or_default(),
        role: None,
    };
    let first = request.initialization.as_deref().unwrap_or_default();
    let guided = Guided {
        by: call.caller.operator()?.id.clone(),
        user_data: request.user_data.clone().unwrap_or_default(),
        locked: locked(&request),
        creates_seal: first.contains(&1),
        opens_auto_sign: first.contains(&2),
    };
    let guide = call.caller.organization().clone();
    let (customer, operator) = call.world.guide(&guide, &company, &admin, guided, call.now)?;
    let opens = Opens::Console(Console { customer, operator, ways: ways(&request) });
    let expires_at = call.now.plus(DAY * 30);
    let link = call.world.add_link(opens, expires_at, onward(&request, endpoint));
    Ok(CreateOrganizationAuthUrlResponse {
        auth_url: url(call.urls, &link, endpoint),
        expired_time: expires_at.seconds(),
    })
}

fn url(urls: &Urls, link: &Link, endpoint: &str) -> String {
    match endpoint {
        "APP" => Urls::mini_console_path(link),
        "SHORT_URL" | "SHORT_H5" => urls.short(link),
        "H5" => urls.register_by_phone(link),
        _ => urls.register(link),
    }
}

fn check(request: &CreateOrganizationAuthUrlRequest, endpoint: &str) -> Result<(), Refusal> {
    let by_phone = matches!(endpoint, "H5" | "SHORT_H5");
    match given(&request.organization_name) {
        None if by_phone => return Err(Refusal::OrganizationNameMissing),
        Some(name) if !is_organization_name(name) => {
            return Err(Refusal::OrganizationNameInvalid { name: name.clone() });
        }
        Some(_) | None => (),
    }
    if let Some(mobile) = given(&request.admin_mobile).filter(|mobile| !is_mobile(mobile)) {
        return Err(Refusal::MobileInvalid { mobile: mobile.clone() });
    }
    let methods = request.authorization_method.as_deref().unwrap_or_default();
    let in_mini_program = matches!(endpoint, "APP" | "SHORT_URL");
    let steps = request.initialization.as_deref().unwrap_or_default();
    if (by_phone && methods.iter().any(|method| *method != 1))
        || (methods.contains(&3) && !in_mini_program)
        || (steps.contains(&2) && endpoint != "PC")
    {
        return Err(Refusal::EndpointInvalid { value: endpoint.to_owned() });
    }
    check_files(request)?;
    let jumps = request.jump_events.iter().flatten().filter_map(|event| given(&event.jump_url));
    for jump in jumps.chain(given(&request.auto_jump_url)) {
        // From the mini program one only comes back to where one was (`api JumpEvent`).
        let fits = if endpoint == "APP" { jump == "true" } else { is_web_address(jump) };
        if !fits {
            return Err(Refusal::JumpUrlInvalid { value: jump.clone() });
        }
    }
    Ok(())
}

/// A letter that comes along needs its administrator, and no other way than by letter.
fn check_files(request: &CreateOrganizationAuthUrlRequest) -> Result<(), Refusal> {
    if let Some(licence) = given(&request.business_license) {
        ensure_licence(licence)?;
    }
    let letters = request.power_of_attorneys.as_deref().unwrap_or_default();
    letters.iter().try_for_each(|letter| ensure_letter(letter))?;
    if letters.is_empty() {
        return Ok(());
    }
    for (field, value) in [("AdminName", &request.admin_name), ("AdminMobile", &request.admin_mobile)] {
        given(value).ok_or(Refusal::ParameterMissing { field })?;
    }
    match request.authorization_types.as_deref() {
        None | Some([] | [5]) => Ok(()),
        Some(_) => Err(Refusal::AuthorizationTypeInvalid { value: "AuthorizationTypes".to_owned() }),
    }
}

fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// Practices of doctors are proved by a letter alone, whatever was asked for (`api CreateOrganizationAuthUrl`).
fn ways(request: &CreateOrganizationAuthUrlRequest) -> Vec<Way> {
    if given(&request.organization_id_card_type).is_some_and(|kind| kind != "USCC") {
        return vec![Way::Letter];
    }
    let numbers = request.authorization_types.iter().flatten();
    numbers.filter_map(|number| Way::from_wire(i64::try_from(*number).ok()?)).collect()
}

/// Where the browser goes once the company is certified.
fn onward(request: &CreateOrganizationAuthUrlRequest, endpoint: &str) -> Option<String> {
    let events = request.jump_events.iter().flatten().filter(|event| event.jump_event_type == Some(3));
    let url = events.filter_map(|event| given(&event.jump_url)).next().or_else(|| given(&request.auto_jump_url));
    url.filter(|_| endpoint != "APP").cloned()
}

fn locked(request: &CreateOrganizationAuthUrlRequest) -> BTreeSet<Datum> {
    let locks = [
        (request.organization_name_same, Datum::OrganizationName),
        (request.uniform_social_credit_code_same, Datum::CreditCode),
        (request.legal_name_same, Datum::LegalName),
        (request.address_same, Datum::Address),
        (request.admin_name_same, Datum::AdminName),
        (request.admin_mobile_same, Datum::AdminMobile),
        (request.admin_id_card_number_same, Datum::AdminCard),
    ];
    locks.into_iter().filter(|(same, _)| *same == Some(true)).map(|(_, datum)| datum).collect()
}
