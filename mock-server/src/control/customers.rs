//! `/_mock/customers`: a platform's customers, and what happens to them that no call and no page does: the legal person agrees,
//! a letter is looked at, money comes, the register is asked, people prove who they are or do not.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Body, Query, World};
use crate::domain::application::Application;
use crate::domain::customer::{Customer, CustomerKey, VerificationMethod};
use crate::domain::directory::Directory;
use crate::domain::ids::{ApplicationId, AuthorizationId, OpenId, OrganizationId};
use crate::domain::onboarding::certification::Step;
use crate::domain::onboarding::progress::Verdict;
use crate::domain::onboarding::record::{CompanyData, Transfer};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::introducing::Introduced;
use crate::engine::world;

/// A customer as the domain knows it.
#[derive(Serialize)]
pub(super) struct Row {
    application: ApplicationId,
    open_id: OpenId,
    organization: OrganizationId,
    name: String,
    status: &'static str,
    method: &'static str,
    submitted: bool,
    granted: bool,
    authorization: Option<AuthorizationId>,
    transfer: Option<Transfer>,
    proxy_app: Option<ApplicationId>,
    /// Seconds since 1970; nothing without a licence.
    licensed_until: Option<i64>,
    operators: Vec<OperatorRow>,
}

/// One of its people.
#[derive(Serialize)]
struct OperatorRow {
    open_id: OpenId,
    user: String,
    name: String,
    verified: bool,
}

/// Which are shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    application: Option<String>,
}

/// What happens to which customer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// The first application of the world when left out.
    application: Option<String>,
    customer: String,
    happens: Happens,
    /// Whom it happens to, or who does it; the customer's first when left out.
    operator: Option<String>,
    /// Why not.
    reason: Option<String>,
    /// How the money stands.
    transfer: Option<Transfer>,
}

/// What may happen.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happens {
    /// It lets the platform act.
    Granted,
    /// Its data are handed in, as far as they are known.
    Submitted,
    /// Its legal person is asked to authorize the administrator.
    LegalPersonAsked,
    /// Its legal person does what they were asked for.
    LegalPersonCompleted,
    /// A letter is uploaded.
    LetterUploaded,
    /// The letter is as it should be.
    LetterPassed,
    /// It is not.
    LetterRefused,
    /// The bank transfer stands differently.
    TransferChanged,
    /// The register does not have it, and people let it in.
    RegistryPassed,
    /// They do not.
    RegistryRefused,
    /// The attempt is wiped.
    Voided,
    /// One of its people proves who they are.
    StaffVerified,
    /// They do not.
    StaffFailed,
}

pub(super) async fn list(World(account): World, Query(filter): Query<Filter>) -> Json<Vec<Row>> {
    Json(account.enter(EdgeTime::read(), |world, _, _| {
        let wanted = |one: &Application| filter.application.as_deref().is_none_or(|id| id == one.id.as_str());
        let applications = world.directory.applications.iter().filter(|one| wanted(one));
        let rows = applications.flat_map(|one| one.customers().iter().map(|it| row(one, it, &world.directory)));
        rows.collect()
    }))
}

pub(super) async fn happen(World(account): World, Body(event): Body<Event>) -> Result<Json<Row>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let key = key(world, &event)?;
        carry_out(world, &key, &event, now, outbox)?;
        let (application, customer) = world.customer(&key).map_err(|refusal| explain(&refusal))?;
        Ok(Json(row(&application, &customer, &world.directory)))
    })
}

fn key(world: &world::World, event: &Event) -> Result<CustomerKey, Failure> {
    let application = match &event.application {
        Some(id) => world.directory.applications.get(id.as_str()),
        None => world.directory.applications.iter().next(),
    };
    let application = application.ok_or_else(|| {
        Failure::not_found(format!(
            "This world has no application `{}`. GET /_mock/world lists those there are.",
            event.application.as_deref().unwrap_or("(the first)")
        ))
    })?;
    let key = CustomerKey { application: application.id.clone(), customer: event.customer.as_str().into() };
    if application.customers().get(event.customer.as_str()).is_none() {
        return Err(Failure::not_found(format!(
            "The application `{}` has no customer `{}`. GET /_mock/customers lists those there are.",
            application.id, event.customer
        )));
    }
    Ok(key)
}

