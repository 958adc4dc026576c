//! The domain's refusals in plain English, and the names of states.

use super::errors::Failure;
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::domain::status::{ApproverStatus, FlowStatus};

/// Why `flow` refused an act.
pub(super) fn explain(refusal: &Refusal, flow: &Flow) -> Failure {
    let id = &flow.id;
    if let Refusal::ApproverNotWaiting { approver } = refusal {
        let standing = flow.approver(approver).map_or("unknown", |one| approver_status(one.status));
        return Failure::conflict(format!(
            "Approver {approver} of contract {id} cannot act now: their status is {standing}. {}",
            whose_turn(flow)
        ));
    }
    if let Refusal::RefusalForbidden { approver } = refusal {
        return Failure::conflict(format!(
            "Approver {approver} of contract {id} must not refuse: the contract was launched with NoRefuse for them."
        ));
    }
    if flow.ensure_open().is_err() {
        let status = flow_status(flow.status());
        return Failure::conflict(format!(
            "Contract {id} has ended: its status is {status}, and nothing changes it any more."
        ));
    }
    let values: String = refusal.values().iter().map(|(name, value)| format!(", {name}: {value}")).collect();
    Failure::conflict(format!("Contract {id} refuses this ({}{values}).", refusal.row()))
}

/// Who can act, as a sentence.
pub(super) fn whose_turn(flow: &Flow) -> String {
    let due: Vec<String> = flow
        .approvers
        .iter()
        .enumerate()
        .filter(|(_, one)| one.is_due() || one.is_due_to_fill())
        .map(|(index, one)| format!("{index} ({}, {})", one.recipient, one.person.name))
        .collect();
    match due.as_slice() {
        [] => "Nobody is due.".to_owned(),
        [one] => format!("It is the turn of approver {one}."),
        [..] => format!("It is the turn of approvers {}.", due.join(", ")),
    }
}

/// What signs, in one word.
pub(super) fn approver_kind(approver: &Approver) -> &'static str {
    match approver.kind {
        ApproverKind::Organization => "organization",
        ApproverKind::Person => "person",
        ApproverKind::OrganizationAutoSign => "auto_sign",
        ApproverKind::PersonAutoSign => "person_auto_sign",
        ApproverKind::OwnOrganizationPin => "organization_pin",
        ApproverKind::OtherOrganizationPin => "other_organization_pin",
        ApproverKind::PersonPin => "person_pin",
    }
}

/// The name of a contract's status.
pub(super) fn flow_status(status: FlowStatus) -> &'static str {
    match status {
        FlowStatus::NotStarted => "not_started",
        FlowStatus::Signing => "signing",
        FlowStatus::PartlySigned => "partly_signed",
        FlowStatus::Rejected => "rejected",
        FlowStatus::Signed => "signed",
        FlowStatus::Expired => "expired",
        FlowStatus::Cancelled => "cancelled",
        FlowStatus::NotStartedWithFill => "not_started_with_fill",
        FlowStatus::Filling => "filling",
        FlowStatus::PartlyFilled => "partly_filled",
        FlowStatus::FillRejected => "fill_rejected",
        FlowStatus::Invalidated => "invalidated",
        FlowStatus::Released => "released",
    }
}

/// Whether a contract can have a status of this name.
pub(super) fn check_flow_status(name: &str) -> Result<(), Failure> {
    let names = FlowStatus::ALL.map(flow_status);
    if names.contains(&name) {
        return Ok(());
    }
    Err(Failure::bad_request(format!("status: no contract can be `{name}`. Expected one of {}.", names.join(", "))))
}

/// The name of an approver's status.
pub(super) fn approver_status(status: ApproverStatus) -> &'static str {
    match status {
        ApproverStatus::NotLaunched => "not_launched",
        ApproverStatus::NotYetDue => "not_yet_due",
        ApproverStatus::ToSign => "to_sign",
        ApproverStatus::Signed => "signed",
        ApproverStatus::Rejected => "rejected",
        ApproverStatus::Expired => "expired",
        ApproverStatus::Cancelled => "cancelled",
        ApproverStatus::NotPreLaunched => "not_pre_launched",
        ApproverStatus::ToFill => "to_fill",
        ApproverStatus::Stopped => "stopped",
        ApproverStatus::Filled => "filled",
        ApproverStatus::Released => "released",
        ApproverStatus::Forwarded => "forwarded",
    }
}
