//! Launching a contract: what must hold before there is one (T1, T2, T4).
//!
//! Sources: the table "specific codes for flow-creating actions" (`sdk`; which condition means which code is mostly
//! ASSUMED there), `seed scenario-guide` for who needs what, `api CreateFlowByFiles`, `api CreateFlow`.

mod components;
mod later;
mod show_map;
mod signer;
mod template;
mod wishes;

use std::sync::Arc;

pub(super) use self::components::locate;
pub use self::later::NamedLater;
use self::signer::Signer;
pub use self::signer::{is_mobile, is_organization_name, is_person_name};
use super::approver::{Approver, ApproverKind, Labels, Notify};
use super::component::ComponentKind;
use super::directory::Directory;
use super::employee::{Card, Employee};
use super::event::Happening;
use super::extended_service::ExtendedService;
use super::file::Content;
use super::flow::{CopyRecipient, Document, Flow, FlowState, Initiator, Wishes};
use super::ids::{DocumentId, FlowId, RecipientId, SignId, UserId};
use super::organization::Feature;
use super::refusal::Refusal;
use super::review::{AskedBy, Review};
use super::time::{DAY, Timestamp};
use crate::documents::Placement;

/// The most signers of a contract (`api CreateFlowByFiles`).
pub const SIGNERS: usize = 50;

/// A contract somebody wants.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
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
    /// Whether signers may be added until it is archived.
    pub open_ended: bool,
    /// Whether it must never be released.
    pub no_release: bool,
    /// Whether the signers of the initiator's company need a review.
    pub needs_sign_review: bool,
    /// Whether its start needs a review.
    pub needs_creation_review: bool,
    /// In which scene a machine signs for persons.
    pub auto_sign_scene: Option<String>,
    /// Whether signers may place their components themselves, so that the caller need not (`SignBeanTag` 1).
    pub signers_place_components: bool,
    /// The file, when there is one from the start.
    pub content: Option<Arc<Content>>,
    /// What the initiator fills in, with its values.
    pub fills: Vec<NewComponent>,
    /// The signers, in order.
    pub approvers: Vec<NewApprover>,
    /// Who gets a copy.
    pub copies: Vec<CopyRecipient>,
    /// What else is asked for.
    pub wishes: Wishes,
}

/// A signer somebody wants.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct NewApprover {
    /// What signs: the number of `ApproverType`.
    pub kind: i64,
    /// The slot of the template, where there is one.
    pub recipient: Option<RecipientId>,
    /// Their company.
    pub organization_name: Option<String>,
    /// Their id, instead of name and mobile number.
    pub user: Option<UserId>,
    /// Their name.
    pub name: Option<String>,
    /// Their mobile number.
    pub mobile: Option<String>,
    /// Their mail address.
    pub email: Option<String>,
    /// Their identity card.
    pub card: Option<Card>,
    /// Whether they become known later (`FillType` 1).
    pub open: bool,
    /// What the party is called.
    pub role_name: String,
    /// What they sign with.
    pub components: Vec<NewComponent>,
    /// Whether a person may have a place for a seal among it, as who joins a contract later (`ex CreateDynamicFlowApprover`,
    /// which the guide contradicts: today's examples come first), and a machine leave out which seal it signs with.
    pub may_seal: bool,
    /// What they fill in.
    pub fills: Vec<NewComponent>,
    /// Whether that may come with values, as on a page where somebody launches (`ex CreatePrepareFlow`).
    pub may_preset: bool,
    /// How they may prove who they are when they sign.
    pub sign_checks: Vec<i64>,
    /// Whether their signature needs a review.
    pub needs_review: bool,
    /// Their own deadline.
    pub deadline: Option<Timestamp>,
    /// How they hear of it.
    pub notify: Notify,
    /// Whether they must not refuse.
    pub no_refuse: bool,
    /// Whether they must not hand their task on.
    pub no_transfer: bool,
    /// Labels shown back.
    pub labels: Labels,
}

/// A component somebody wants, by its wire name.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
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
    /// `ComponentRequired`.
    pub required: bool,
    /// `ComponentExtra`.
    pub extra: String,
    /// Where it is meant to go; by its id when left out, as somewhere on the last page when it runs over all.
    pub placement: Option<Placement>,
    /// Whether a keyword that is not there is no mistake (`IgnoreKeywordError`).
    pub ignores_missing_keyword: bool,
    /// The uploaded files its value names.
    pub files: Vec<Arc<Content>>,
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

