//! Launching a contract from a file: what must hold before there is one (transition T4).
//!
//! Sources: the table "specific codes for flow-creating actions" (`sdk`; which condition means which code is mostly
//! ASSUMED there), `seed scenario-guide` for who needs what, `api CreateFlowByFiles`.

use std::sync::Arc;

use super::approver::{Approver, ApproverKind, Labels, Notify, Party, Person};
use super::component::{Component, ComponentKind};
use super::directory::Directory;
use super::employee::{Card, Employee};
use super::event::Happening;
use super::file::Content;
use super::flow::{CopyRecipient, Flow, FlowState, Initiator};
use super::ids::{DocumentId, FlowId, RecipientId, SealId, SignId, UserId};
use super::refusal::Refusal;
use super::status::ApproverStatus;
use super::time::{DAY, Timestamp};
use crate::documents::Area;

/// A contract somebody wants to launch.
#[derive(Clone, Debug)]
pub struct NewFlow {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The caller's word for its kind.
    pub kind: String,
    /// What the caller wants back in callbacks.
    pub user_data: String,
    /// When it expires; a year from now when left out.
    pub deadline: Option<Timestamp>,
    /// Whether everybody may sign at once.
    pub unordered: bool,
    /// Whether signers may place their components themselves, so that the caller need not (`SignBeanTag` 1).
    pub signers_place_components: bool,
    /// The file.
    pub content: Arc<Content>,
    /// The signers, in order.
    pub approvers: Vec<NewApprover>,
    /// Who gets a copy.
    pub copies: Vec<CopyRecipient>,
}

/// A signer somebody wants.
#[derive(Clone, Debug, Default)]
pub struct NewApprover {
    /// What signs: the number of `ApproverType`.
    pub kind: i64,
    /// Their company.
    pub organization_name: Option<String>,
    /// Their id, instead of name and mobile number.
    pub user: Option<UserId>,
    /// Their name.
    pub name: Option<String>,
    /// Their mobile number.
    pub mobile: Option<String>,
    /// Their identity card.
    pub card: Option<Card>,
    /// What the party is called.
    pub role_name: String,
    /// What they sign with.
    pub components: Vec<NewComponent>,
    /// Their own deadline.
    pub deadline: Option<Timestamp>,
    /// How they hear of it.
    pub notify: Notify,
    /// Whether they must not refuse.
    pub no_refuse: bool,
    /// Labels shown back.
    pub labels: Labels,
}

/// A component somebody wants, by its wire name; where it stands is found by the caller of [`launch`].
#[derive(Clone, Debug, Default)]
pub struct NewComponent {
    /// `ComponentType`.
    pub kind: String,
    /// `FileIndex`.
    pub file_index: i64,
    /// `ComponentId`.
    pub id: String,
    /// `ComponentName`.
    pub name: String,
    /// `ComponentValue`.
    pub value: String,
    /// `ComponentExtra`.
    pub extra: String,
}

/// Fresh ids for one contract.
pub struct FlowIds {
    /// The contract's.
    pub flow: FlowId,
    /// Its document's.
    pub document: DocumentId,
    /// For each signer: the slot's and the task's.
    pub approvers: Vec<(RecipientId, SignId)>,
}

