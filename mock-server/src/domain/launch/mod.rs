//! Launching a contract from a file: what must hold before there is one (transition T4).
//!
//! Sources: the table "specific codes for flow-creating actions" (`sdk`; which condition means which code is mostly
//! ASSUMED there), `seed scenario-guide` for who needs what, `api CreateFlowByFiles`.

mod components;
mod signer;

use std::sync::Arc;

use self::signer::Signer;
use super::approver::{Labels, Notify};
use super::directory::Directory;
use super::employee::{Card, Employee};
use super::event::Happening;
use super::file::Content;
use super::flow::{CopyRecipient, Flow, FlowState, Initiator};
use super::ids::{DocumentId, FlowId, RecipientId, SignId, UserId};
use super::refusal::Refusal;
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
        signer.components = components::check(wanted, signer.kind, initiator, directory, new.signers_place_components)?;
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

#[cfg(test)]
mod tests;
