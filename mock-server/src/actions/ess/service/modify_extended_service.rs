//! `ModifyExtendedService` switches one of a company's services. The machine that seals is opened by a signature behind the link that is
//! answered, within a day; everything else is done at once (`api ModifyExtendedService`). For a super admin or legal person. Many contracts at
//! once are switched by nobody, and nothing a platform's customer alone has.

use ess_schemas::ess::{ModifyExtendedServiceRequest, ModifyExtendedServiceResponse};

use crate::actions::consents;
use crate::actions::ess::dialect::given;
use crate::domain::consent::Consent;
use crate::domain::extended_service::ExtendedService;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::download;
use crate::engine::urls::Urls;

/// How the page is told that a company calls for itself (`ex ModifyExtendedService`).
const CHANNEL: &str = "TENCENTCLOUD";

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
    let service = ExtendedService::of_company(&request.service_type)?;
    if service == ExtendedService::BatchSign {
        return Err(Refusal::ExtendedServiceUnknown { value: request.service_type });
    }
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
        _ => call.urls.open_service(&link, service.company_wire(), call.caller.organization(), CHANNEL),
    };
    Ok(ModifyExtendedServiceResponse { operate_url })
}
