//! Where a contract and its signers stand, as texts.

use crate::domain::approver::Approver;
use crate::domain::status::{ApproverStatus, FlowStatus};

/// `FlowStatus` (`api FlowDetailInfo`): waiting for somebody to fill in reads like waiting for signatures (`callback docs`);
/// drafts and a refusal to fill in are not listed, and are told as what comes closest (ASSUMED).
#[must_use]
pub const fn flow_status(status: FlowStatus) -> &'static str {
    match status {
        FlowStatus::NotStarted
        | FlowStatus::NotStartedWithFill
        | FlowStatus::Filling
        | FlowStatus::PartlyFilled
        | FlowStatus::Signing => "INIT",
        FlowStatus::PartlySigned => "PART",
        FlowStatus::Rejected | FlowStatus::FillRejected => "REJECT",
        FlowStatus::Signed => "ALL",
        FlowStatus::Expired => "DEADLINE",
        FlowStatus::Cancelled => "CANCEL",
        FlowStatus::Invalidated => "INVALID",
        FlowStatus::Released => "RELIEVED",
    }
}

/// `ApproveStatus` (`api FlowApproverDetail`). A slot nobody is named for waits to be picked up; whose turn has not come is
/// pending like everybody (ASSUMED, the list has no word for it).
#[must_use]
pub fn approver_status(approver: &Approver) -> &'static str {
    match approver.status {
        ApproverStatus::NotLaunched
        | ApproverStatus::NotYetDue
        | ApproverStatus::NotPreLaunched
        | ApproverStatus::ToSign
        | ApproverStatus::ToFill
            if approver.is_vacant() =>
        {
            "WAITPICKUP"
        }
        ApproverStatus::NotLaunched
        | ApproverStatus::NotYetDue
        | ApproverStatus::NotPreLaunched
        | ApproverStatus::ToSign => "PENDING",
        ApproverStatus::ToFill => "FILLPENDING",
        ApproverStatus::Filled => "FILLACCEPT",
        ApproverStatus::Signed => "ACCEPT",
        ApproverStatus::Rejected => "REJECT",
        ApproverStatus::Expired => "DEADLINE",
        ApproverStatus::Cancelled => "CANCEL",
        ApproverStatus::Stopped => "STOP",
        ApproverStatus::Released => "RELIEVED",
        ApproverStatus::Forwarded => "FORWARD",
    }
}
