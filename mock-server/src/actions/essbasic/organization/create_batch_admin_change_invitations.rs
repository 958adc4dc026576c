//! `CreateBatchAdminChangeInvitations` has customers wait for new super administrators, who take over behind the link of
//! CreateBatchAdminChangeInvitationsUrl.
//!
//! What is wrong with one of them stands at its place in `ErrorMessages`, which is empty when nothing is. Then nobody waits
//! (ASSUMED, as CreateBatchOrganizationRegistrationTasks; the example that is meant to fail shows nothing). Who waited before gives
//! way. The letters are looked at by nobody here: they pass.

use std::collections::BTreeSet;

use ess_schemas::essbasic::{
    AdminChangeInvitationInfo, CreateBatchAdminChangeInvitationsRequest, CreateBatchAdminChangeInvitationsResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::said;
use crate::actions::words::card;
use crate::domain::customer::Customer;
use crate::domain::deed::{Mobile, Succession, Successor};
use crate::domain::ids::OpenId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody is named.
pub fn create_batch_admin_change_invitations(
    call: &mut Call<'_>,
    request: CreateBatchAdminChangeInvitationsRequest,
) -> Result<CreateBatchAdminChangeInvitationsResponse, Refusal> {
    if request.admin_change_invitation_infos.is_empty() {
        return Err(Refusal::ParameterMissing { field: "AdminChangeInvitationInfos" });
    }
    let mut seen = BTreeSet::new();
    let read = request.admin_change_invitation_infos.iter().map(|info| {
        let read = read(call, info)?;
        if seen.insert(read.0.clone()) {
            Ok(read)
        } else {
            let detail = format!("[{}]重复", read.0);
            Err(Refusal::ParameterInvalid { field: "ChangeAdminOrganizationOpenId", detail })
        }
    });
    let read: Vec<Result<(OpenId, Succession), Refusal>> = read.collect();
    if read.iter().any(Result::is_err) {
        let message =
            |one: &Result<_, Refusal>| one.as_ref().err().map(said::<CreateBatchAdminChangeInvitationsRequest>);
        let messages = read.iter().map(|one| message(one).unwrap_or_default());
        return Ok(CreateBatchAdminChangeInvitationsResponse { error_messages: Some(messages.collect()) });
    }
    let agent = call.caller.agent()?;
    let mut application = (*agent.application).clone();
    for (customer, succession) in read.into_iter().flatten() {
        if let Some(known) = application.customers().get(customer.as_str()).cloned() {
            application.put_customer(Customer { successor: Some(succession), ..(*known).clone() });
        }
    }
    call.world.directory.applications.insert(application);
    Ok(CreateBatchAdminChangeInvitationsResponse { error_messages: Some(Vec::new()) })
}

/// The customer, and who is to come.
fn read(call: &Call<'_>, info: &AdminChangeInvitationInfo) -> Result<(OpenId, Succession), Refusal> {
    let customer = customer(call, info)?;
    if !customer.is_verified() {
        return Err(Refusal::OrganizationNotVerified { organization: customer.open_id.to_string() });
    }
    let needed = |value, field| given(value).cloned().ok_or(Refusal::ParameterMissing { field });
    let open_id = OpenId::from(needed(&info.new_admin_open_id, "NewAdminOpenId")?);
    let name = needed(&info.new_admin_name, "NewAdminName")?;
    let mobile = Mobile::read(&needed(&info.new_admin_mobile, "NewAdminMobile")?)?;
    let number = needed(&info.new_admin_id_card_number, "NewAdminIdCardNumber")?;
    if info.auth_files.as_ref().is_none_or(Vec::is_empty) {
        return Err(Refusal::ParameterMissing { field: "AuthFiles" });
    }
    let staff = call.caller.agent()?.application.staff().get(open_id.as_str());
    if staff.is_some_and(|one| one.customer != customer.open_id) {
        return Err(Refusal::OperatorUnknown { user: open_id.to_string() });
    }
    let card = card(info.new_admin_id_card_type.as_deref(), Some(&number)).unwrap_or_default();
    let successor = Successor { name, mobile: mobile.as_str().to_owned(), card };
    Ok((customer.open_id.clone(), Succession { open_id, successor }))
}

/// By either id; where both are there, they must mean the same one (`api AdminChangeInvitationInfo`).
fn customer(call: &Call<'_>, info: &AdminChangeInvitationInfo) -> Result<Customer, Refusal> {
    let application = &call.caller.agent()?.application;
    let (id, open_id) = (given(&info.change_admin_organization_id), given(&info.change_admin_organization_open_id));
    let named = match (id, open_id) {
        (None, None) => return Err(Refusal::OrganizationOpenIdEmpty),
        (_, Some(open_id)) => open_id.clone(),
        (Some(id), None) => application.customer_id(&id.as_str().into()).map(ToString::to_string).unwrap_or_default(),
    };
    let found = application.customers().get(named.as_str());
    let found = found.filter(|one| id.is_none_or(|id| one.organization.as_str() == id));
    let unknown = || Refusal::OrganizationUnknown { organization: open_id.or(id).cloned().unwrap_or_default() };
    found.map(|one| (**one).clone()).ok_or_else(unknown)
}
