//! `CreateBatchOrganizationRegistrationTasks` asks for the links of up to ten companies that are to be certified, eight thousand a day
//! (`api CreateBatchOrganizationRegistrationTasks`). Each lives seven days (`api OrganizationAuthUrl`).
//!
//! A name or credit code twice fails the call; what is wrong with one company is said at its place, and then there is no task for any
//! of them. When nothing is wrong, one empty message says so (`ex CreateBatchOrganizationRegistrationTasks`).

use ess_schemas::ess::{
    CreateBatchOrganizationRegistrationTasksRequest, CreateBatchOrganizationRegistrationTasksResponse,
    RegistrationOrganizationInfo,
};

use crate::actions::ess::dialect::{card, given};
use crate::actions::letters::ensure_licence;
use crate::actions::onboarding::registrations::{self, FIELD, Said};
use crate::domain::ids::UserId;
use crate::domain::link::Way;
use crate::domain::onboarding::guidance::Guided;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::{Door, Named};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::registering::Wanted;

/// Companies a caller may register a day.
const A_DAY: usize = 8_000;

/// See the module's comment.
///
/// # Errors
/// No companies, two of one name or credit code, or more than a day may bring.
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
    let together = request.batch_auth_method == Some(1);
    let wrong = batch.iter().zip(&infos).map(|(said, info)| said.wrong(together).or_else(|| wrong(info)));
    if let Some(messages) = registrations::messages(&wrong.collect::<Vec<_>>()) {
        return Ok(CreateBatchOrganizationRegistrationTasksResponse {
            task_id: Some(String::new()),
            error_messages: Some(messages),
        });
    }
    ensure_within_a_day(call, infos.len())?;
    let door = Door::from_wire(given(&request.endpoint).map_or("PC", String::as_str));
    let by = call.caller.operator()?.id.clone();
    let wanted = infos.into_iter().map(|info| wanted(call, info, &by)).collect();
    let id = call.world.register(wanted, door, DAY * 7, call.now, call.outbox)?;
    Ok(CreateBatchOrganizationRegistrationTasksResponse {
        task_id: Some(id.to_string()),
        error_messages: Some(vec![String::new()]),
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

/// A letter that comes along needs its administrator (`api RegistrationOrganizationInfo`).
fn wrong(info: &RegistrationOrganizationInfo) -> Option<&'static str> {
    let with_letter = info.power_of_attorneys.as_ref().is_some_and(|letters| !letters.is_empty());
    let admin = [&info.admin_name, &info.admin_mobile, &info.admin_id_card_number];
    if with_letter && admin.iter().any(|value| given(value).is_none()) {
        Some("超管信息不能为空")
    } else if given(&info.business_license).is_some_and(|licence| ensure_licence(licence).is_err()) {
        Some("营业执照参数不正确")
    } else {
        None
    }
}

/// What the caller registered since this time yesterday (ASSUMED: a day is 24 hours).
fn ensure_within_a_day(call: &Call<'_>, more: usize) -> Result<(), Refusal> {
    let Some(guidance) = call.world.directory.guidance_of(call.caller.organization()) else { return Ok(()) };
    let newest = call.world.registrations.iter().rev();
    let today = newest.take_while(|one| call.now < one.created_at.plus(DAY));
    let own = today.filter(|one| one.customer.application == guidance.id).count();
    if own + more > A_DAY {
        return Err(Refusal::ListTooLong { field: FIELD.to_owned(), limit: A_DAY });
    }
    Ok(())
}

fn wanted(call: &mut Call<'_>, info: RegistrationOrganizationInfo, by: &UserId) -> Wanted {
    let card = card(info.admin_id_card_type.as_deref(), info.admin_id_card_number.as_ref()).unwrap_or_default();
    let numbers = info.authorization_types.into_iter().flatten().filter_map(|number| i64::try_from(number).ok());
    let (customer, operator) = call.world.new_attempt(call.caller.organization());
    Wanted {
        customer,
        operator,
        company: CompanyData {
            name: info.organization_name,
            credit_code: info.uniform_social_credit_code,
            legal_name: info.legal_name,
            address: info.address.unwrap_or_default(),
        },
        admin: Named { name: info.admin_name.unwrap_or_default(), mobile: info.admin_mobile.unwrap_or_default(), card },
        ways: numbers.filter_map(Way::from_wire).collect(),
        jump_url: None,
        guided: Some(Guided::by(by.clone())),
    }
}
