//! `CreatePartnerAuthorizationLink` makes the link by which a partner company gets an application of its own from the integrator that
//! calls, and becomes its customer, the same company under the ids the integrator gives. Seven days; whoever opens it must be super
//! administrator or legal person of the partner (`api CreatePartnerAuthorizationLink`).
//!
//! An application that is named goes on being set up: it must have been made by such a link, for this partner, under the same mark.

use ess_schemas::ess::{CreatePartnerAuthorizationLinkRequest, CreatePartnerAuthorizationLinkResponse};

use super::ecosystem::{callback, ensure_marked, own_application};
use crate::actions::ess::dialect::given;
use crate::domain::deed::{Deed, Opening};
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The caller is no integrator, or has another mark; there is no such partner; an address that can never be called; ids that are
/// missing; or an application that was not made so, or has its customer already.
pub fn create_partner_authorization_link(
    call: &mut Call<'_>,
    request: CreatePartnerAuthorizationLinkRequest,
) -> Result<CreatePartnerAuthorizationLinkResponse, Refusal> {
    ensure_marked(call, &request.business_id)?;
    let partner = OrganizationId::from(request.partner_organization_id.as_str());
    let known = call.world.directory.organizations.get(partner.as_str()).is_some();
    if !known || !call.world.directory.is_established(&partner) {
        return Err(Refusal::OrganizationUnknown { organization: partner.to_string() });
    }
    let callback = callback(call, request.application_info)?;
    let ids = request.proxy_organization_info;
    for (field, value) in [
        ("ProxyOrganizationInfo.OrganizationOpenId", &ids.organization_open_id),
        ("ProxyOrganizationInfo.OperatorOpenId", &ids.operator_open_id),
    ] {
        if value.is_empty() {
            return Err(Refusal::ParameterMissing { field });
        }
    }
    let application = match given(&request.partner_application_id) {
        None => None,
        Some(id) => {
            let application = own_application(call, id, &request.business_id)?;
            let wrong =
                |detail: &str| Refusal::ParameterInvalid { field: "PartnerApplicationId", detail: detail.to_owned() };
            if application.owner != partner {
                return Err(wrong("it was made for another partner"));
            }
            if application.customer_id(&partner).is_some() {
                return Err(wrong("it has its customer already"));
            }
            Some(application.id.clone())
        }
    };
    let deed = Deed::OpenApplication(Box::new(Opening {
        integrator: call.caller.organization().clone(),
        business: request.business_id,
        partner,
        application,
        customer: ids.organization_open_id.into(),
        operator: ids.operator_open_id.into(),
        callback,
    }));
    let link = call.give_out_in(None, deed, 7 * DAY);
    Ok(CreatePartnerAuthorizationLinkResponse {
        link: Some(call.urls.embedded("third-app-auth", &link)),
        expire_time: Some(link.expires_at.seconds()),
    })
}
