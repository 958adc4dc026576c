//! `CreateBatchAdminChangeInvitations` has companies wait for new super administrators, who take over behind the link of
//! CreateBatchAdminChangeInvitationsUrl: companies the caller guided, and members of its group that let it
//! (`api CreateBatchAdminChangeInvitations`, `api CreateBatchInitOrganizationUrl`).
//!
//! What is wrong with one of them stands at its place in `ErrorMessages`, and then nobody waits (ASSUMED, as
//! CreateBatchOrganizationRegistrationTasks); when nothing is, one empty message says so (`ex CreateBatchAdminChangeInvitations`). A
//! company that is none of these, or stands there twice, fails the call. Who waited before gives way. The letters are looked at by
//! nobody here: they pass.

use std::collections::BTreeSet;

use ess_schemas::ess::{
    AdminChangeInvitationInfo, CreateBatchAdminChangeInvitationsRequest, CreateBatchAdminChangeInvitationsResponse,
};

use crate::actions::ess::dialect::{card, given};
use crate::actions::letters::ensure_letter;
use crate::actions::said;
use crate::domain::deed::{Mobile, Successor};
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or a company that is neither guided by the caller nor a member of its group, or one twice.
pub fn create_batch_admin_change_invitations(
    call: &mut Call<'_>,
    request: CreateBatchAdminChangeInvitationsRequest,
) -> Result<CreateBatchAdminChangeInvitationsResponse, Refusal> {
    let infos = request.admin_change_invitation_infos;
    if infos.is_empty() {
        return Err(Refusal::ParameterMissing { field: "AdminChangeInvitationInfos" });
    }
    let mut seen = BTreeSet::new();
    for info in &infos {
        let id = &info.change_admin_organization_id;
        let own = call.caller.organization();
        if !call.world.directory.is_guided_or_member(&id.as_str().into(), own) {
            return Err(Refusal::SubOrganizationUnknown { organization: id.clone() });
        }
        if !seen.insert(id.as_str()) {
            let detail = format!("[{id}]重复");
            return Err(Refusal::ParameterInvalid { field: "ChangeAdminOrganizationId", detail });
        }
    }
    let read: Vec<Result<(OrganizationId, Successor), Refusal>> = infos.iter().map(|info| read(call, info)).collect();
    if read.iter().any(Result::is_err) {
        let message =
            |one: &Result<_, Refusal>| one.as_ref().err().map(said::<CreateBatchAdminChangeInvitationsRequest>);
        let messages = read.iter().map(|one| message(one).unwrap_or_default());
        return Ok(CreateBatchAdminChangeInvitationsResponse { error_messages: Some(messages.collect()) });
    }
    let guide = call.caller.organization().clone();
    for (company, successor) in read.into_iter().flatten() {
        call.world.invite_successor(&guide, &company, successor);
    }
    Ok(CreateBatchAdminChangeInvitationsResponse { error_messages: Some(vec![String::new()]) })
}

/// The company, and who is to come.
fn read(call: &Call<'_>, info: &AdminChangeInvitationInfo) -> Result<(OrganizationId, Successor), Refusal> {
    let company = OrganizationId::from(info.change_admin_organization_id.as_str());
    let holding = call.world.directory.organizations.get(company.as_str()).and_then(|one| one.holding.as_ref());
    let own = call.caller.organization();
    if let Some(holding) = holding.filter(|one| &one.main == own && one.is_in_force() && !one.admin_change) {
        let organization = company.to_string();
        return Err(Refusal::AdminChangeNotAllowed { organization, main: holding.main.to_string() });
    }
    if info.new_admin_name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "NewAdminName" });
    }
    let mobile = given(&info.new_admin_mobile).map(|text| Mobile::read(text)).transpose()?;
    let card = card(info.new_admin_id_card_type.as_deref(), info.new_admin_id_card_number.as_ref());
    if mobile.is_none() && card.is_none() {
        return Err(Refusal::ParameterMissing { field: "NewAdminMobile" });
    }
    if info.auth_files.is_empty() {
        return Err(Refusal::ParameterMissing { field: "AuthFiles" });
    }
    info.auth_files.iter().try_for_each(|letter| ensure_letter(letter))?;
    let mobile = mobile.map(|mobile| mobile.as_str().to_owned()).unwrap_or_default();
    let successor = Successor { name: info.new_admin_name.clone(), mobile, card: card.unwrap_or_default() };
    Ok((company, successor))
}
