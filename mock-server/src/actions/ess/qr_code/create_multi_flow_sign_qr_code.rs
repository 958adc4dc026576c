//! `CreateMultiFlowSignQRCode` makes a QR code that strangers sign by ([`crate::actions::qr_codes`]).
//!
//! `CallbackUrl` is called with the setting `qr_callback_url` only: the vendor no longer calls it, and the company's addresses
//! hear of every scan.

use ess_schemas::ess::{
    ApproverRestriction, CreateMultiFlowSignQRCodeRequest, CreateMultiFlowSignQRCodeResponse, SignQrCode, SignUrl,
};

use crate::actions::ess::dialect::noun;
use crate::actions::qr_codes::{self, Wanted};
use crate::domain::qr_code::Invited;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The most bytes of a `CallbackUrl` that is kept (`api FlowApproverInfo.CallbackUrl`; ASSUMED for this one, which no
/// longer counts: a longer one is passed over instead of refused).
const LONGEST_URL: usize = 1000;

/// See the module's comment.
///
/// # Errors
/// No such template of the caller's, one that cannot be signed by scanning, or an end out of range.
pub fn create_multi_flow_sign_qr_code(
    call: &mut Call<'_>,
    request: CreateMultiFlowSignQRCodeRequest,
) -> Result<CreateMultiFlowSignQRCodeResponse, Refusal> {
    let wanted = Wanted {
        invited: request.restrictions.iter().flatten().chain(&request.approver_restrictions).map(invited).collect(),
        template: request.template_id,
        flow_name: request.flow_name,
        appends_scanner: request.flow_name_append_scanner_info.unwrap_or(false),
        user_data: request.user_data.unwrap_or_default(),
        noun: noun(request.flow_display_type),
        callback_url: request.callback_url.filter(|url| (1..=LONGEST_URL).contains(&url.len())),
        most: request.max_flow_num,
        flow_days: request.flow_effective_day,
        expired_on: request.qr_code_expired_on,
        days: request.qr_effective_day,
        once_each: request.forbid_personal_multiple_sign.unwrap_or(false),
    };
    let made = qr_codes::make(call, wanted)?;
    Ok(CreateMultiFlowSignQRCodeResponse {
        qr_code: SignQrCode {
            qr_code_id: made.id,
            qr_code_url: made.picture,
            expired_time: made.expires_at,
            weixin_qr_code_url: made.link.clone(),
        },
        sign_urls: SignUrl { app_sign_url: made.path, effective_time: made.expires_at_text, http_sign_url: made.link },
    })
}

fn invited(restriction: &ApproverRestriction) -> Invited {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Invited {
        name: text(&restriction.name),
        mobile: text(&restriction.mobile),
        card: text(&restriction.id_card_number),
    }
}
