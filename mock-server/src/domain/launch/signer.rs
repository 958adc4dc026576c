//! Who may sign, and as whom: names, companies, ids and the directory.

use super::NewApprover;
use crate::domain::approver::{Approver, ApproverKind, Party, Person};
use crate::domain::component::Component;
use crate::domain::directory::Directory;
use crate::domain::employee::Employee;
use crate::domain::flow::Initiator;
use crate::domain::ids::{RecipientId, SignId};
use crate::domain::refusal::Refusal;
use crate::domain::status::ApproverStatus;

/// A signer that passed the checks.
pub(super) struct Signer {
    pub(super) kind: ApproverKind,
    pub(super) organization: Option<Party>,
    pub(super) person: Person,
    pub(super) components: Vec<Component>,
}

impl Signer {
    pub(super) fn check(
        wanted: &NewApprover,
        initiator: &Initiator,
        operator: &Employee,
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let kind = match wanted.kind {
            0 => ApproverKind::Organization,
            1 => ApproverKind::Person,
            3 => ApproverKind::OrganizationAutoSign,
            7..=10 => return Err(Refusal::NotModelled { what: format!("ApproverType {}", wanted.kind) }),
            other => return Err(Refusal::ApproverTypeInvalid { kind: other }),
        };
        let (organization, person) = match kind {
            ApproverKind::Organization => company_signer(wanted, directory)?,
            ApproverKind::Person => (None, private_signer(wanted, directory)?),
            ApproverKind::OrganizationAutoSign => machine_signer(wanted, initiator, operator, directory)?,
        };
        Ok(Self { kind, organization, person, components: Vec::new() })
    }

    pub(super) fn into_approver(self, wanted: NewApprover, (recipient, sign): (RecipientId, SignId)) -> Approver {
        Approver {
            recipient,
            sign,
            kind: self.kind,
            organization: self.organization,
            person: self.person,
            role_name: wanted.role_name,
            components: self.components,
            notify: wanted.notify,
            no_refuse: wanted.no_refuse,
            deadline: wanted.deadline,
            labels: wanted.labels,
            status: ApproverStatus::NotYetDue,
            due_since: None,
            signature: None,
            message: String::new(),
        }
    }
}

/// A company signs through the named employee, or the one with the `UserId`, whose own data then win
/// (`api CreateFlowByFiles`).
fn company_signer(wanted: &NewApprover, directory: &Directory) -> Result<(Option<Party>, Person), Refusal> {
    let name = wanted.organization_name.as_deref().filter(|name| !name.is_empty());
    let name = name.ok_or(Refusal::OrganizationNameMissing)?;
    if !is_organization_name(name) {
        return Err(Refusal::OrganizationNameInvalid { name: name.to_owned() });
    }
    let organization = directory.organization_named(name);
    let person = match &wanted.user {
        Some(user) => {
            let employee = directory.employees.get(user.as_str());
            let employee = employee.filter(|one| Some(&one.organization) == organization.map(|found| &found.id));
            known(employee.ok_or_else(|| Refusal::OperatorUnknown { user: user.to_string() })?)
        }
        None => {
            let mut person = named(wanted)?;
            let employee = organization.and_then(|found| directory.employee_by_mobile(&found.id, &person.mobile));
            if let Some(employee) = employee.filter(|one| one.name == person.name) {
                person = known(employee);
            }
            person
        }
    };
    Ok((Some(Party { id: organization.map(|found| found.id.clone()), name: name.to_owned() }), person))
}

fn private_signer(wanted: &NewApprover, directory: &Directory) -> Result<Person, Refusal> {
    if wanted.organization_name.as_deref().is_some_and(|name| !name.is_empty()) {
        return Err(Refusal::PersonWithOrganizationName);
    }
    match &wanted.user {
        Some(user) if wanted.name.is_none() => {
            let employee = directory.employees.get(user.as_str());
            Ok(known(employee.ok_or_else(|| Refusal::OperatorUnknown { user: user.to_string() })?))
        }
        _ => named(wanted),
    }
}

/// Only the own company may sign by machine; its person always is the operator, whatever the request says
/// (`seed scenario-guide`).
fn machine_signer(
    wanted: &NewApprover,
    initiator: &Initiator,
    operator: &Employee,
    directory: &Directory,
) -> Result<(Option<Party>, Person), Refusal> {
    let own = directory.organizations.get(initiator.organization.as_str());
    let foreign =
        wanted.organization_name.as_deref().is_some_and(|name| !name.is_empty() && name != initiator.organization_name);
    if foreign || !own.is_some_and(|organization| organization.auto_sign) {
        return Err(Refusal::AutoSignNotOpened);
    }
    let party = Party { id: Some(initiator.organization.clone()), name: initiator.organization_name.clone() };
    Ok((Some(party), known(operator)))
}

fn known(employee: &Employee) -> Person {
    Person {
        user: Some(employee.id.clone()),
        name: employee.name.clone(),
        mobile: employee.mobile.clone(),
        card: employee.card.clone(),
    }
}

fn named(wanted: &NewApprover) -> Result<Person, Refusal> {
    let given = |value: &Option<String>| value.clone().filter(|text| !text.is_empty());
    let name = given(&wanted.name).ok_or(Refusal::ApproverNameMissing)?;
    let mobile = given(&wanted.mobile).ok_or(Refusal::ApproverMobileMissing)?;
    if !is_person_name(&name) {
        return Err(Refusal::ApproverNameInvalid { name });
    }
    if !is_mobile(&mobile) {
        return Err(Refusal::MobileInvalid { mobile });
    }
    Ok(Person { user: None, name, mobile, card: wanted.card.clone().unwrap_or_default() })
}

/// 11 digits, prefixes 13 to 19 (`components`, values).
fn is_mobile(text: &str) -> bool {
    text.len() == 11
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.starts_with('1')
        && matches!(text.as_bytes()[1], b'3'..=b'9')
}

/// Letters of any script, with what stands between the parts of a name. ASSUMED: only `&&&` is known to be refused
/// (`ex CreateFlowByFiles`).
fn is_person_name(text: &str) -> bool {
    text.chars().count() <= 50
        && text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '·' | '•' | '.' | ' ' | '-'))
}

/// As registered: Chinese characters and Chinese brackets (`components`, values). Latin letters and digits pass as well:
/// ASSUMED, registered names may have them; ASCII brackets are refused, which is the mistake people make.
fn is_organization_name(text: &str) -> bool {
    text.chars()
        .all(|sign| sign.is_alphanumeric() || matches!(sign, '（' | '）' | '·' | '、' | '“' | '”' | '《' | '》'))
}
