//! Batches of companies that are to prove who they are (`api CreateBatchOrganizationRegistrationTasks` and its relatives).

use std::collections::BTreeSet;

use crate::actions::letters::ensure_letter;
use crate::domain::application::Application;
use crate::domain::ids::ApplicationId;
use crate::domain::launch::{is_mobile, is_organization_name, is_person_name};
use crate::domain::link::{Console, Link, Opens, Way};
use crate::domain::onboarding::registration::{Named, Registration, RegistrationBatch};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::download::{self, QR_CODE};
use crate::engine::urls::Urls;

/// The field a batch stands in.
pub(in crate::actions) const FIELD: &str = "RegistrationOrganizations";

/// What is said of one company of a batch, as far as it is looked at.
pub(in crate::actions) struct Said<'a> {
    pub(in crate::actions) name: &'a str,
    pub(in crate::actions) credit_code: &'a str,
    pub(in crate::actions) legal_name: &'a str,
    /// Empty texts stand for what was left out.
    pub(in crate::actions) address: &'a str,
    pub(in crate::actions) admin_name: &'a str,
    pub(in crate::actions) admin_mobile: &'a str,
    /// Numbers of `AuthorizationTypes`.
    pub(in crate::actions) ways: Vec<u64>,
    pub(in crate::actions) letters: &'a [String],
}

/// A name or a credit code twice fails the call (`ex CreateBatchOrganizationRegistrationTasks`).
pub(in crate::actions) fn ensure_distinct(batch: &[Said<'_>]) -> Result<(), Refusal> {
    let mut names = BTreeSet::new();
    if let Some(twice) = batch.iter().find(|one| !names.insert(one.name)) {
        return Err(Refusal::RegistrationRepeated { name: twice.name.to_owned() });
    }
    ensure_none_twice(batch.iter().map(|one| one.credit_code))
}

/// The same of other things that are one company's.
pub(in crate::actions) fn ensure_none_twice<'a>(values: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for value in values {
        if !seen.insert(value) {
            return Err(Refusal::ParameterInvalid { field: FIELD, detail: format!("{value} stands twice") });
        }
    }
    Ok(())
}

impl Said<'_> {
    /// What is wrong with a company that is proved alone, or `together` with others behind one link. Only the words about the
    /// address are shown in an example; the others ASSUMED alike.
    pub(in crate::actions) fn wrong(&self, together: bool) -> Option<&'static str> {
        let by_letter = self.ways.iter().any(|way| matches!(way, 1 | 5));
        let unfit = |text: &str, fits: fn(&str) -> bool| !text.is_empty() && !fits(text);
        if self.name.is_empty() || !is_organization_name(self.name) {
            Some("企业名称参数不正确")
        } else if self.legal_name.is_empty() || !is_person_name(self.legal_name) {
            Some("法定代表人姓名参数不正确")
        } else if unfit(self.address, is_address) {
            Some("地址参数不正确")
        } else if unfit(self.admin_name, is_person_name) {
            Some("超管姓名参数不正确")
        } else if unfit(self.admin_mobile, is_mobile) {
            Some("超管手机号参数不正确")
        } else if self.letters.iter().any(|letter| ensure_letter(letter).is_err()) {
            Some("授权书参数不正确")
        } else if together && by_letter && self.letters.is_empty() {
            Some("授权书不能为空")
        } else {
            None
        }
    }
}

/// Province, city and district come first (`ex CreateBatchOrganizationRegistrationTasks` shows one with a city and one without).
fn is_address(address: &str) -> bool {
    ["省", "市", "自治区"].iter().any(|division| address.contains(division))
}

/// What is wrong with the companies, each at its place; nothing when nothing is.
pub(in crate::actions) fn messages(wrong: &[Option<&str>]) -> Option<Vec<String>> {
    let message = |(place, wrong): (usize, &Option<&str>)| match wrong {
        Some(wrong) => format!("第【{}】条注册信息参数错误，{wrong},请确认后再试", place + 1),
        None => String::new(),
    };
    wrong.iter().any(Option::is_some).then(|| wrong.iter().enumerate().map(message).collect())
}

