//! Persons' auto-sign, for both services: asked for by a link, looked up, ended, made longer.

pub(super) mod links;

use ess_schemas::{ess, essbasic};

use crate::domain::auto_sign::{AutoSign, AutoSignChange, AutoSignState, Identity};
use crate::domain::employee::{Card, CardKind};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;

/// Who a person is, as requests say it. A card without a kind is an `ID_CARD` (`api UserThreeFactor`).
pub(super) fn identity(name: &str, kind: Option<&str>, number: &str) -> Identity {
    let kind = kind.and_then(CardKind::from_wire).unwrap_or_default();
    Identity { name: name.to_owned(), card: Card { kind, number: number.to_owned() } }
}

macro_rules! three_factors {
    ($($service:ident),*) => {$(
        impl From<&$service::UserThreeFactor> for Identity {
            fn from(person: &$service::UserThreeFactor) -> Self {
                identity(&person.name, Some(&person.id_card_type), &person.id_card_number)
            }
        }
    )*};
}

three_factors!(ess, essbasic);

/// Whose auto-sign, in which scene.
pub(super) struct Wanted {
    pub(super) scene: String,
    pub(super) person: Identity,
}

impl Wanted {
    /// As a request has it.
    pub(super) fn of(scene: &str, person: impl Into<Identity>) -> Self {
        Self { scene: scene.to_owned(), person: person.into() }
    }

    /// By what it is found, for the acting company.
    ///
    /// # Errors
    /// The company may not have such machines, or nobody can be so.
    pub(super) fn key(&self, call: &Call<'_>) -> Result<String, Refusal> {
        call.caller.operator()?;
        if call.caller.organization.lacks.contains(&Feature::PersonalAutoSign) {
            return Err(Refusal::NotInAutoSignWhiteList);
        }
        if self.scene.is_empty() {
            return Err(Refusal::ParameterMissing { field: "SceneKey" });
        }
        self.person.ensure_possible()?;
        Ok(AutoSign::key(call.caller.organization(), &self.scene, &self.person))
    }
}

/// Takes the link back before it is used.
///
/// # Errors
/// As [`Wanted::key`], there is none, or it was used.
pub(super) fn withdraw(call: &mut Call<'_>, wanted: &Wanted) -> Result<(), Refusal> {
    let key = wanted.key(call)?;
    let now = call.now;
    let (missing, told) = (Refusal::PersonAutoSignLinkUnknown, [AutoSignChange::Cancelled]);
    call.world.change_auto_sign(&key, missing, &told, (now, call.outbox), |one| one.withdraw(now))
}

/// Ends it.
///
/// # Errors
/// As [`Wanted::key`], or it is not open.
pub(super) fn disable(call: &mut Call<'_>, wanted: &Wanted) -> Result<(), Refusal> {
    let key = wanted.key(call)?;
    let now = call.now;
    let missing = Refusal::PersonAutoSignNotEnabled { name: wanted.person.name.clone() };
    let told = [AutoSignChange::Disabled];
    call.world.change_auto_sign(&key, missing, &told, (now, call.outbox), |one| one.close(now))
}

/// Makes its licence a year longer.
///
/// # Errors
/// As [`Wanted::key`], it is not open, or that was done before.
pub(super) fn renew(call: &mut Call<'_>, wanted: &Wanted) -> Result<Timestamp, Refusal> {
    let key = wanted.key(call)?;
    let now = call.now;
    let missing = Refusal::PersonAutoSignNotEnabled { name: wanted.person.name.clone() };
    call.world.change_auto_sign(&key, missing, &[], (now, call.outbox), |one| one.renew(now))
}

/// How it stands.
#[derive(Default)]
pub(super) struct Status {
    pub(super) open: bool,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
    /// `LicenseType`.
    pub(super) license: i64,
    pub(super) seal: String,
}

/// How it stands now; what was never asked for is not open.
///
/// # Errors
/// As [`Wanted::key`].
pub(super) fn status(call: &Call<'_>, wanted: &Wanted) -> Result<Status, Refusal> {
    let key = wanted.key(call)?;
    let Some(one) = call.world.directory.auto_signs.get(key.as_str()) else { return Ok(Status::default()) };
    let license = i64::from(one.terms.unlicensed);
    Ok(match &one.state {
        AutoSignState::Open { since, until, seal, .. } => Status {
            open: one.is_open(call.now),
            from: if until.is_some() { *since } else { Timestamp::default() },
            until: until.unwrap_or_default(),
            license,
            seal: seal.to_string(),
        },
        AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => {
            Status { license, ..Status::default() }
        }
    })
}