/// Launches a contract at `now`. `locate(signer, component)` says where a component stands on the document's pages.
///
/// # Errors
/// The first thing that is wrong, signers before components before positions.
pub fn launch(
    new: NewFlow,
    initiator: (&Initiator, &Employee),
    directory: &Directory,
    locate: &dyn Fn(usize, usize) -> Result<Vec<Area>, Refusal>,
    ids: impl FnOnce() -> FlowIds,
    now: Timestamp,
) -> Result<(Flow, Vec<Happening>), Refusal> {
    let (initiator, operator) = initiator;
    let deadline = new.deadline.unwrap_or_else(|| now.plus(365 * DAY));
    if deadline <= now {
        return Err(Refusal::DeadlineInvalid);
    }
    if new.approvers.is_empty() {
        return Err(Refusal::ApproversEmpty);
    }
    let mut signers = new
        .approvers
        .iter()
        .map(|wanted| Signer::check(wanted, initiator, operator, directory))
        .collect::<Result<Vec<_>, _>>()?;
    check_repeats(&signers)?;
    check_copies(&new.copies, &signers)?;
    for wanted in &new.approvers {
        if wanted.deadline.is_some_and(|own| own <= now || own > deadline) {
            return Err(Refusal::ApproverDeadlineInvalid);
        }
    }
    for (signer, wanted) in signers.iter_mut().zip(&new.approvers) {
        signer.components = check_components(wanted, signer.kind, initiator, directory, new.signers_place_components)?;
    }
    for (index, signer) in signers.iter_mut().enumerate() {
        for (place, component) in signer.components.iter_mut().enumerate() {
            component.areas = locate(index, place)?;
        }
    }

    let ids = ids();
    let approvers = signers.into_iter().zip(new.approvers).zip(ids.approvers);
    let mut flow = Flow {
        id: ids.flow,
        document: ids.document,
        initiator: initiator.clone(),
        name: new.name,
        description: new.description,
        kind: new.kind,
        user_data: new.user_data,
        unordered: new.unordered,
        content: new.content,
        approvers: approvers.map(|((signer, wanted), ids)| signer.into_approver(wanted, ids)).collect(),
        copies: new.copies,
        created_at: now,
        updated_at: now,
        deadline,
        state: FlowState::Signing,
        message: String::new(),
    };
    flow.call_next(now);
    Ok((flow, vec![Happening::Charged, Happening::Started]))
}

/// A signer that passed the checks.
struct Signer {
    kind: ApproverKind,
    organization: Option<Party>,
    person: Person,
    components: Vec<Component>,
}

