//! `DescribeExtendedServiceAuthInfos` lists a company's extended services, or the one that is asked for: on or off, who switched each last and
//! when, and who may use it (`ex DescribeExtendedServiceAuthInfos`). For a super admin or legal person.

use ess_schemas::ess::{
    DescribeExtendedServiceAuthInfosRequest, DescribeExtendedServiceAuthInfosResponse, ExtendAuthInfo,
};

use super::users::shown;
use crate::actions::ess::dialect::given;
use crate::domain::customer::Downloads;
use crate::domain::extended_service::ExtendedService;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, or there is no such service.
pub fn describe_extended_service_auth_infos(
    call: &mut Call<'_>,
    request: DescribeExtendedServiceAuthInfosRequest,
) -> Result<DescribeExtendedServiceAuthInfosResponse, Refusal> {
    call.caller.administrator()?;
    let asked = given(&request.extend_service_type).map(|word| ExtendedService::of_company(word)).transpose()?;
    let wanted = ExtendedService::OF_COMPANIES.into_iter().filter(|one| asked.is_none_or(|asked| asked == *one));
    let info = |service: ExtendedService| {
        let (open, last) = call.world.service(service, call.caller.organization(), Downloads::Closed);
        let by = last.as_ref().and_then(|last| last.by.as_ref());
        ExtendAuthInfo {
            r#type: service.company_wire().to_owned(),
            name: service.label().to_owned(),
            status: if open { "ENABLE".to_owned() } else { "DISABLE".to_owned() },
            operator_user_id: by.map(ToString::to_string).unwrap_or_default(),
            operate_on: last.map_or(0, |last| last.at.seconds()),
            has_auth_user_list: call
                .caller
                .organization
                .services
                .users(service)
                .iter()
                .map(|user| shown(call, user))
                .collect(),
        }
    };
    Ok(DescribeExtendedServiceAuthInfosResponse { auth_info_list: wanted.map(info).collect() })
}
