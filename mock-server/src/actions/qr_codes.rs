//! QR codes that strangers sign by, for both services: whoever scans one gets a contract of their own, made from one template.
//!
//! Five contracts and seven days unless said. `QrCodeExpiredOn` may be a year away at most; the older `QrEffectiveDay` counts
//! where it is left out. How signers sign (`ApproverComponentLimitTypes`) is left to the page.

use std::time::Duration;

use crate::domain::flow::Noun;
use crate::domain::ids::QrCodeId;
use crate::domain::qr_code::{Invited, QrCode};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp, beijing};
use crate::engine::call::Call;
use crate::engine::ids::Kind;
use crate::engine::urls::Urls;

/// `MaxFlowNum`, when left out.
const CONTRACTS: u64 = 5;
/// `FlowEffectiveDay` and `QrEffectiveDay`, when left out.
const DAYS: u64 = 7;
/// How far away `QrCodeExpiredOn` may be.
const LONGEST: Duration = Duration::from_secs(365 * DAY.as_secs());

/// What is asked for. Of numbers, 0 counts as left out.
pub(super) struct Wanted {
    pub(super) template: String,
    pub(super) flow_name: String,
    pub(super) appends_scanner: bool,
    pub(super) user_data: String,
    pub(super) noun: Noun,
    pub(super) callback_url: Option<String>,
    /// `MaxFlowNum`.
    pub(super) most: Option<i64>,
    /// `FlowEffectiveDay`.
    pub(super) flow_days: Option<i64>,
    /// `QrCodeExpiredOn`.
    pub(super) expired_on: Option<i64>,
    /// `QrEffectiveDay`.
    pub(super) days: Option<i64>,
    pub(super) invited: Vec<Invited>,
    pub(super) once_each: bool,
}

/// A code, and where it leads.
pub(super) struct Made {
    pub(super) id: String,
    pub(super) picture: String,
    pub(super) expires_at: i64,
    pub(super) expires_at_text: String,
    pub(super) link: String,
    pub(super) path: String,
}

/// Makes the code.
///
/// # Errors
/// No such template of the caller's, one that cannot be signed by scanning, an end out of range, or a customer without a licence
/// (ASSUMED: a scan starts a contract).
pub(super) fn make(call: &mut Call<'_>, wanted: Wanted) -> Result<Made, Refusal> {
    let template = call.own_template(&wanted.template)?;
    QrCode::suits(&template)?;
    let expires_at = expiry(&wanted, call.now)?;
    call.caller.ensure_licensed(call.now)?;
    let (operator, initiator) = (call.caller.operator()?.clone(), call.caller.initiator()?);
    let code = QrCode {
        id: QrCodeId::from(call.world.ids.next(Kind::QrCode)),
        initiator,
        operator,
        template,
        flow_name: wanted.flow_name,
        appends_scanner: wanted.appends_scanner,
        user_data: wanted.user_data,
        noun: wanted.noun,
        callback_url: wanted.callback_url,
        most: positive(wanted.most).unwrap_or(CONTRACTS),
        flow_lasts: days(positive(wanted.flow_days).unwrap_or(DAYS)),
        expires_at,
        invited: wanted.invited,
        once_each: wanted.once_each,
        scans: imbl::Vector::new(),
        cancelled: false,
    };
    let made = Made {
        id: code.id.to_string(),
        picture: call.urls.qr_picture("multiSignQrCodes/QrCode", code.id.as_str()),
        expires_at: code.expires_at.seconds(),
        expires_at_text: beijing(code.expires_at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        link: call.urls.scan(&code),
        path: Urls::scan_path(&code),
    };
    call.world.add_qr_code(code);
    Ok(made)
}

/// Withdraws a code; contracts it has launched go on.
///
/// # Errors
/// No such code of the caller's, or it was withdrawn before, or its time is over.
pub(super) fn cancel(call: &mut Call<'_>, id: &str) -> Result<(), Refusal> {
    if id.is_empty() {
        return Err(Refusal::QrCodeIdEmpty);
    }
    let code = call.world.qr_codes.get(id).filter(|code| call.caller.launched(&code.initiator));
    let code = code.ok_or_else(|| Refusal::QrCodeUnknown { code: id.to_owned() })?;
    let mut cancelled = QrCode::clone(code);
    cancelled.cancel(call.now)?;
    call.world.add_qr_code(cancelled);
    Ok(())
}

fn expiry(wanted: &Wanted, now: Timestamp) -> Result<Timestamp, Refusal> {
    match wanted.expired_on.filter(|seconds| *seconds != 0).map(Timestamp::from_seconds) {
        Some(end) if end > now && end <= now.plus(LONGEST) => Ok(end),
        Some(end) => Err(Refusal::QrExpiryInvalid { detail: end.to_string() }),
        None => Ok(now.plus(days(positive(wanted.days).unwrap_or(DAYS)))),
    }
}

fn positive(number: Option<i64>) -> Option<u64> {
    number.and_then(|number| u64::try_from(number).ok()).filter(|number| *number > 0)
}

fn days(days: u64) -> Duration {
    Duration::from_secs(days.saturating_mul(DAY.as_secs()))
}
