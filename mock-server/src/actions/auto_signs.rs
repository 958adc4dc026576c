//! Persons' auto-sign, for both services: asked for by a link, looked up, ended, made longer.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::consents;
use crate::domain::auto_sign::{AutoSign, AutoSignChange, AutoSignState, AutoSignTerms, Identity};
use crate::domain::consent::Consent;
use crate::domain::launch::is_mobile;
use crate::domain::link::{Link, Opens};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// The longest life of a link (`api ChannelCreateUserAutoSignEnableUrl`).
const LONGEST: Duration = Duration::from_secs(30 * DAY.as_secs());
/// The mini program's ids (ASSUMED: the stand-in's own, in the vendor's shape).
const MINI_APP: (&str, &str) = ("wxa0000000000000e5", "gh_0000000000e5");

/// Whose auto-sign, in which scene.
pub(super) struct Wanted {
    pub(super) scene: String,
    pub(super) person: Identity,
}

impl Wanted {
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

/// When a link is over: a week from now, or when the caller says.
///
/// # Errors
/// That is past, or more than 30 days away.
pub(super) fn expiry(call: &Call<'_>, asked: Option<i64>) -> Result<Timestamp, Refusal> {
    let Some(at) = asked.filter(|seconds| *seconds != 0).map(Timestamp::from_seconds) else {
        return Ok(call.now.plus(consents::WEEK));
    };
    if at <= call.now || at > call.now.plus(LONGEST) {
        let detail = "ExpiredTime is a moment within the next 30 days, in seconds since 1970".to_owned();
        return Err(Refusal::LinkExpiryInvalid { detail });
    }
    Ok(at)
}

/// Makes the link by which a person opens it; a new one makes the old one worthless.
///
/// # Errors
/// As [`Wanted::key`], it is open, the person is no adult, or the mobile number to send it to is none.
pub(super) fn offer(
    call: &mut Call<'_>,
    wanted: Wanted,
    terms: AutoSignTerms,
    until: Timestamp,
    jump_url: Option<String>,
) -> Result<Arc<Link>, Refusal> {
    let key = wanted.key(call)?;
    wanted.person.ensure_of_age(call.now)?;
    if let Some(former) = call.world.directory.auto_signs.get(key.as_str()) {
        former.ensure_not_open(call.now)?;
    }
    call.world.directory.auto_signs.insert(AutoSign {
        key: key.clone(),
        organization: call.caller.organization().clone(),
        application: call.caller.application().cloned(),
        operator: call.caller.operator()?.id.clone(),
        scene: wanted.scene,
        person: wanted.person,
        mobile: String::new(),
        state: AutoSignState::Offered { until },
        terms,
    });
    Ok(call.world.add_link(Opens::Consent(Consent::AutoSign { key }), until, jump_url))
}

/// The number a link is to be sent to, where it is (`NotifyType` SMS).
///
/// # Errors
/// It is no mobile number.
pub(super) fn recipient(notify: Option<&String>, address: Option<&String>) -> Result<Option<String>, Refusal> {
    let mobile = notify.map(|_| address.cloned().unwrap_or_default());
    match mobile.filter(|mobile| !is_mobile(mobile)) {
        Some(mobile) => Err(Refusal::MobileInvalid { mobile }),
        None => Ok(notify.and(address.cloned())),
    }
}

/// How a link into the mini program is told: its app, its path, a picture of its code.
pub(super) struct MiniLink {
    pub(super) app_id: String,
    pub(super) original_id: String,
    pub(super) path: String,
    pub(super) qr_code: String,
}

impl MiniLink {
    /// Of this link.
    ///
    /// # Errors
    /// As [`consents::picture`].
    pub(super) fn of(call: &Call<'_>, link: &Link) -> Result<Self, Refusal> {
        Ok(Self {
            app_id: MINI_APP.0.to_owned(),
            original_id: MINI_APP.1.to_owned(),
            path: Urls::consent_path(link),
            qr_code: STANDARD.encode(consents::picture(call, link)?),
        })
    }

    /// Of a link that does not lead there.
    pub(super) fn nowhere() -> Self {
        let empty = String::new;
        Self { app_id: empty(), original_id: empty(), path: empty(), qr_code: empty() }
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

/// The link by which the person chooses what the machine signs with.
///
/// # Errors
/// As [`Wanted::key`], the company's own machine is not switched on, or theirs is not open.
pub(super) fn seal_link(call: &mut Call<'_>, wanted: &Wanted, until: Timestamp) -> Result<Arc<Link>, Refusal> {
    let key = wanted.key(call)?;
    let missing = || Refusal::PersonAutoSignNotEnabled { name: wanted.person.name.clone() };
    call.world.directory.auto_signs.get(key.as_str()).ok_or_else(missing)?.ensure_open(call.now)?;
    if !call.caller.organization.auto_sign {
        return Err(Refusal::AutoSignNotOpened);
    }
    Ok(call.world.add_link(Opens::Consent(Consent::AutoSignSeal { key }), until, None))
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
