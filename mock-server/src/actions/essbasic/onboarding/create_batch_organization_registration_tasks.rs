//! `CreateBatchOrganizationRegistrationTasks` asks for ways into the console for up to ten companies at once
//! (`api CreateBatchOrganizationRegistrationTasks`).
//!
//! A name, credit code or operator twice fails the call; what is wrong with one company is said at its place, and then there is
//! no task for any of them (`ex CreateBatchOrganizationRegistrationTasks`).

use std::time::Duration;

use ess_schemas::essbasic::{
    CreateBatchOrganizationRegistrationTasksRequest, CreateBatchOrganizationRegistrationTasksResponse,
    RegistrationOrganizationInfo,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::onboarding::registrations::{self, FIELD, Said};
use crate::actions::words::card;
use crate::domain::application::Application;
use crate::domain::customer::CustomerKey;
use crate::domain::link::Way;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::{Door, Named};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE};
use crate::engine::call::Call;
use crate::engine::registering::Wanted;

/// See the module's comment.
///
/// # Errors
/// No companies, or two of one name, credit code or operator.
pub fn create_batch_organization_registration_tasks(
    call: &mut Call<'_>,
    request: CreateBatchOrganizationRegistrationTasksRequest,
) -> Result<CreateBatchOrganizationRegistrationTasksResponse, Refusal> {
    let infos = request.registration_organizations;
    if infos.is_empty() {
        return Err(Refusal::ParameterMissing { field: FIELD });
    }
    let batch: Vec<Said<'_>> = infos.iter().map(said).collect();
    registrations::ensure_distinct(&batch)?;
    registrations::ensure_none_twice(infos.iter().map(|info| info.open_id.as_str()))?;
    registrations::ensure_none_twice(infos.iter().map(|info| info.organization_open_id.as_str()))?;
    let application = call.caller.agent()?.application.clone();
    let together = request.batch_auth_method == Some(1);
    let wrong = batch.iter().zip(&infos).map(|(said, info)| said.wrong(together).or_else(|| taken(info, &application)));
    if let Some(messages) = registrations::messages(&wrong.collect::<Vec<_>>()) {
        return Ok(CreateBatchOrganizationRegistrationTasksResponse {
            task_id: Some(String::new()),
            error_messages: Some(messages),
        });
    }
    let at_a_desk = given(&request.endpoint).is_none_or(|endpoint| endpoint == "PC");
    let lives = if at_a_desk { MINUTE * 5 } else { DAY * 365 };
    let wanted = infos.into_iter().map(|info| wanted(info, &application)).collect();
    let lives = Duration::from_secs(lives.as_secs());
    let id = call.world.register(wanted, Door::Desk, lives, call.now, call.outbox)?;
    Ok(CreateBatchOrganizationRegistrationTasksResponse {
        task_id: Some(id.to_string()),
        error_messages: Some(Vec::new()),
    })
}

fn said(info: &RegistrationOrganizationInfo) -> Said<'_> {
    Said {
        name: &info.organization_name,
        credit_code: &info.uniform_social_credit_code,
        legal_name: &info.legal_name,
        address: info.address.as_deref().unwrap_or_default(),
        admin_name: info.admin_name.as_deref().unwrap_or_default(),
        admin_mobile: info.admin_mobile.as_deref().unwrap_or_default(),
        ways: info.authorization_types.clone().unwrap_or_default(),
        letters: info.power_of_attorneys.as_deref().unwrap_or_default(),
    }
}

/// An operator is one customer's.
fn taken(info: &RegistrationOrganizationInfo, application: &Application) -> Option<&'static str> {
    let staff = application.staff().get(info.open_id.as_str())?;
    (staff.customer.as_str() != info.organization_open_id).then_some("经办人OpenId已被其他企业使用")
}

fn wanted(info: RegistrationOrganizationInfo, application: &Application) -> Wanted {
    let card = card(info.admin_id_card_type.as_deref(), info.admin_id_card_number.as_ref()).unwrap_or_default();
    let numbers = info.authorization_types.into_iter().flatten().filter_map(|number| i64::try_from(number).ok());
    Wanted {
        customer: CustomerKey { application: application.id.clone(), customer: info.organization_open_id.into() },
        operator: info.open_id.into(),
        company: CompanyData {
            name: info.organization_name,
            credit_code: info.uniform_social_credit_code,
            legal_name: info.legal_name,
            address: info.address.unwrap_or_default(),
        },
        admin: Named { name: info.admin_name.unwrap_or_default(), mobile: info.admin_mobile.unwrap_or_default(), card },
        ways: numbers.filter_map(Way::from_wire).collect(),
        jump_url: info.auto_jump_url.filter(|url| !url.is_empty()),
        guided: None,
    }
}
