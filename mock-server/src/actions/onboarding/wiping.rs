//! Attempts of companies to prove who they are, wiped: those of these ids, or all that one administrator began
//! (`api DeleteOrganizationAuthorizations`). Finished ones are not.

use crate::domain::application::Application;
use crate::domain::customer::Customer;
use crate::domain::ids::OpenId;
use crate::domain::onboarding::certification::Step;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::world::World;

/// What became of one.
#[derive(Debug)]
pub(in crate::actions) struct Wiped {
    /// Its id.
    pub(in crate::actions) authorization: String,
    /// The company's name, as it was handed in; nothing of an attempt nobody knows.
    pub(in crate::actions) company: Option<String>,
    /// What the application calls the company.
    pub(in crate::actions) customer: Option<OpenId>,
    /// Why it is still there.
    pub(in crate::actions) refused: Option<Refusal>,
}

/// The ids of attempts under way that this administrator began.
///
/// # Errors
/// There is none.
pub(in crate::actions) fn begun_by(
    application: Option<&Application>,
    name: &str,
    mobile: &str,
    may: impl Fn(&Customer) -> bool,
) -> Result<Vec<String>, Refusal> {
    let customers = application.into_iter().flat_map(|one| one.customers().iter());
    let running = customers.filter(|one| one.certification.is_running() && may(one));
    let records = running.filter_map(|one| one.certification.record.as_ref());
    let theirs = records.filter(|record| record.admin.name == name && record.admin.mobile == mobile);
    let ids: Vec<String> = theirs.map(|record| record.id.to_string()).collect();
    if ids.is_empty() { Err(Refusal::NoRunningAuthorization { name: name.to_owned() }) } else { Ok(ids) }
}

/// Wipes those of these ids that the caller may wipe; the others count as unknown.
///
/// # Errors
/// None of its own: what cannot be wiped is said in its place.
pub(in crate::actions) fn wipe(
    call: &mut Call<'_>,
    application: Option<&Application>,
    ids: &[String],
    may: impl Fn(&Customer) -> bool,
) -> Result<Vec<Wiped>, Refusal> {
    let records = application.map(World::records_of).unwrap_or_default();
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let mut wiped = Wiped { authorization: id.clone(), company: None, customer: None, refused: None };
        let key = records.get(id.as_str());
        let customer = key.map(|key| call.world.customer(key)).transpose()?.map(|(_, customer)| customer);
        match key.zip(customer.filter(|one| may(one))) {
            None => wiped.refused = Some(Refusal::AuthorizationUnknown { authorization: id.clone() }),
            Some((key, customer)) => {
                wiped.company = customer.certification.record.as_ref().map(|record| record.company.name.clone());
                wiped.customer = Some(customer.open_id.clone());
                wiped.refused = call.world.certify(key, Step::Void, call.now, call.outbox).err();
            }
        }
        all.push(wiped);
    }
    Ok(all)
}

/// `Status`: 1 all, 2 some, 3 none (`api DeleteOrganizationAuthorizations`).
pub(in crate::actions) fn status(all: &[Wiped]) -> u64 {
    match all.iter().filter(|one| one.refused.is_some()).count() {
        0 => 1,
        some if some < all.len() => 2,
        _ => 3,
    }
}
