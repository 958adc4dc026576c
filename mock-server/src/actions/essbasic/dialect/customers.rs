//! Customers and their people, before and after they have proved who they are.

use ess_schemas::essbasic::{ChannelOrganizationInfo, ProxyOrganizationOperator};

use super::given;
use crate::actions::words;
use crate::domain::application::Application;
use crate::domain::customer::{Customer, CustomerKey};
use crate::domain::directory::Directory;
use crate::domain::employee::{Employee, Role};
use crate::domain::masking;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::introducing::Introduced;

/// The customer `Agent` names, whether there is one yet or not.
///
/// # Errors
/// It is no platform's call.
pub fn customer_key(call: &Call<'_>) -> Result<CustomerKey, Refusal> {
    let agent = call.caller.agent()?;
    Ok(CustomerKey { application: agent.application.id.clone(), customer: agent.organization_open_id.clone() })
}

/// The preset role of this name (`api ProxyOrganizationOperator.DefaultRole`).
fn default_role(name: &str) -> Option<Role> {
    match name {
        "admin" => Some(Role::BusinessAdmin),
        "channel-normal-operator" => Some(Role::Operator),
        "channel-sales-man" => Some(Role::Salesman),
        _ => None,
    }
}

/// What the platform says of somebody.
#[must_use]
pub fn introduced(operator: &ProxyOrganizationOperator) -> Introduced {
    Introduced {
        name: operator.name.clone().unwrap_or_default(),
        mobile: operator.mobile.clone().unwrap_or_default(),
        card: words::card(operator.id_card_type.as_deref(), operator.id_card_number.as_ref()).unwrap_or_default(),
        role: given(&operator.default_role).and_then(|name| default_role(name)),
    }
}

/// A customer as a platform sees it. Until the first of its people is its administrator, whoever began to prove it stands in
/// their place (`ex DescribeChannelOrganizations` shows one that is being verified, with an administrator).
#[must_use]
pub fn channel_organization(
    customer: &Customer,
    application: &Application,
    directory: &Directory,
    now: Timestamp,
) -> ChannelOrganizationInfo {
    let record = customer.certification.record.as_ref();
    let company = directory.organizations.get(customer.organization.as_str()).map(|company| company.data());
    let company = company.unwrap_or_default();
    let open_id = |employee: &Employee| application.staff_id(&employee.id).map(ToString::to_string).unwrap_or_default();
    let who = |role| customer.is_verified().then(|| directory.employee_with(&customer.organization, role)).flatten();
    let (admin_name, admin_open_id, admin_mobile) = match (who(Role::SuperAdmin), record) {
        (Some(admin), _) => (admin.name.clone(), open_id(admin), admin.mobile.clone()),
        (None, Some(record)) => {
            let open_id = application.staff_id(&record.admin.user).map(ToString::to_string).unwrap_or_default();
            (record.admin.name.clone(), open_id, record.admin.mobile.clone())
        }
        (None, None) => Default::default(),
    };
    ChannelOrganizationInfo {
        organization_id: Some(customer.organization.to_string()),
        organization_open_id: Some(customer.open_id.to_string()),
        organization_name: Some(company.name),
        unified_social_credit_code: Some(company.credit_code),
        legal_name: Some(company.legal_name),
        legal_open_id: Some(who(Role::LegalPerson).map(open_id).unwrap_or_default()),
        admin_name: Some(admin_name),
        admin_open_id: Some(admin_open_id),
        admin_mobile: Some(masking::mobile(&admin_mobile)),
        authorization_status: Some(customer.certification.status.word().to_owned()),
        authorization_type: Some(customer.certification.method.word().to_owned()),
        active_status: Some(i64::from(customer.is_active(now))),
        license_expire_time: Some(customer.licensed_until.map_or(0, Timestamp::seconds)),
        has_submitted_auth_info: Some(customer.certification.submitted),
    }
}