/// Makes a contract at `now` and starts it.
///
/// # Errors
/// As [`draft`].
pub fn launch(
    new: NewFlow,
    initiator: (&Initiator, &Employee),
    directory: &Directory,
    ids: impl FnOnce() -> FlowIds,
    now: Timestamp,
) -> Result<(Flow, Vec<Happening>), Refusal> {
    let mut flow = draft(new, initiator, directory, ids, now)?;
    let happened = flow.start(now);
    Ok((flow, happened))
}

/// Makes a contract at `now` that has not started; with its document, where the request has one.
///
/// # Errors
/// The first thing that is wrong, signers before components before positions.
pub fn draft(
    new: NewFlow,
    initiator: (&Initiator, &Employee),
    directory: &Directory,
    ids: impl FnOnce() -> FlowIds,
    now: Timestamp,
) -> Result<Flow, Refusal> {
    check_company(&new, initiator.0, directory)?;
    let deadline = new.deadline.unwrap_or_else(|| now.plus(365 * DAY));
    if deadline <= now {
        return Err(Refusal::DeadlineInvalid);
    }
    if new.approvers.is_empty() && !new.open_ended {
        return Err(Refusal::ApproversEmpty);
    }
    wishes::check(&new.wishes, now)?;
    let signers = check_signers(&new, initiator, directory, now, deadline)?;
    show_map::check(&new.wishes.listed_as, signers.len())?;
    let fills = match &new.content {
        Some(content) => components::initiators(&new.fills, content)?,
        None => Vec::new(),
    };

    let ids = ids();
    let (initiator, _) = initiator;
    // A company may have opened that every contract is looked at first (`api ModifyExtendedService`, `FLOW_APPROVAL`).
    let needs_creation_review =
        new.needs_creation_review || directory.has_opened(&initiator.organization, ExtendedService::FlowApproval);
    let document =
        new.content.map(|content| Document { id: ids.document, content, fills, made_at: now, composed: true });
    let approvers = signers.into_iter().zip(new.approvers).zip(ids.approvers);
    Ok(Flow {
        id: ids.flow,
        document,
        initiator: initiator.clone(),
        name: new.name,
        description: new.description,
        kind: new.kind,
        user_data: new.user_data,
        unordered: new.unordered,
        open_ended: new.open_ended,
        no_release: new.no_release,
        template: None,
        group: None,
        approvers: approvers.map(|((signer, wanted), ids)| signer.into_approver(wanted, ids)).collect(),
        copies: new.copies,
        creation_review: needs_creation_review.then(|| Review::asked_by(AskedBy::Flow)),
        remarks: Vec::new(),
        created_at: now,
        updated_at: now,
        deadline,
        state: FlowState::Draft,
        message: String::new(),
        releases: None,
        release: None,
        wishes: new.wishes,
    })
}

/// The signers who join a running contract at `now` (`api CreateDynamicFlowApprover`).
///
/// # Errors
/// As [`draft`]; or they are signers already.
pub fn joining(
    flow: &Flow,
    mut wanted: Vec<NewApprover>,
    auto_sign_scene: Option<String>,
    initiator: (&Initiator, &Employee),
    directory: &Directory,
    ids: impl FnOnce() -> Vec<(RecipientId, SignId)>,
    now: Timestamp,
) -> Result<Vec<Approver>, Refusal> {
    if flow.approvers.len() + wanted.len() > SIGNERS {
        return Err(Refusal::TooManyApprovers { limit: SIGNERS });
    }
    wanted.iter_mut().for_each(|one| one.may_seal = true);
    let new = NewFlow {
        approvers: wanted,
        auto_sign_scene,
        signers_place_components: true,
        content: flow.content().cloned(),
        ..NewFlow::default()
    };
    let signers = check_signers(&new, initiator, directory, now, flow.deadline)?;
    // No machine of another company joins, whatever it granted (`api CreateDynamicFlowApprover`; for platforms ASSUMED).
    let own = Some(&initiator.0.organization);
    let partners = |one: &Signer| {
        one.kind == ApproverKind::OrganizationAutoSign
            && one.organization.as_ref().and_then(|party| party.id.as_ref()) != own
    };
    if signers.iter().any(partners) {
        return Err(Refusal::AutoSignNotOpened);
    }
    let is_there = |signer: &Signer| {
        let same = |one: &&Approver| {
            one.kind == signer.kind
                && one.organization == signer.organization
                && one.person.mobile == signer.person.mobile
        };
        signer.is_known() && flow.approvers.iter().any(|one| same(&one))
    };
    if let Some(twice) = signers.iter().find(|one| is_there(one)) {
        return Err(Refusal::ApproverRepeated { name: twice.person.name.clone() });
    }
    let joining = signers.into_iter().zip(new.approvers).zip(ids());
    Ok(joining.map(|((signer, wanted), ids)| signer.into_approver(wanted, ids)).collect())
}