/// A batch of the application's, and its companies.
///
/// # Errors
/// There is none.
pub(in crate::actions) fn batch<'w>(
    call: &'w Call<'_>,
    application: Option<&ApplicationId>,
    id: &str,
) -> Result<(&'w RegistrationBatch, Vec<&'w Registration>), Refusal> {
    let unknown = || Refusal::RegistrationUnknown { task: id.to_owned() };
    let batch = call.world.registration_batches.get(id).ok_or_else(unknown)?;
    let all = batch.registrations.iter().filter_map(|id| call.world.registrations.get(id.as_str()));
    let own: Vec<&Registration> =
        all.map(AsRef::as_ref).filter(|one| Some(&one.customer.application) == application).collect();
    if own.is_empty() { Err(unknown()) } else { Ok((batch, own)) }
}

/// The way in of one company, once it is there.
pub(in crate::actions) fn link<'w>(call: &'w Call<'_>, registration: &Registration, ready: bool) -> Option<&'w Link> {
    let token = registration.link.as_ref().ok().filter(|_| ready)?;
    call.world.links.get(token.as_str()).map(AsRef::as_ref)
}

/// One company of the application's batches, and how far it is, in the vendor's word.
///
/// # Errors
/// There is none.
pub(in crate::actions) fn progress<'w>(
    call: &'w Call<'_>,
    application: Option<&ApplicationId>,
    id: &str,
) -> Result<(&'w Registration, &'static str), Refusal> {
    let found = call.world.registrations.get(id).filter(|one| Some(&one.customer.application) == application);
    let found = found.ok_or_else(|| Refusal::RegistrationUnknown { task: id.to_owned() })?;
    let (_, customer) = call.world.customer(&found.customer)?;
    Ok((found, found.status(customer.certification.status, call.now).wire()))
}

/// One link to the ways in of these companies of batches, for the one who is to prove them all, and when it is over. Companies of
/// others are left out (`api CreateBatchOrganizationAuthorizationUrl`); when none is left the call is refused (ASSUMED). The link
/// lives seven days.
///
/// # Errors
/// None of them is that administrator's.
pub(in crate::actions) fn one_link(
    call: &mut Call<'_>,
    application: Option<&Application>,
    ids: Vec<String>,
    admin: &Named,
    endpoint: Option<&String>,
) -> Result<(String, u64), Refusal> {
    let ids: BTreeSet<String> = ids.into_iter().collect();
    let application = application.map(|one| &one.id);
    let own = |one: &Registration| Some(&one.customer.application) == application && &one.admin == admin;
    let registrations = ids.iter().filter_map(|id| call.world.registrations.get(id.as_str()));
    let theirs: Vec<_> = registrations.filter(|one| own(one) && one.link.is_ok()).cloned().collect();
    if theirs.is_empty() {
        return Err(Refusal::NoRunningAuthorization { name: admin.name.clone() });
    }
    let expires_at = call.now.plus(DAY * 7);
    let tokens = theirs.iter().map(|one| {
        let ways = way_in(call, one);
        let console = Console { customer: one.customer.clone(), operator: one.operator.clone(), ways };
        call.world.add_link(Opens::Console(console), expires_at, None).token.clone()
    });
    let tokens: Vec<String> = tokens.collect();
    let link = call.world.add_link(Opens::Consoles(tokens), expires_at, None);
    let url = match endpoint.map_or("HTTP", String::as_str) {
        "HTTP_SHORT_URL" => call.urls.short(&link),
        "APP" => Urls::mini_consoles_path(&link),
        "QR_CODE" => {
            let key = download::key(&call.world.ids, QR_CODE, &link.token, expires_at);
            call.urls.qr_code(&link.token, &key)
        }
        _ => call.urls.mini_consoles(&link),
    };
    Ok((url, u64::try_from(expires_at.seconds()).unwrap_or(0)))
}

/// How the company may prove who it is, as its own link says.
fn way_in(call: &Call<'_>, registration: &Registration) -> Vec<Way> {
    let link = registration.link.as_ref().ok().and_then(|token| call.world.links.get(token.as_str()));
    match link.map(|link| &link.opens) {
        Some(Opens::Console(console)) => console.ways.clone(),
        Some(_) | None => Vec::new(),
    }
}
