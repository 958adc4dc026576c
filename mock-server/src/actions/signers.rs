//! What links have in common in both services: whose they are, and of which contracts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::actions::words::given;
use crate::domain::approver::Approver;
use crate::domain::employee::{Card, CardKind};
use crate::domain::flow::Flow;
use crate::domain::group::FlowGroup;
use crate::domain::link::Task;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// An identity card of a request; without a kind it is a mainland one (`api CreateBatchSignUrl`, IdCardType).
pub(in crate::actions) fn card(kind: &Option<String>, number: &Option<String>) -> Option<Card> {
    let kind = given(kind).and_then(|kind| CardKind::from_wire(kind)).unwrap_or_default();
    given(number).map(|number| Card { kind, number: number.clone() })
}

/// Each once, in the order given: a link keeps no more than there are kinds.
pub(in crate::actions) fn distinct<T>(kinds: Option<Vec<T>>) -> Vec<i64>
where
    i64: TryFrom<T>,
{
    let mut seen = BTreeSet::new();
    let kinds = kinds.into_iter().flatten().filter_map(|kind| i64::try_from(kind).ok());
    kinds.filter(|kind| seen.insert(*kind)).collect()
}

/// The contracts of a group.
pub(in crate::actions) fn flows_of(call: &Call<'_>, group: &FlowGroup) -> Vec<Arc<Flow>> {
    group.flows.iter().filter_map(|id| call.world.flows.get(id.as_str()).cloned()).collect()
}

/// Contracts the caller's company launched; one named twice counts once (ASSUMED).
///
/// # Errors
/// As [`Call::own_flow`].
pub(in crate::actions) fn own_flows<'a>(
    call: &Call<'_>,
    ids: impl Iterator<Item = &'a str>,
) -> Result<Vec<Arc<Flow>>, Refusal> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).map(|id| call.own_flow(id)).collect()
}

/// One contract of a link, for this signer.
pub(in crate::actions) fn task(flow: &Flow, approver: &Approver) -> Task {
    Task { flow: flow.id.clone(), recipient: Some(approver.recipient.clone()) }
}

/// Which slot is meant in which contract.
pub(in crate::actions) type Slots<'a> = BTreeMap<&'a str, &'a str>;

/// The slots a request names, by their contracts.
pub(in crate::actions) fn by_flow<'a>(
    slots: impl Iterator<Item = (&'a Option<String>, &'a Option<String>)>,
) -> Slots<'a> {
    slots.map(|(flow, slot)| (flow.as_deref().unwrap_or_default(), slot.as_deref().unwrap_or_default())).collect()
}

/// The slot meant in `flow`, in which nobody is named yet. Where no slot is named for the contract itself, it is the one that
/// is named for another: an example does so (`ex CreateBatchQuickSignUrl`).
///
/// # Errors
/// There is no such slot, or somebody is named already.
pub(in crate::actions) fn open_slot<'a>(flow: &'a Flow, slots: &Slots<'_>) -> Result<&'a Approver, Refusal> {
    let own = slots.get(flow.id.as_str()).copied();
    let approver = match own {
        Some(recipient) => flow.approver(recipient),
        None => slots.values().find_map(|recipient| flow.approver(recipient)),
    };
    let unknown = || Refusal::ApproverUnknown { approver: own.unwrap_or_default().to_owned() };
    let approver = approver.ok_or_else(unknown)?;
    if approver.is_vacant() {
        Ok(approver)
    } else {
        Err(Refusal::SlotTaken { approver: approver.recipient.to_string() })
    }
}

/// It must be this signer's turn to sign, by themselves.
///
/// # Errors
/// It is not.
pub(in crate::actions) fn ensure_waiting(approver: &Approver) -> Result<(), Refusal> {
    waiting(approver, approver.is_due())
}

/// It must be this signer's turn, to sign or to fill in, by themselves.
///
/// # Errors
/// It is not.
pub(in crate::actions) fn ensure_due(approver: &Approver) -> Result<(), Refusal> {
    waiting(approver, approver.is_due() || approver.is_due_to_fill())
}

fn waiting(approver: &Approver, due: bool) -> Result<(), Refusal> {
    if due && !approver.kind.is_machine() {
        Ok(())
    } else {
        Err(Refusal::ApproverNotWaiting { approver: approver.recipient.to_string() })
    }
}
