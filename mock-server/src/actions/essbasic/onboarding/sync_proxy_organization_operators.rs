//! `SyncProxyOrganizationOperators` takes employees in, changes what is said of them, or lets them go, up to 200 of them
//! (`api SyncProxyOrganizationOperators`).
//!
//! Who has proved who they are is taken in no more and changes their own data; an administrator hands their role over before
//! they leave. What of that fails is told one by one; when all of it does, the call is refused as the first of them (ASSUMED:
//! `api` promises an error then).

use ess_schemas::essbasic::{
    ProxyOrganizationOperator, SyncFailReason, SyncProxyOrganizationOperatorsRequest,
    SyncProxyOrganizationOperatorsResponse,
};

use crate::actions::essbasic::dialect::{customer_key, introduced};
use crate::actions::said;
use crate::domain::customer::CustomerKey;
use crate::domain::ids::OpenId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody was named, an operation that does not exist, or it fails for everybody.
pub fn sync_proxy_organization_operators(
    call: &mut Call<'_>,
    request: SyncProxyOrganizationOperatorsRequest,
) -> Result<SyncProxyOrganizationOperatorsResponse, Refusal> {
    let operators = request.proxy_organization_operators;
    if operators.is_empty() {
        return Err(Refusal::OperatorsEmpty);
    }
    let sync = match request.operator_type.as_str() {
        "CREATE" => create,
        "UPDATE" => update,
        "RESIGN" => resign,
        other => return Err(Refusal::OperateTypeInvalid { kind: other.to_owned() }),
    };
    let key = customer_key(call)?;
    let mut failed = Vec::new();
    for one in &operators {
        if let Err(refusal) = sync(call, &key, one) {
            failed.push((one.id.clone(), refusal));
        }
    }
    if let Some((_, first)) = failed.first().filter(|_| failed.len() == operators.len()) {
        return Err(first.clone());
    }
    Ok(SyncProxyOrganizationOperatorsResponse {
        status: if failed.is_empty() { 1 } else { 2 },
        failed_list: failed
            .iter()
            .map(|(id, refusal)| SyncFailReason {
                id: id.clone(),
                message: said::<SyncProxyOrganizationOperatorsRequest>(refusal),
            })
            .collect(),
    })
}

/// One who has not joined is taken in again, with what is said now.
fn create(call: &mut Call<'_>, key: &CustomerKey, operator: &ProxyOrganizationOperator) -> Result<(), Refusal> {
    let id = open_id(operator)?;
    match call.world.customers_employee(key, &id) {
        Ok(known) if known.verified => Err(Refusal::StaffAlreadyVerified),
        Ok(_) | Err(_) => call.world.introduce_employee(key, &id, &introduced(operator), call.now).map(drop),
    }
}

fn update(call: &mut Call<'_>, key: &CustomerKey, operator: &ProxyOrganizationOperator) -> Result<(), Refusal> {
    let id = open_id(operator)?;
    if call.world.customers_employee(key, &id)?.verified {
        return Err(Refusal::StaffAlreadyVerified);
    }
    call.world.introduce_employee(key, &id, &introduced(operator), call.now).map(drop)
}

fn resign(call: &mut Call<'_>, key: &CustomerKey, operator: &ProxyOrganizationOperator) -> Result<(), Refusal> {
    call.world.leave(key, &open_id(operator)?, call.now, call.outbox)
}

fn open_id(operator: &ProxyOrganizationOperator) -> Result<OpenId, Refusal> {
    if operator.id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "ProxyOrganizationOperators.Id" });
    }
    Ok(operator.id.as_str().into())
}