fn carry_out(
    world: &mut world::World,
    key: &CustomerKey,
    event: &Event,
    now: Timestamp,
    outbox: &mut world::Outbox,
) -> Result<(), Failure> {
    let refused = || Verdict::Refused(event.reason.clone().unwrap_or_else(|| "材料不符合要求".to_owned()));
    let step = match event.happens {
        Happens::Granted => {
            let operator = operator(world, key, event)?;
            let user = world.customers_employee(key, &operator).map_err(|refusal| explain(&refusal))?.id.clone();
            return world.grant(key, &user, now, outbox).map_err(|refusal| explain(&refusal));
        }
        Happens::Submitted => {
            let operator = operator(world, key, event)?;
            let known = (CompanyData::default(), Introduced::default());
            let done = world.hand_in(key, &operator, known.0, &known.1, now, outbox);
            return done.map_err(|refusal| explain(&refusal));
        }
        Happens::StaffVerified => {
            let operator = operator(world, key, event)?;
            return world.join(key, &operator, now, outbox).map_err(|refusal| explain(&refusal));
        }
        Happens::StaffFailed => {
            let operator = operator(world, key, event)?;
            let reason = event.reason.as_deref().unwrap_or("人脸核验未通过");
            return world.fail_to_join(key, &operator, reason, now, outbox).map_err(|refusal| explain(&refusal));
        }
        Happens::LegalPersonAsked => Step::AskLegalPerson(VerificationMethod::LegalPersonAuthorizes),
        Happens::LegalPersonCompleted => Step::LegalPersonCompletes,
        Happens::LetterUploaded => Step::UploadLetter { with_transfer: event.transfer.is_some() },
        Happens::LetterPassed => Step::JudgeLetter(Verdict::Passed),
        Happens::LetterRefused => Step::JudgeLetter(refused()),
        Happens::TransferChanged => Step::Transfer(event.transfer.unwrap_or(Transfer::Received)),
        Happens::RegistryPassed => Step::JudgeRegistry(Verdict::Passed),
        Happens::RegistryRefused => Step::JudgeRegistry(refused()),
        Happens::Voided => Step::Void,
    };
    world.certify(key, step, now, outbox).map_err(|refusal| explain(&refusal))
}

/// Who is named, or else the customer's first.
fn operator(world: &world::World, key: &CustomerKey, event: &Event) -> Result<OpenId, Failure> {
    if let Some(named) = &event.operator {
        return Ok(named.as_str().into());
    }
    let (application, _) = world.customer(key).map_err(|refusal| explain(&refusal))?;
    let first = application.staff().iter().find(|one| one.customer == key.customer).map(|one| one.open_id.clone());
    first.ok_or_else(|| {
        Failure::conflict(format!("The customer `{}` has no operators yet, so nobody can do that.", key.customer))
    })
}

/// What the domain refuses, in plain English.
#[expect(clippy::wildcard_enum_match_arm, reason = "of the hundreds of refusals these are left for customers")]
fn explain(refusal: &Refusal) -> Failure {
    let text = match refusal {
        Refusal::VerificationStateWrong { detail } => format!("That does not fit how far the customer is: {detail}."),
        Refusal::OrganizationAlreadyVerified { admin } => {
            format!("The company is a verified customer of this application already; its administrator is {admin}.")
        }
        Refusal::OrganizationNotVerified { .. } => {
            "The company has not proved who it is yet; its people join after that.".to_owned()
        }
        Refusal::StaffAlreadyVerified => "The operator has joined already.".to_owned(),
        Refusal::OperatorUnknown { user } => format!("The customer has no operator `{user}`."),
        other => format!("The customer's state does not allow that: {}.", other.row()),
    };
    Failure::conflict(text)
}

fn row(application: &Application, customer: &Customer, directory: &Directory) -> Row {
    let certification = &customer.certification;
    let company = directory.organizations.get(customer.organization.as_str());
    let staff = application.staff().iter().filter(|one| one.customer == customer.open_id);
    let operators = staff.filter_map(|one| {
        let employee = directory.employees.get(one.user.as_str())?;
        let (open_id, user) = (one.open_id.clone(), employee.id.to_string());
        Some(OperatorRow { open_id, user, name: employee.name.clone(), verified: employee.verified })
    });
    Row {
        application: application.id.clone(),
        open_id: customer.open_id.clone(),
        organization: customer.organization.clone(),
        name: company.map(|one| one.name.clone()).unwrap_or_default(),
        status: certification.status.word(),
        method: certification.method.word(),
        submitted: certification.submitted,
        granted: customer.granted,
        authorization: certification.record.as_ref().map(|record| record.id.clone()),
        transfer: certification.record.as_ref().and_then(|record| record.transfer),
        proxy_app: customer.proxy_app.clone(),
        licensed_until: customer.licensed_until.map(Timestamp::seconds),
        operators: operators.collect(),
    }
}
