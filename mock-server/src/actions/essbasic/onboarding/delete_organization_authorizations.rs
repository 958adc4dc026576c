//! `DeleteOrganizationAuthorizations` wipes attempts of companies to prove who they are: those of these ids, or all that one
//! administrator began (`api DeleteOrganizationAuthorizations`). Only the application's own are wiped, and finished ones are not.

use ess_schemas::essbasic::{
    DeleteOrganizationAuthorizationInfo, DeleteOrganizationAuthorizationsRequest,
    DeleteOrganizationAuthorizationsResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::said;
use crate::domain::customer::{Customer, CustomerKey};
use crate::domain::onboarding::certification::Step;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::world::World;

/// See the module's comment.
///
/// # Errors
/// Neither ids nor an administrator were named, or the administrator has begun nothing that is under way.
pub fn delete_organization_authorizations(
    call: &mut Call<'_>,
    request: DeleteOrganizationAuthorizationsRequest,
) -> Result<DeleteOrganizationAuthorizationsResponse, Refusal> {
    let ids = match request.authorization_ids.filter(|ids| !ids.is_empty()) {
        Some(ids) => ids,
        None => {
            let name = given(&request.admin_name).ok_or(Refusal::ParameterMissing { field: "AdminName" })?;
            let mobile = given(&request.admin_mobile).ok_or(Refusal::ParameterMissing { field: "AdminMobile" })?;
            begun_by(call, name, mobile)?
        }
    };
    let records = World::records_of(&call.caller.agent()?.application);
    let infos: Vec<_> = ids.iter().map(|id| delete(call, id, records.get(id.as_str()))).collect::<Result<_, _>>()?;
    let failed = infos.iter().filter(|info| info.errormessage.is_some()).count();
    let status = match failed {
        0 => 1,
        some if some < infos.len() => 2,
        _ => 3,
    };
    Ok(DeleteOrganizationAuthorizationsResponse {
        delete_organization_authorization_infos: Some(infos),
        status: Some(status),
    })
}

/// The attempts under way that this administrator began.
fn begun_by(call: &Call<'_>, name: &str, mobile: &str) -> Result<Vec<String>, Refusal> {
    let application = &call.caller.agent()?.application;
    let running = application.customers().iter().filter(|one| one.certification.is_running());
    let records = running.filter_map(|one| one.certification.record.as_ref());
    let theirs = records.filter(|record| record.admin.name == name && record.admin.mobile == mobile);
    let ids: Vec<String> = theirs.map(|record| record.id.to_string()).collect();
    if ids.is_empty() { Err(Refusal::NoRunningAuthorization { name: name.to_owned() }) } else { Ok(ids) }
}

/// Wipes one; what cannot be is told of in its place, without a message when it could (`ex DeleteOrganizationAuthorizations`).
fn delete(
    call: &mut Call<'_>,
    id: &str,
    key: Option<&CustomerKey>,
) -> Result<DeleteOrganizationAuthorizationInfo, Refusal> {
    let mut info = DeleteOrganizationAuthorizationInfo { authorization_id: Some(id.to_owned()), ..Default::default() };
    let Some(key) = key else {
        let unknown = Refusal::AuthorizationUnknown { authorization: id.to_owned() };
        info.errormessage = Some(said::<DeleteOrganizationAuthorizationsRequest>(&unknown));
        return Ok(info);
    };
    let (_, customer) = call.world.customer(key)?;
    info.organization_name = name_of(&customer);
    info.organization_open_id = Some(customer.open_id.to_string());
    let wiped = wipe(call, key);
    info.errormessage = wiped.err().map(|refusal| said::<DeleteOrganizationAuthorizationsRequest>(&refusal));
    Ok(info)
}

fn name_of(customer: &Customer) -> Option<String> {
    customer.certification.record.as_ref().map(|record| record.company.name.clone())
}

fn wipe(call: &mut Call<'_>, key: &CustomerKey) -> Result<(), Refusal> {
    call.world.certify(key, Step::Void, call.now, call.outbox)
}