impl Signer {
    fn check(
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

    fn into_approver(self, wanted: NewApprover, (recipient, sign): (RecipientId, SignId)) -> Approver {
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

/// The same signer twice: same kind, same company, same mobile number. One person may sign for themselves, for a company
/// and lend their name to its machine. ASSUMED: the code's description only says "repeated".
fn check_repeats(signers: &[Signer]) -> Result<(), Refusal> {
    for (index, one) in signers.iter().enumerate() {
        let repeated = signers[..index].iter().any(|other| {
            other.kind == one.kind && other.organization == one.organization && other.person.mobile == one.person.mobile
        });
        if repeated {
            return Err(Refusal::ApproverRepeated { name: one.person.name.clone() });
        }
    }
    Ok(())
}

fn check_copies(copies: &[CopyRecipient], signers: &[Signer]) -> Result<(), Refusal> {
    for (index, copy) in copies.iter().enumerate() {
        let repeated = copies[..index].iter().any(|other| other.mobile == copy.mobile)
            || signers.iter().any(|signer| signer.person.mobile == copy.mobile);
        if repeated {
            return Err(Refusal::CcRepeated { name: copy.name.clone() });
        }
    }
    Ok(())
}

fn check_components(
    wanted: &NewApprover,
    kind: ApproverKind,
    initiator: &Initiator,
    directory: &Directory,
    may_be_empty: bool,
) -> Result<Vec<Component>, Refusal> {
    if wanted.components.is_empty() && !(may_be_empty && kind != ApproverKind::OrganizationAutoSign) {
        return Err(Refusal::SignComponentsMissing);
    }
    let components = wanted.components.iter().map(|one| check_component(one, kind, initiator, directory));
    let components = components.collect::<Result<Vec<_>, _>>()?;
    if kind == ApproverKind::OrganizationAutoSign && !components.iter().any(|one| one.kind.is_seal()) {
        return Err(Refusal::AutoSignSealMissing);
    }
    Ok(components)
}

fn check_component(
    wanted: &NewComponent,
    kind: ApproverKind,
    initiator: &Initiator,
    directory: &Directory,
) -> Result<Component, Refusal> {
    if wanted.file_index != 0 {
        return Err(Refusal::ComponentFileIndexInvalid { index: wanted.file_index });
    }
    let component = ComponentKind::from_wire(&wanted.kind).ok_or_else(|| match wanted.kind.as_str() {
        "SIGN_PAGING_SEAL" | "SIGN_PAGING_SIGNATURE" | "SIGN_OPINION" | "SIGN_VIRTUAL_COMBINATION" => {
            Refusal::NotModelled { what: wanted.kind.clone() }
        }
        "SIGN_MULTI_LINE_TEXT" | "SIGN_SELECTOR" => Refusal::ComponentTypeNotAllowed { kind: wanted.kind.clone() },
        _ => Refusal::ComponentTypeUnknown { kind: wanted.kind.clone() },
    })?;
    let machine = kind == ApproverKind::OrganizationAutoSign;
    if machine && component.is_handwritten() {
        return Err(Refusal::AutoSignWithSignature);
    }
    if !component.allowed_for(kind) {
        return Err(Refusal::ComponentTypeNotAllowed { kind: wanted.kind.clone() });
    }
    if component.is_seal() && machine && wanted.value.is_empty() {
        return Err(Refusal::AutoSignSealMissing);
    }
    if component.is_seal() && !wanted.value.is_empty() {
        check_seal(&SealId::from(wanted.value.as_str()), machine, initiator, directory)?;
    }
    Ok(Component {
        kind: component,
        id: wanted.id.clone(),
        name: wanted.name.clone(),
        value: wanted.value.clone(),
        extra: wanted.extra.clone(),
        areas: Vec::new(),
    })
}

/// A named seal must exist; a machine's must be the own company's and enabled.
fn check_seal(seal: &SealId, machine: bool, initiator: &Initiator, directory: &Directory) -> Result<(), Refusal> {
    match directory.seals.get(seal.as_str()) {
        None => Err(Refusal::SealUnknown { seal: seal.to_string() }),
        Some(found) if machine && !(found.enabled && found.organization == initiator.organization) => {
            Err(Refusal::AutoSignSealNotUsable { seal: seal.to_string() })
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{NOW, at, launch_sample, sample_flow};
    use super::super::status::FlowStatus;
    use super::*;

    fn refused(change: impl FnOnce(&mut NewFlow)) -> Refusal {
        let mut new = sample_flow();
        change(&mut new);
        launch_sample(new).unwrap_err()
    }

    #[test]
    fn a_launched_contract_waits_for_its_first_signer() {
        let (flow, happened) = launch_sample(sample_flow()).unwrap();
        assert_eq!(flow.status(), FlowStatus::Signing);
        assert_eq!(flow.approvers.iter().map(|one| one.status.code()).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(flow.deadline, NOW.plus(365 * DAY), "a year when nothing is said");
        assert_eq!(happened, [Happening::Charged, Happening::Started]);
    }

    #[test]
    fn the_machine_signs_in_the_operators_name_whatever_the_request_says() {
        let mut new = sample_flow();
        new.approvers[2].name = Some("别人".into());
        let (flow, _) = launch_sample(new).unwrap();
        assert_eq!(flow.approvers[2].person.name, "典子谦");
    }

    #[test]
    fn a_user_id_beats_name_and_mobile() {
        let mut new = sample_flow();
        new.approvers[0].user = Some("operator".into());
        new.approvers[0].name = Some("别人".into());
        let (flow, _) = launch_sample(new).unwrap();
        assert_eq!(flow.approvers[0].person.name, "典子谦");
    }

    #[test]
    fn every_mistake_has_its_own_refusal() {
        type Change = fn(&mut NewFlow);
        let cases: [(&str, Change, Refusal); 19] = [
            ("past deadline", |new| new.deadline = Some(NOW), Refusal::DeadlineInvalid),
            ("nobody", |new| new.approvers.clear(), Refusal::ApproversEmpty),
            ("unheard-of kind", |new| new.approvers[0].kind = 2, Refusal::ApproverTypeInvalid { kind: 2 }),
            ("no company", |new| new.approvers[0].organization_name = None, Refusal::OrganizationNameMissing),
            (
                "ASCII brackets",
                |new| new.approvers[0].organization_name = Some("示例(测试)公司".into()),
                Refusal::OrganizationNameInvalid { name: "示例(测试)公司".into() },
            ),
            (
                "a person with a company",
                |new| new.approvers[1].organization_name = Some("示例企业".into()),
                Refusal::PersonWithOrganizationName,
            ),
            ("no name", |new| new.approvers[1].name = None, Refusal::ApproverNameMissing),
            ("no mobile", |new| new.approvers[1].mobile = Some(String::new()), Refusal::ApproverMobileMissing),
            (
                "impossible name",
                |new| new.approvers[1].name = Some("典子谦&&&".into()),
                Refusal::ApproverNameInvalid { name: "典子谦&&&".into() },
            ),
            (
                "10 digits",
                |new| new.approvers[1].mobile = Some("1380000000".into()),
                Refusal::MobileInvalid { mobile: "1380000000".into() },
            ),
            (
                "the same twice",
                |new| new.approvers.insert(2, new.approvers[1].clone()),
                Refusal::ApproverRepeated { name: "张三".into() },
            ),
            (
                "own deadline after the contract's",
                |new| {
                    new.deadline = Some(at(50));
                    new.approvers[1].deadline = Some(at(51));
                },
                Refusal::ApproverDeadlineInvalid,
            ),
            ("nothing to sign", |new| new.approvers[1].components.clear(), Refusal::SignComponentsMissing),
            (
                "a person with a seal",
                |new| new.approvers[1].components[0].kind = "SIGN_SEAL".into(),
                Refusal::ComponentTypeNotAllowed { kind: "SIGN_SEAL".into() },
            ),
            (
                "a component nobody knows",
                |new| new.approvers[1].components[0].kind = "SIGN_X".into(),
                Refusal::ComponentTypeUnknown { kind: "SIGN_X".into() },
            ),
            (
                "a second file",
                |new| new.approvers[1].components[0].file_index = 1,
                Refusal::ComponentFileIndexInvalid { index: 1 },
            ),
            (
                "a machine with a hand",
                |new| new.approvers[2].components[0].kind = "SIGN_SIGNATURE".into(),
                Refusal::AutoSignWithSignature,
            ),
            (
                "a machine without a seal",
                |new| new.approvers[2].components[0].value.clear(),
                Refusal::AutoSignSealMissing,
            ),
            (
                "a seal nobody has",
                |new| new.approvers[2].components[0].value = "nobody's".into(),
                Refusal::SealUnknown { seal: "nobody's".into() },
            ),
        ];
        for (name, change, expected) in cases {
            assert_eq!(refused(change), expected, "{name}");
        }
    }

    #[test]
    fn a_copy_recipient_may_neither_repeat_nor_sign() {
        let copy =
            |mobile: &str| CopyRecipient { name: "李四".into(), mobile: mobile.into(), organization_name: None };
        assert_eq!(
            refused(|new| new.copies = vec![copy("15100000000"), copy("15100000000")]),
            Refusal::CcRepeated { name: "李四".into() }
        );
        assert_eq!(refused(|new| new.copies = vec![copy("18888888888")]), Refusal::CcRepeated { name: "李四".into() });
    }

    #[test]
    fn a_foreign_or_disabled_seal_is_not_for_the_machine() {
        for seal in ["foreign", "disabled"] {
            assert_eq!(
                refused(|new| new.approvers[2].components[0].value = seal.into()),
                Refusal::AutoSignSealNotUsable { seal: seal.into() }
            );
        }
    }
}
