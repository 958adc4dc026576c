//! `DescribeExtendedServiceAuthInfo` lists a customer's extended services, on or off, with who switched each last and when
//! (`ex DescribeExtendedServiceAuthInfo`, whose order and names these are). For a super admin or legal person.

use ess_schemas::essbasic::{
    DescribeExtendedServiceAuthInfoRequest, DescribeExtendedServiceAuthInfoResponse, ExtentServiceAuthInfo,
};

use crate::actions::essbasic::dialect::OpenIds;
use crate::domain::extended_service::ExtendedService;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither.
pub fn describe_extended_service_auth_info(
    call: &mut Call<'_>,
    _: DescribeExtendedServiceAuthInfoRequest,
) -> Result<DescribeExtendedServiceAuthInfoResponse, Refusal> {
    call.caller.administrator()?;
    let (ids, downloads) = (OpenIds::of(call)?, call.caller.customer()?.downloads);
    let info = |service: ExtendedService| {
        let (open, last) = call.world.service(service, call.caller.organization(), downloads);
        ExtentServiceAuthInfo {
            r#type: word(service).to_owned(),
            name: service.label().to_owned(),
            status: if open { "ENABLE".to_owned() } else { "DISABLE".to_owned() },
            operator_open_id: ids.staff_id(last.as_ref().and_then(|last| last.by.as_ref())),
            operate_on: last.map_or(0, |last| last.at.seconds()),
        }
    };
    Ok(DescribeExtendedServiceAuthInfoResponse {
        auth_info: ExtendedService::OF_CUSTOMERS.into_iter().map(info).collect(),
    })
}

/// Read, a wider range of ages has another name than when it is switched (`ex DescribeExtendedServiceAuthInfo`).
fn word(service: ExtendedService) -> &'static str {
    if service == ExtendedService::AgeLimitExpansion { "EXPANSION_AGE_LIMIT" } else { service.wire() }
}
