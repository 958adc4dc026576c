//! `ChannelCreateMultiFlowSignQRCode` makes a QR code that strangers sign by ([`crate::actions::qr_codes`]). Of what is disabled
//! today, `QrEffectiveDay` and `ApproverRestrictions` still count, as in `ess` (ASSUMED); `CallbackUrl` is called by nobody.

use ess_schemas::essbasic::{
    ApproverRestriction, ChannelCreateMultiFlowSignQRCodeRequest, ChannelCreateMultiFlowSignQRCodeResponse, SignQrCode,
    SignUrl,
};

use crate::actions::essbasic::dialect::noun;
use crate::actions::qr_codes::{self, Wanted};
use crate::domain::qr_code::Invited;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such template of the customer's, one that cannot be signed by scanning, an end out of range, or no licence.
pub fn channel_create_multi_flow_sign_qr_code(
    call: &mut Call<'_>,
    request: ChannelCreateMultiFlowSignQRCodeRequest,
) -> Result<ChannelCreateMultiFlowSignQRCodeResponse, Refusal> {
    let wanted = Wanted {
        invited: request.restrictions.iter().flatten().chain(&request.approver_restrictions).map(invited).collect(),
        template: request.template_id,
        flow_name: request.flow_name,
        appends_scanner: request.flow_name_append_scanner_info.unwrap_or(false),
        user_data: String::new(),
        noun: noun(request.flow_display_type),
        callback_url: None,
        most: request.max_flow_num,
        flow_days: request.flow_effective_day,
        expired_on: request.qr_code_expired_on,
        days: request.qr_effective_day,
        once_each: request.forbid_personal_multiple_sign.unwrap_or(false),
    };
    let made = qr_codes::make(call, wanted)?;
    Ok(ChannelCreateMultiFlowSignQRCodeResponse {
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
