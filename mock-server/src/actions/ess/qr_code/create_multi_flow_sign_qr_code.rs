//! `CreateMultiFlowSignQRCode` makes a QR code: whoever scans it gets a contract of their own, made from one template.
//!
//! Five contracts and seven days unless said. `QrCodeExpiredOn` may be a year away at most; the older `QrEffectiveDay` counts
//! where it is left out. `CallbackUrl` is called with the setting `qr_callback_url` only: the vendor no longer calls it, and the
//! company's addresses hear of every scan. How signers sign (`ApproverComponentLimitTypes`) is left to the page.

use std::time::Duration;

use ess_schemas::ess::{
    ApproverRestriction, CreateMultiFlowSignQRCodeRequest, CreateMultiFlowSignQRCodeResponse, SignQrCode, SignUrl,
};

use crate::actions::ess::dialect::noun;
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
/// The most bytes of a `CallbackUrl` that is kept (`api FlowApproverInfo.CallbackUrl`; ASSUMED for this one, which no
/// longer counts: a longer one is passed over instead of refused).
const LONGEST_URL: usize = 1000;
/// How far away `QrCodeExpiredOn` may be.
const LONGEST: Duration = Duration::from_secs(365 * DAY.as_secs());

/// See the module's comment.
///
/// # Errors
/// No such template of the caller's, one that cannot be signed by scanning, or an end out of range.
pub fn create_multi_flow_sign_qr_code(
    call: &mut Call<'_>,
    request: CreateMultiFlowSignQRCodeRequest,
) -> Result<CreateMultiFlowSignQRCodeResponse, Refusal> {
    let template = call.own_template(&request.template_id)?;
    QrCode::suits(&template)?;
    let expires_at = expiry(&request, call.now)?;
    let (operator, initiator) = (call.caller.operator()?.clone(), call.caller.initiator()?);
    let code = QrCode {
        id: QrCodeId::from(call.world.ids.next(Kind::QrCode)),
        initiator,
        operator,
        template,
        flow_name: request.flow_name,
        appends_scanner: request.flow_name_append_scanner_info.unwrap_or(false),
        user_data: request.user_data.unwrap_or_default(),
        noun: noun(request.flow_display_type),
        callback_url: request.callback_url.filter(|url| (1..=LONGEST_URL).contains(&url.len())),
        most: positive(request.max_flow_num).unwrap_or(CONTRACTS),
        flow_lasts: days(positive(request.flow_effective_day).unwrap_or(DAYS)),
        expires_at,
        invited: request.restrictions.iter().flatten().chain(&request.approver_restrictions).map(invited).collect(),
        once_each: request.forbid_personal_multiple_sign.unwrap_or(false),
        scans: imbl::Vector::new(),
        cancelled: false,
    };
    let response = answer(&code, call.urls);
    call.world.add_qr_code(code);
    Ok(response)
}

fn expiry(request: &CreateMultiFlowSignQRCodeRequest, now: Timestamp) -> Result<Timestamp, Refusal> {
    match request.qr_code_expired_on.filter(|seconds| *seconds != 0).map(Timestamp::from_seconds) {
        Some(end) if end > now && end <= now.plus(LONGEST) => Ok(end),
        Some(end) => Err(Refusal::QrExpiryInvalid { detail: end.to_string() }),
        None => Ok(now.plus(days(positive(request.qr_effective_day).unwrap_or(DAYS)))),
    }
}

/// 0 counts as left out.
fn positive(number: Option<i64>) -> Option<u64> {
    number.and_then(|number| u64::try_from(number).ok()).filter(|number| *number > 0)
}

fn days(days: u64) -> Duration {
    Duration::from_secs(days.saturating_mul(DAY.as_secs()))
}

fn invited(restriction: &ApproverRestriction) -> Invited {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Invited {
        name: text(&restriction.name),
        mobile: text(&restriction.mobile),
        card: text(&restriction.id_card_number),
    }
}

fn answer(code: &QrCode, urls: &Urls) -> CreateMultiFlowSignQRCodeResponse {
    CreateMultiFlowSignQRCodeResponse {
        qr_code: SignQrCode {
            qr_code_id: code.id.to_string(),
            qr_code_url: urls.qr_picture("multiSignQrCodes/QrCode", code.id.as_str()),
            expired_time: code.expires_at.seconds(),
            weixin_qr_code_url: urls.scan(code),
        },
        sign_urls: SignUrl {
            app_sign_url: Urls::scan_path(code),
            effective_time: beijing(code.expires_at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            http_sign_url: urls.scan(code),
        },
    }
}
