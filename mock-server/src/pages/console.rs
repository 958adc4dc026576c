//! The way into a platform's console: let the platform act, hand the company's data in, prove the company in one of the ways,
//! prove oneself; then the console opens, once.
//!
//! What others do is done here too where a person does it (the legal person agrees, money is transferred); what the vendor's
//! people decide is left to the control API. Who opens the link is taken to be whom it was made for (ASSUMED: the switch that
//! keeps others out is not modelled). That the link counts as used once the console has opened, and not before, is ASSUMED:
//! proving takes several visits.

mod view;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use self::view::Stage;
use super::embed::Visitor;
use super::posted::posted;
use super::trouble::{Part, Trouble};
use crate::domain::customer::{Verification, VerificationMethod};
use crate::domain::employee::{Card, CardKind};
use crate::domain::launch::{is_mobile, is_organization_name, is_person_name};
use crate::domain::link::{Console, Link, Way};
use crate::domain::onboarding::certification::Step;
use crate::domain::onboarding::record::{CompanyData, Transfer};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::introducing::Introduced;
use crate::engine::world::{Outbox, World};

/// What somebody posts. What is left empty is as it is known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    #[serde(default)]
    company: String,
    #[serde(default)]
    credit_code: String,
    #[serde(default)]
    legal_name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    mobile: String,
    #[serde(default)]
    id_card: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    /// Let the platform act.
    Grant,
    /// Hand the company's data in.
    Submit,
    /// Ask the legal person to authorize the administrator.
    LegalPersonAuthorizes,
    /// Prove it as the legal person.
    LegalPerson,
    /// Upload a letter.
    Letter,
    /// Upload a letter that comes with a bank transfer.
    LetterAndTransfer,
    /// The legal person does what they were asked for.
    Agree,
    /// The money has come.
    Transfer,
    /// Prove oneself.
    Prove,
}

/// Shows how far the visitor is.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link, console: &Console) -> Result<Response, Trouble> {
    let stage = visitor.account.try_enter(EdgeTime::read(), |world, _, _| {
        let stage = stage(world, link, console)?;
        if let Stage::Open { .. } = stage {
            world.spend_link(&link.token);
        }
        Ok(stage)
    })?;
    Ok(view::answer(visitor, link, &stage))
}

/// Goes one step on.
pub(super) async fn act(
    visitor: &Visitor<'_>,
    link: &Link,
    console: &Console,
    request: Request,
) -> Result<Response, Trouble> {
    let wish: Wish = posted(request).await?;
    let stage = visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let before = stage(world, link, console)?;
        if !before.offers().contains(&wish.action) {
            return Err(Trouble::AlreadyDone);
        }
        let done = step(world, console, wish, now, outbox)?;
        done.map_err(|refusal| Trouble::refused_to_customer(&refusal))?;
        stage(world, link, console)
    })?;
    if visitor.manner.json {
        return Ok(view::answer(visitor, link, &stage));
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, visitor.place.href())]).into_response())
}

/// How far the company and its employee are.
fn stage(world: &World, link: &Link, console: &Console) -> Result<Stage, Trouble> {
    if world.links.get(&link.token).is_none_or(|link| link.spent) {
        return Err(Trouble::AlreadyOpened);
    }
    let (_, customer) = world.customer(&console.customer).map_err(|_| Trouble::UnknownLink)?;
    let operator = world.customers_employee(&console.customer, &console.operator).map_err(|_| Trouble::UnknownLink)?;
    let company = world.directory.organizations.get(customer.organization.as_str()).map(|one| one.data());
    let company = company.unwrap_or_default();
    if !customer.granted {
        return Ok(Stage::Grant { company });
    }
    let transfer = customer.certification.record.as_ref().and_then(|record| record.transfer);
    Ok(match customer.certification.status {
        Verification::Unverified => Stage::HandIn { company, operator },
        Verification::Verifying => Stage::Choose { company, ways: ways(console) },
        Verification::LegalPersonPending => Stage::LegalPerson { company },
        Verification::LetterPending => Stage::Waiting { company, transfer },
        Verification::LetterRejected => Stage::LetterAgain { company, with_transfer: transfer.is_some() },
        Verification::Verified if !operator.verified => Stage::Prove { company, operator },
        Verification::Verified => Stage::Open { company },
    })
}

fn ways(console: &Console) -> Vec<Way> {
    if console.ways.is_empty() { Way::USUAL.to_vec() } else { console.ways.clone() }
}

