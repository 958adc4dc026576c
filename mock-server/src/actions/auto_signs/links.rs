//! Links by which persons open auto-sign, and choose what the machine signs with, for both services.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Wanted;
use crate::actions::consents;
use crate::domain::auto_sign::{AutoSign, AutoSignState, AutoSignTerms};
use crate::domain::consent::Consent;
use crate::domain::launch::is_mobile;
use crate::domain::link::{Link, Opens};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// The longest life of a link (`api CreateUserAutoSignEnableUrl`).
const LONGEST: Duration = Duration::from_secs(30 * DAY.as_secs());
/// The mini program's ids (ASSUMED: the stand-in's own, in the vendor's shape).
pub(in crate::actions) const MINI_APP: (&str, &str) = ("wxa0000000000000e5", "gh_0000000000e5");
/// `UrlType` of the H5 page.
const H5: &str = "H5SIGN";
/// How a person proves who they are in the mini program; on an H5 page in any other way (`api AutoSignConfig.VerifyChannels`).
const WECHAT: &str = "WEIXINAPP";

/// A person is asked to open it; empty texts say nothing.
pub(in crate::actions) struct Invitation {
    pub(in crate::actions) wanted: Wanted,
    pub(in crate::actions) terms: AutoSignTerms,
    /// `ExpiredTime`.
    pub(in crate::actions) expires: Option<i64>,
    /// `NotifyType`, and where to.
    pub(in crate::actions) notify: (Option<String>, Option<String>),
    pub(in crate::actions) url_type: Option<String>,
    pub(in crate::actions) end_point: Option<String>,
    /// `VerifyChannels`.
    pub(in crate::actions) channels: Vec<String>,
    /// Where an H5 page leads to afterwards.
    pub(in crate::actions) jump_url: Option<String>,
}

impl Invitation {
    /// Makes its link; a new one makes the old one worthless. The person hears of it by SMS where that was wished.
    ///
    /// # Errors
    /// As [`Wanted::key`], it is open, the person is no adult, or something about the link cannot be.
    pub(in crate::actions) fn send(self, call: &mut Call<'_>) -> Result<MiniLink, Refusal> {
        let until = expiry(call, self.expires)?;
        let (notify, address) = &self.notify;
        let mobile = recipient(given(notify), given(address))?;
        let h5 = given(&self.url_type).is_some_and(|kind| kind == H5);
        self.ensure_consistent(h5)?;
        let jump_url = self.jump_url.filter(|url| h5 && !url.is_empty());
        let scene = self.wanted.scene.clone();
        let link = offer(call, self.wanted, self.terms, until, jump_url)?;
        if let Some(mobile) = mobile {
            let text = format!("{}邀请您开通自动签", call.caller.organization.name);
            call.world.send_link(&mobile, text, &link, call.now);
        }
        let url = match (h5, given(&self.end_point)) {
            (true, Some("HTTP")) => call.urls.open_auto_sign(&link, call.caller.organization(), &scene),
            (false, Some("HTTP")) => call.urls.consent(&link),
            (_, Some("APP")) => Urls::consent_path(&link),
            _ => call.urls.short(&link),
        };
        if h5 { Ok(MiniLink::nowhere(url)) } else { MiniLink::of(call, &link, url) }
    }

    fn ensure_consistent(&self, h5: bool) -> Result<(), Refusal> {
        if h5 && given(&self.end_point) == Some("APP") {
            let detail = "APP goes with links into the mini program alone".to_owned();
            return Err(Refusal::ParameterInvalid { field: "EndPoint", detail });
        }
        if self.channels.iter().any(|channel| (channel == WECHAT) == h5) {
            let detail =
                "WEIXINAPP goes with links into the mini program, INSIGHT and TELECOM with H5 pages".to_owned();
            return Err(Refusal::ParameterInvalid { field: "AutoSignConfig.VerifyChannels", detail });
        }
        Ok(())
    }
}

/// A text that says something.
fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// When a link is over: a week from now, or when the caller says.
///
/// # Errors
/// That is past, or more than 30 days away.
fn expiry(call: &Call<'_>, asked: Option<i64>) -> Result<Timestamp, Refusal> {
    let Some(at) = asked.filter(|seconds| *seconds != 0).map(Timestamp::from_seconds) else {
        return Ok(call.now.plus(consents::WEEK));
    };
    if at <= call.now || at > call.now.plus(LONGEST) {
        let detail = "ExpiredTime is a moment within the next 30 days, in seconds since 1970".to_owned();
        return Err(Refusal::LinkExpiryInvalid { detail });
    }
    Ok(at)
}

/// The number a link is to be sent to, where it is (`NotifyType` SMS).
///
/// # Errors
/// It is no mobile number.
fn recipient(notify: Option<&str>, address: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(mobile) = notify.map(|_| address.unwrap_or_default().to_owned()) else { return Ok(None) };
    if is_mobile(&mobile) { Ok(Some(mobile)) } else { Err(Refusal::MobileInvalid { mobile }) }
}

fn offer(
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

/// The link by which the person chooses what the machine signs with. With `EndPoint` HTTP there is no mini program in the answer
/// (`ex CreateUserAutoSignSealUrl`).
///
/// # Errors
/// As [`Wanted::key`], the company's own machine is not switched on, or theirs is not open; or the link's end cannot be.
pub(in crate::actions) fn seal_link(
    call: &mut Call<'_>,
    wanted: &Wanted,
    expires: Option<i64>,
    end_point: Option<&str>,
) -> Result<MiniLink, Refusal> {
    let until = expiry(call, expires)?;
    let key = wanted.key(call)?;
    let missing = || Refusal::PersonAutoSignNotEnabled { name: wanted.person.name.clone() };
    call.world.directory.auto_signs.get(key.as_str()).ok_or_else(missing)?.ensure_open(call.now)?;
    if !call.caller.organization.auto_sign {
        return Err(Refusal::AutoSignNotOpened);
    }
    let link = call.world.add_link(Opens::Consent(Consent::AutoSignSeal { key }), until, None);
    match end_point {
        Some("HTTP") => {
            let url = call.urls.auto_sign_seal(&link, call.caller.organization(), &wanted.scene);
            Ok(MiniLink::nowhere(url))
        }
        Some("APP") => MiniLink::of(call, &link, Urls::consent_path(&link)),
        _ => MiniLink::of(call, &link, call.urls.short(&link)),
    }
}

/// How a link is told: its address, and for one into the mini program its app, its path, a picture of its code.
pub(in crate::actions) struct MiniLink {
    pub(in crate::actions) url: String,
    pub(in crate::actions) app_id: String,
    pub(in crate::actions) original_id: String,
    pub(in crate::actions) path: String,
    pub(in crate::actions) qr_code: String,
}

impl MiniLink {
    fn of(call: &Call<'_>, link: &Link, url: String) -> Result<Self, Refusal> {
        Ok(Self {
            url,
            app_id: MINI_APP.0.to_owned(),
            original_id: MINI_APP.1.to_owned(),
            path: Urls::consent_path(link),
            qr_code: STANDARD.encode(consents::picture(call, link)?),
        })
    }

    /// Of a link that does not lead there.
    fn nowhere(url: String) -> Self {
        let empty = String::new;
        Self { url, app_id: empty(), original_id: empty(), path: empty(), qr_code: empty() }
    }
}
