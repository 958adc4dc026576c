//! Who may sign, and as whom: names, companies, ids and the directory.

use super::NewApprover;
use crate::domain::approver::{Approver, ApproverKind, Party, Person, Slot};
use crate::domain::component::Component;
use crate::domain::directory::Directory;
use crate::domain::employee::Employee;
use crate::domain::flow::Initiator;
use crate::domain::ids::{RecipientId, SignId};
use crate::domain::refusal::Refusal;
use crate::domain::review::Review;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

/// A signer that passed the checks.
pub(super) struct Signer {
    pub(super) kind: ApproverKind,
    pub(super) slot: Slot,
    pub(super) organization: Option<Party>,
    pub(super) person: Person,
    pub(super) components: Vec<Component>,
    pub(super) fills: Vec<Component>,
    pub(super) review: Option<Review>,
}

impl Signer {
    pub(super) fn check(
        wanted: &NewApprover,
        (initiator, operator): (&Initiator, &Employee),
        (scene, now): (Option<&str>, Timestamp),
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let kind = ApproverKind::from_code(wanted.kind).ok_or(Refusal::ApproverTypeInvalid { kind: wanted.kind })?;
        if wanted.open && kind == ApproverKind::OrganizationAutoSign {
            let detail = "a machine cannot be named later".to_owned();
            return Err(Refusal::ValueNotAllowed { field: "ApproverOption.FillType".into(), detail });
        }
        let slot = slot(wanted, kind);
        let (organization, person) = match kind {
            ApproverKind::Organization if slot != Slot::Named => (open_company(wanted, directory)?, Person::default()),
            ApproverKind::Person if slot != Slot::Named => (None, Person::default()),
            ApproverKind::Organization | ApproverKind::OtherOrganizationPin => company_signer(wanted, directory)?,
            ApproverKind::Person | ApproverKind::PersonPin => (None, private_signer(wanted, directory)?),
            ApproverKind::PersonAutoSign => (None, private_machine(wanted, initiator, (scene, now), directory)?),
            ApproverKind::OrganizationAutoSign => machine_signer(wanted, initiator, operator, directory)?,
            ApproverKind::OwnOrganizationPin => (
                Some(own_party(initiator)),
                wanted.user.as_ref().map_or_else(|| Ok(Person::of(operator)), |_| named_or_known(wanted, directory))?,
            ),
        };
        let account = directory.people.get(person.mobile.as_str()).filter(|one| one.name == person.name);
        let opened = |service| directory.has_opened(&initiator.organization, service);
        account.map_or(Ok(()), |one| one.ensure_fit(opened))?;
        Ok(Self { kind, slot, organization, person, components: Vec::new(), fills: Vec::new(), review: None })
    }

    /// Whether it is known who signs.
    pub(super) fn is_known(&self) -> bool {
        self.slot == Slot::Named
    }

    pub(super) fn into_approver(self, wanted: NewApprover, (recipient, sign): (RecipientId, SignId)) -> Approver {
        Approver {
            recipient,
            template_slot: wanted.recipient,
            sign,
            kind: self.kind,
            organization: self.organization,
            slot: self.slot,
            person: Person { email: wanted.email.unwrap_or_default(), ..self.person },
            role_name: wanted.role_name,
            components: self.components,
            fills: self.fills,
            sign_checks: wanted.sign_checks,
            review: self.review,
            notify: wanted.notify,
            reminders: 0,
            no_refuse: wanted.no_refuse,
            no_transfer: wanted.no_transfer,
            deadline: wanted.deadline,
            labels: wanted.labels,
            status: ApproverStatus::NotLaunched,
            due_since: None,
            signature: None,
            message: String::new(),
            forwards: Vec::new(),
        }
    }
}

/// Whether the person is named now. A company that gives no person but a tag names candidates later (`ex CreateFlow`, `ex
/// CreateFlowByFiles`; that the tag is the mark is ASSUMED).
fn slot(wanted: &NewApprover, kind: ApproverKind) -> Slot {
    let given = |value: &Option<String>| value.as_ref().is_some_and(|text| !text.is_empty());
    let anybody = wanted.user.is_some() || given(&wanted.name) || given(&wanted.mobile);
    if anybody {
        Slot::Named
    } else if wanted.open {
        Slot::Open
    } else if kind == ApproverKind::Organization && !wanted.labels.tag.is_empty() {
        Slot::OneOf(Vec::new())
    } else {
        Slot::Named
    }
}

/// The company of a slot whose signer is named later; an open slot may leave the company open too.
fn open_company(wanted: &NewApprover, directory: &Directory) -> Result<Option<Party>, Refusal> {
    match wanted.organization_name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => party_named(name, directory).map(Some),
        None if wanted.open => Ok(None),
        None => Err(Refusal::OrganizationNameMissing),
    }
}

pub(super) fn party_named(name: &str, directory: &Directory) -> Result<Party, Refusal> {
    if !is_organization_name(name) {
        return Err(Refusal::OrganizationNameInvalid { name: name.to_owned() });
    }
    Ok(Party { id: directory.organization_named(name).map(|found| found.id.clone()), name: name.to_owned() })
}

fn own_party(initiator: &Initiator) -> Party {
    Party { id: Some(initiator.organization.clone()), name: initiator.organization_name.clone() }
}