impl Stage {
    /// What may be done there.
    fn offers(&self) -> Vec<Action> {
        match self {
            Self::Grant { .. } => vec![Action::Grant],
            Self::HandIn { .. } => vec![Action::Submit],
            Self::Choose { ways, .. } => ways.iter().map(|way| Action::of(*way)).collect(),
            Self::LegalPerson { .. } => vec![Action::Agree],
            Self::Waiting { transfer: Some(Transfer::Pending | Transfer::Failed), .. } => vec![Action::Transfer],
            Self::Waiting { .. } | Self::Open { .. } => Vec::new(),
            Self::LetterAgain { with_transfer: false, .. } => vec![Action::Letter],
            Self::LetterAgain { with_transfer: true, .. } => vec![Action::LetterAndTransfer],
            Self::Prove { .. } => vec![Action::Prove],
        }
    }
}

impl Action {
    fn of(way: Way) -> Self {
        match way {
            Way::Letter => Self::Letter,
            Way::LegalPersonAuthorizes => Self::LegalPersonAuthorizes,
            Way::LetterAndTransfer => Self::LetterAndTransfer,
            Way::LegalPerson => Self::LegalPerson,
        }
    }

    /// Its word in forms and in JSON.
    const fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Submit => "submit",
            Self::LegalPersonAuthorizes => "legal_person_authorizes",
            Self::LegalPerson => "legal_person",
            Self::Letter => "letter",
            Self::LetterAndTransfer => "letter_and_transfer",
            Self::Agree => "agree",
            Self::Transfer => "transfer",
            Self::Prove => "prove",
        }
    }
}

/// Takes the step; what a form lacks is a trouble, what the domain refuses its answer.
fn step(
    world: &mut World,
    console: &Console,
    wish: Wish,
    now: Timestamp,
    outbox: &mut Outbox,
) -> Result<Result<(), Refusal>, Trouble> {
    let key = &console.customer;
    let certification = match wish.action {
        Action::Grant => {
            let operator = world.customers_employee(key, &console.operator).map_err(|_| Trouble::UnknownLink)?;
            return Ok(world.grant(key, &operator.id, now, outbox));
        }
        Action::Submit => {
            let (company, person) = handed_in(world, console, wish)?;
            return Ok(world.hand_in(key, &console.operator, company, &person, now, outbox));
        }
        Action::Prove => {
            let person = person(world, console, &wish)?;
            return Ok(world.prove(key, &console.operator, &person, now, outbox));
        }
        Action::LegalPersonAuthorizes => Step::AskLegalPerson(VerificationMethod::LegalPersonAuthorizes),
        Action::LegalPerson => Step::AskLegalPerson(VerificationMethod::LegalPerson),
        Action::Letter => Step::UploadLetter { with_transfer: false },
        Action::LetterAndTransfer => Step::UploadLetter { with_transfer: true },
        Action::Agree => Step::LegalPersonCompletes,
        Action::Transfer => Step::Transfer(Transfer::Received),
    };
    Ok(world.certify(key, certification, now, outbox))
}

/// The company's data, of which none may be missing but the address, and the administrator's.
fn handed_in(world: &World, console: &Console, wish: Wish) -> Result<(CompanyData, Introduced), Trouble> {
    let person = person(world, console, &wish)?;
    let (_, customer) = world.customer(&console.customer).map_err(|_| Trouble::UnknownLink)?;
    let known = world.directory.organizations.get(customer.organization.as_str()).map(|one| one.data());
    let Wish { company: name, credit_code, legal_name, address, .. } = wish;
    let company = CompanyData { name, credit_code, legal_name, address }.or(&known.unwrap_or_default());
    if !is_organization_name(&company.name) {
        return Err(Trouble::WhoUnfit(Part::Company));
    }
    for (field, value) in [("credit_code", &company.credit_code), ("legal_name", &company.legal_name)] {
        if value.trim().is_empty() {
            return Err(Trouble::FieldEmpty(field.to_owned()));
        }
    }
    Ok((company, person))
}

/// Who somebody says they are; what they leave empty is as it is known.
fn person(world: &World, console: &Console, wish: &Wish) -> Result<Introduced, Trouble> {
    let known = world.customers_employee(&console.customer, &console.operator).map_err(|_| Trouble::UnknownLink)?;
    let or = |said: &str, known: &str| if said.trim().is_empty() { known.to_owned() } else { said.trim().to_owned() };
    let (name, mobile) = (or(&wish.name, &known.name), or(&wish.mobile, &known.mobile));
    if !is_person_name(&name) {
        return Err(Trouble::WhoUnfit(Part::Name));
    }
    if !is_mobile(&mobile) {
        return Err(Trouble::WhoUnfit(Part::Mobile));
    }
    let card = Card { kind: CardKind::IdCard, number: wish.id_card.trim().to_owned() };
    Ok(Introduced { name, mobile, card, role: None })
}
