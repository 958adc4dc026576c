//! `ModifyOrganizationBusinessInfo` changes what the register says of a customer, without a page.
//!
//! A new name waits until the customer's contracts have ended: that is no error, but said in the answer
//! (`ex ModifyOrganizationBusinessInfo`). The stand-in has no register, so that what is said is believed; nor does it count the ten
//! checks an operator has a day. Every company is an enterprise here, so its type cannot change.

use ess_schemas::essbasic::{ModifyOrganizationBusinessInfoRequest, ModifyOrganizationBusinessInfoResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::said;
use crate::domain::flow::Flow;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::deeds::Moment;

/// How many contracts of each kind an answer names (ASSUMED: the example names one of 87).
const NAMED: usize = 100;

/// See the module's comment.
///
/// # Errors
/// The operator is neither super administrator nor legal person; no licence, or none that was uploaded; a type the customer cannot
/// become; or nothing would change.
pub fn modify_organization_business_info(
    call: &mut Call<'_>,
    request: ModifyOrganizationBusinessInfoRequest,
) -> Result<ModifyOrganizationBusinessInfoResponse, Refusal> {
    call.caller.administrator()?;
    if request.biz_license_resource_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "BizLicenseResourceId" });
    }
    call.usable_file(&request.biz_license_resource_id)?;
    if given(&request.organization_type).is_some_and(|kind| kind != "ENTERPRISE") {
        return Err(Refusal::OrganizationTypeNotSupported);
    }
    let text = |value| given(value).cloned().unwrap_or_default();
    let wanted = CompanyData {
        name: text(&request.organization_name),
        legal_name: text(&request.legal_name),
        address: text(&request.address),
        ..CompanyData::default()
    };
    let (company, application) = (call.caller.organization().clone(), call.caller.application().cloned());
    let moment = Moment { application: application.as_ref(), now: call.now };
    match call.world.change_company(&company, &wanted, moment, call.outbox) {
        Ok(()) => Ok(answer(0, String::new())),
        Err(refusal @ Refusal::OrganizationHasOpenFlows { count }) => {
            let ids = |of: fn(&&Flow) -> bool| {
                call.world.open_contracts(&company).filter(of).take(NAMED).map(|flow| flow.id.to_string()).collect()
            };
            Ok(ModifyOrganizationBusinessInfoResponse {
                unfinished_count: Some(count as u64),
                flow_ids: Some(ids(|flow| flow.initiator.application.is_none())),
                channel_flow_ids: Some(ids(|flow| flow.initiator.application.is_some())),
                ..answer(1, said::<ModifyOrganizationBusinessInfoRequest>(&refusal))
            })
        }
        Err(refusal) => Err(refusal),
    }
}

fn answer(code: i64, message: String) -> ModifyOrganizationBusinessInfoResponse {
    ModifyOrganizationBusinessInfoResponse {
        error_code: Some(code),
        error_message: Some(message),
        unfinished_count: Some(0),
        flow_ids: Some(Vec::new()),
        channel_flow_ids: Some(Vec::new()),
    }
}
