//! `ModifyExtendedService` switches one of a customer's services. Two of them are opened by a signature behind the link that is
//! answered, within a day; everything else is done at once (`api ModifyExtendedService`). For a super admin or legal person.

use ess_schemas::essbasic::{ModifyExtendedServiceRequest, ModifyExtendedServiceResponse};

use crate::actions::consents;
use crate::actions::essbasic::dialect::given;
use crate::domain::consent::Consent;
use crate::domain::extended_service::ExtendedService;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::download;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, or there is no such service.
pub fn modify_extended_service(
    call: &mut Call<'_>,
    request: ModifyExtendedServiceRequest,
) -> Result<ModifyExtendedServiceResponse, Refusal> {
    call.caller.administrator()?;
    if request.operate.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Operate" });
    }
    let service = ExtendedService::switchable(&request.service_type)?;
    let open = request.operate == "OPEN";
    let on_behalf = consents::on_behalf(call)?;
    if !(open && service.is_opened_by_signature()) {
        call.world.switch_service(service, open, &on_behalf, call.now, call.outbox)?;
        return Ok(ModifyExtendedServiceResponse { operate_url: String::new() });
    }
    let link = consents::link(call, Consent::Service { service, on_behalf }, DAY);
    let operate_url = match given(&request.endpoint).map(String::as_str) {
        Some("APP") => Urls::consent_path(&link),
        Some("WEIXIN_QRCODE_URL") => {
            let key = download::key(&call.world.ids, download::QR_CODE, &link.token, link.expires_at);
            call.urls.qr_code(&link.token, &key)
        }
        _ => {
            let to = if service == ExtendedService::DownloadFlow { "OPEN_DOWNLOAD_FLOW" } else { "OPEN_SERVER_SIGN" };
            let application = call.caller.agent()?.application.id.as_str();
            call.urls.open_service(&link, to, call.caller.organization(), application)
        }
    };
    Ok(ModifyExtendedServiceResponse { operate_url })
}