/// A company signs through the named employee, or the one with the `UserId`, whose own data then win
/// (`api CreateFlowByFiles`).
fn company_signer(wanted: &NewApprover, directory: &Directory) -> Result<(Option<Party>, Person), Refusal> {
    let name = wanted.organization_name.as_deref().filter(|name| !name.is_empty());
    let name = name.ok_or(Refusal::OrganizationNameMissing)?;
    let party = party_named(name, directory)?;
    let organization = directory.organization_named(name);
    let person = match &wanted.user {
        Some(user) => {
            let employee = directory.employee(user.as_str());
            let employee = employee.filter(|one| Some(&one.organization) == organization.map(|found| &found.id));
            Person::of(employee.ok_or_else(|| Refusal::OperatorUnknown { user: user.to_string() })?)
        }
        None => {
            let mut person = named(wanted)?;
            let employee = organization.and_then(|found| directory.employee_by_mobile(&found.id, &person.mobile));
            if let Some(employee) = employee.filter(|one| one.name == person.name) {
                person = Person::of(employee);
            }
            person
        }
    };
    Ok((Some(party), person))
}

fn private_signer(wanted: &NewApprover, directory: &Directory) -> Result<Person, Refusal> {
    if wanted.organization_name.as_deref().is_some_and(|name| !name.is_empty()) {
        return Err(Refusal::PersonWithOrganizationName);
    }
    named_or_known(wanted, directory)
}

fn named_or_known(wanted: &NewApprover, directory: &Directory) -> Result<Person, Refusal> {
    match &wanted.user {
        Some(user) if wanted.name.is_none() => {
            let employee = directory.employee(user.as_str());
            Ok(Person::of(employee.ok_or_else(|| Refusal::OperatorUnknown { user: user.to_string() })?))
        }
        _ => named(wanted),
    }
}

/// A machine signs for a person who allowed it in this scene and keeps a signature (`sdk`).
fn private_machine(
    wanted: &NewApprover,
    initiator: &Initiator,
    (scene, now): (Option<&str>, Timestamp),
    directory: &Directory,
) -> Result<Person, Refusal> {
    let person = private_signer(wanted, directory)?;
    let scene = scene.filter(|scene| !scene.is_empty()).ok_or(Refusal::PersonAutoSignSceneMissing)?;
    if !directory.lets_a_machine_sign(&person, &initiator.organization, Some(scene), now) {
        return Err(Refusal::PersonAutoSignNotEnabled { name: person.name });
    }
    if !directory.people.get(person.mobile.as_str()).is_some_and(|account| account.has_signature) {
        return Err(Refusal::PersonHasNoSignature { name: person.name });
    }
    Ok(person)
}

/// Only the own company may sign by machine, or a partner that granted it; its person always is the operator, whatever the
/// request says (`seed scenario-guide`), and for a partner whoever signed the grant (ASSUMED).
fn machine_signer(
    wanted: &NewApprover,
    initiator: &Initiator,
    operator: &Employee,
    directory: &Directory,
) -> Result<(Option<Party>, Person), Refusal> {
    let named = wanted.organization_name.as_deref().filter(|name| !name.is_empty());
    if let Some(name) = named.filter(|name| *name != initiator.organization_name) {
        return partners_machine(name, initiator, directory);
    }
    directory.ensure_company_machine(&initiator.organization, initiator, &operator.id)?;
    Ok((Some(own_party(initiator)), Person::of(operator)))
}

fn partners_machine(
    name: &str,
    initiator: &Initiator,
    directory: &Directory,
) -> Result<(Option<Party>, Person), Refusal> {
    let partner = directory.organization_named(name).filter(|partner| partner.auto_sign);
    let granted = partner.and_then(|partner| Some((partner, directory.partner_grant(&partner.id, initiator)?)));
    let (partner, grant) = granted.ok_or(Refusal::AutoSignNotOpened)?;
    let signer = grant.signed_by.as_ref().and_then(|user| directory.employees.get(user.as_str()));
    let party = Party { id: Some(partner.id.clone()), name: partner.name.clone() };
    Ok((Some(party), signer.map(|one| Person::of(one)).unwrap_or_default()))
}

pub(super) fn named(wanted: &NewApprover) -> Result<Person, Refusal> {
    let given = |value: &Option<String>| value.clone().filter(|text| !text.is_empty());
    let name = given(&wanted.name).ok_or(Refusal::ApproverNameMissing)?;
    let mobile = given(&wanted.mobile).ok_or(Refusal::ApproverMobileMissing)?;
    if !is_person_name(&name) {
        return Err(Refusal::ApproverNameInvalid { name });
    }
    if !is_mobile(&mobile) {
        return Err(Refusal::MobileInvalid { mobile });
    }
    Ok(Person { name, mobile, card: wanted.card.clone().unwrap_or_default(), ..Person::default() })
}

/// 11 digits, prefixes 13 to 19 (`components`, values).
#[must_use]
pub fn is_mobile(text: &str) -> bool {
    text.len() == 11
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.starts_with('1')
        && matches!(text.as_bytes()[1], b'3'..=b'9')
}

/// Letters of any script, with what stands between the parts of a name. ASSUMED: only `&&&` is known to be refused
/// (`ex CreateFlowByFiles`).
#[must_use]
pub fn is_person_name(text: &str) -> bool {
    text.chars().count() <= 50
        && text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '·' | '•' | '.' | ' ' | '-'))
}

/// As registered: Chinese characters and Chinese brackets (`components`, values). Latin letters and digits pass as well:
/// ASSUMED, registered names may have them; ASCII brackets are refused, which is the mistake people make.
#[must_use]
pub fn is_organization_name(text: &str) -> bool {
    text.chars()
        .all(|sign| sign.is_alphanumeric() || matches!(sign, '（' | '）' | '·' | '、' | '“' | '”' | '《' | '》'))
}