/// Who signs, with what, where.
fn check_signers(
    new: &NewFlow,
    (initiator, operator): (&Initiator, &Employee),
    directory: &Directory,
    now: Timestamp,
    deadline: Timestamp,
) -> Result<Vec<Signer>, Refusal> {
    if new.approvers.len() > SIGNERS {
        return Err(Refusal::TooManyApprovers { limit: SIGNERS });
    }
    let scene = new.auto_sign_scene.as_deref();
    let mut signers = new
        .approvers
        .iter()
        .map(|wanted| Signer::check(wanted, (initiator, operator), (scene, now), directory))
        .collect::<Result<Vec<_>, _>>()?;
    check_repeats(&signers)?;
    check_copies(&new.copies, &signers)?;
    for wanted in &new.approvers {
        if wanted.deadline.is_some_and(|own| own <= now || own > deadline) {
            return Err(Refusal::ApproverDeadlineInvalid);
        }
    }
    if let Some(content) = &new.content {
        for (signer, wanted) in signers.iter_mut().zip(&new.approvers) {
            let may_be_empty = new.signers_place_components;
            signer.components = components::check(wanted, signer.kind, initiator, (directory, now), may_be_empty)?;
            signer.fills = components::fills(wanted)?;
        }
        check_machines_and_fills(&signers, initiator, directory)?;
        for (signer, wanted) in signers.iter_mut().zip(&new.approvers) {
            components::locate(&mut signer.components, &wanted.components, content)?;
            components::locate(&mut signer.fills, &wanted.fills, content)?;
        }
    }
    for (signer, wanted) in signers.iter_mut().zip(&new.approvers) {
        let own = signer.organization.as_ref().and_then(|party| party.id.as_ref()) == Some(&initiator.organization);
        signer.review = if wanted.needs_review {
            Some(Review::asked_by(AskedBy::Approver))
        } else {
            (new.needs_sign_review && own).then(|| Review::asked_by(AskedBy::Flow))
        };
    }
    Ok(signers)
}

/// Whether the initiating company may launch this at all (`sdk`, the codes that say so).
fn check_company(new: &NewFlow, initiator: &Initiator, directory: &Directory) -> Result<(), Refusal> {
    let Some(company) = directory.organizations.get(initiator.organization.as_str()) else { return Ok(()) };
    company.ensure_may_launch()?;
    if !new.copies.is_empty() && company.lacks.contains(&Feature::Copies) {
        return Err(Refusal::CcForbidden);
    }
    Ok(())
}

/// Where a company's machine signs, nobody fills in (`seed scenario-guide`), unless the initiating company opened that
/// (`api ModifyExtendedService`, `AUTO_SIGN_CAN_FILL_IN`).
fn check_machines_and_fills(signers: &[Signer], initiator: &Initiator, directory: &Directory) -> Result<(), Refusal> {
    let machine = signers.iter().any(|one| one.kind == ApproverKind::OrganizationAutoSign);
    let may = directory.has_opened(&initiator.organization, ExtendedService::AutoSignCanFillIn);
    if machine && !may && signers.iter().any(|one| !one.fills.is_empty()) {
        return Err(Refusal::AutoSignWithFillComponents);
    }
    Ok(())
}

/// The same signer twice: same kind, same company, same mobile number. One person may sign for themselves, for a company
/// and lend their name to its machine. ASSUMED: the code's description only says "repeated".
fn check_repeats(signers: &[Signer]) -> Result<(), Refusal> {
    for (index, one) in signers.iter().enumerate().filter(|(_, one)| one.is_known()) {
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
    for (index, copy) in copies.iter().enumerate().filter(|(_, copy)| !copy.mobile.is_empty()) {
        let repeated = copies[..index].iter().any(|other| other.mobile == copy.mobile)
            || signers.iter().any(|signer| signer.person.mobile == copy.mobile);
        if repeated {
            return Err(Refusal::CcRepeated { name: copy.name.clone() });
        }
    }
    Ok(())
}

impl NewComponent {
    /// Its kind.
    fn kind(&self) -> Result<ComponentKind, Refusal> {
        ComponentKind::from_wire(&self.kind).ok_or_else(|| Refusal::ComponentTypeUnknown { kind: self.kind.clone() })
    }
}

#[cfg(test)]
mod tests;
