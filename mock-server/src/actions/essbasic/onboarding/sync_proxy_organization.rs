//! `SyncProxyOrganization` tells what a company is called and who its legal person is, so that it need not hand that in itself.
//! Meant to be called before it comes to the console (`api SyncProxyOrganization`); of one that is proving who it is, or has,
//! nothing changes any more (ASSUMED, as `api CreateConsoleLoginUrl` says of names).

use ess_schemas::essbasic::{SyncProxyOrganizationRequest, SyncProxyOrganizationResponse};

use super::ensure_organization_name;
use crate::actions::essbasic::dialect::{customer_key, given};
use crate::actions::letters::ensure_licence;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A name no company has, or a licence that is no picture or too large.
pub fn sync_proxy_organization(
    call: &mut Call<'_>,
    request: SyncProxyOrganizationRequest,
) -> Result<SyncProxyOrganizationResponse, Refusal> {
    ensure_organization_name(&request.proxy_organization_name)?;
    if let Some(licence) = given(&request.business_license) {
        ensure_licence(licence)?;
    }
    let data = CompanyData {
        name: request.proxy_organization_name,
        credit_code: request.uniform_social_credit_code.unwrap_or_default(),
        legal_name: request.proxy_legal_name.unwrap_or_default(),
        address: request.proxy_address.unwrap_or_default(),
    };
    call.world.introduce_customer(&customer_key(call)?, &data)?;
    Ok(SyncProxyOrganizationResponse {})
}
