//! `CreateBatchOrganizationRegistrationTasks` asks for ways into the console for up to ten companies at once
//! (`api CreateBatchOrganizationRegistrationTasks`).
//!
//! A name, credit code or operator twice fails the call; what is wrong with one company is said at its place, and then there is
//! no task for any of them (`ex CreateBatchOrganizationRegistrationTasks`).

use std::collections::BTreeSet;
use std::time::Duration;

use ess_schemas::essbasic::{
    CreateBatchOrganizationRegistrationTasksRequest, CreateBatchOrganizationRegistrationTasksResponse,
    RegistrationOrganizationInfo,
};

use super::ensure_letter;
use crate::actions::essbasic::dialect::given;
use crate::actions::words::card;
use crate::domain::application::Application;
use crate::domain::customer::CustomerKey;
use crate::domain::launch::{is_mobile, is_organization_name, is_person_name};
use crate::domain::link::Way;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::Named;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE};
use crate::engine::call::Call;
use crate::engine::registering::Wanted;

/// The field everything here is about.
const FIELD: &str = "RegistrationOrganizations";

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
    ensure_distinct(&infos)?;
    let application = call.caller.agent()?.application.clone();
    let together = request.batch_auth_method == Some(1);
    let wrong: Vec<Option<&str>> = infos.iter().map(|info| wrong(info, &application, together)).collect();
    if wrong.iter().any(Option::is_some) {
        let messages = wrong.iter().enumerate().map(|(place, wrong)| match wrong {
            Some(wrong) => format!("第【{}】条注册信息参数错误，{wrong},请确认后再试", place + 1),
            None => String::new(),
        });
        return Ok(CreateBatchOrganizationRegistrationTasksResponse {
            task_id: Some(String::new()),
            error_messages: Some(messages.collect()),
        });
    }
    let at_a_desk = given(&request.endpoint).is_none_or(|endpoint| endpoint == "PC");
    let lives = if at_a_desk { MINUTE * 5 } else { DAY * 365 };
    let wanted = infos.into_iter().map(|info| wanted(info, &application)).collect();
    let id = call.world.register(wanted, Duration::from_secs(lives.as_secs()), call.now, call.outbox)?;
    Ok(CreateBatchOrganizationRegistrationTasksResponse {
        task_id: Some(id.to_string()),
        error_messages: Some(Vec::new()),
    })
}

fn ensure_distinct(infos: &[RegistrationOrganizationInfo]) -> Result<(), Refusal> {
    let mut names = BTreeSet::new();
    if let Some(twice) = infos.iter().find(|info| !names.insert(info.organization_name.as_str())) {
        return Err(Refusal::RegistrationRepeated { name: twice.organization_name.clone() });
    }
    let codes: Vec<&str> = infos.iter().map(|info| info.uniform_social_credit_code.as_str()).collect();
    let operators: Vec<&str> = infos.iter().map(|info| info.open_id.as_str()).collect();
    let customers: Vec<&str> = infos.iter().map(|info| info.organization_open_id.as_str()).collect();
    for values in [codes, operators, customers] {
        let mut seen = BTreeSet::new();
        if let Some(twice) = values.iter().find(|value| !seen.insert(**value)) {
            return Err(Refusal::ParameterInvalid { field: FIELD, detail: format!("{twice} stands twice") });
        }
    }
    Ok(())
}

/// What is wrong with a company. Only the words about the address are shown in an example; the others ASSUMED alike.
fn wrong(info: &RegistrationOrganizationInfo, application: &Application, together: bool) -> Option<&'static str> {
    let person = given(&info.admin_name).is_none_or(|name| is_person_name(name));
    let mobile = given(&info.admin_mobile).is_none_or(|mobile| is_mobile(mobile));
    let letters = || info.power_of_attorneys.iter().flatten();
    let by_letter = info.authorization_types.iter().flatten().any(|way| matches!(way, 1 | 5));
    let staff = application.staff().get(info.open_id.as_str());
    if !is_organization_name(&info.organization_name) {
        Some("企业名称参数不正确")
    } else if info.legal_name.is_empty() || !is_person_name(&info.legal_name) {
        Some("法定代表人姓名参数不正确")
    } else if given(&info.address).is_some_and(|address| !is_address(address)) {
        Some("地址参数不正确")
    } else if !person {
        Some("超管姓名参数不正确")
    } else if !mobile {
        Some("超管手机号参数不正确")
    } else if letters().any(|letter| ensure_letter(letter).is_err()) {
        Some("授权书参数不正确")
    } else if together && by_letter && letters().next().is_none() {
        Some("授权书不能为空")
    } else if staff.is_some_and(|staff| staff.customer.as_str() != info.organization_open_id) {
        Some("经办人OpenId已被其他企业使用")
    } else {
        None
    }
}

/// Province, city and district come first (`ex CreateBatchOrganizationRegistrationTasks` shows one with a city and one without).
fn is_address(address: &str) -> bool {
    ["省", "市", "自治区"].iter().any(|division| address.contains(division))
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
    }
}
