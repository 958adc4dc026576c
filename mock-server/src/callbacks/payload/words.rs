//! The numbers and texts of callbacks for the domain's states (`page callback_types_contracts_sign`).

use crate::domain::status::{ApproverStatus, FlowStatus};

/// `FlowCallbackStatus` and `FlowCallbackShowStatus`. 9 and 10 of the API are in no callback list: shown as 8 and 3
/// (ASSUMED), as are the states before a launch, which send nothing.
pub(super) fn flow_status(status: FlowStatus) -> (i64, &'static str) {
    match status {
        FlowStatus::NotStarted | FlowStatus::Signing => (1, "INIT"),
        FlowStatus::PartlySigned => (2, "PART"),
        FlowStatus::Rejected | FlowStatus::FillRejected => (3, "REJECT"),
        FlowStatus::Signed => (4, "ALL"),
        FlowStatus::Expired => (5, "DEADLINE"),
        FlowStatus::Cancelled => (6, "CANCEL"),
        FlowStatus::NotStartedWithFill | FlowStatus::Filling | FlowStatus::PartlyFilled => (8, "INIT"),
        FlowStatus::Invalidated => (16, "INVALID"),
        FlowStatus::Released => (21, "RELIEVED"),
    }
}

/// `ApproveCallbackStatus` and `ApproveCallbackShowStatus`. Whose turn has not come is shown as waiting (ASSUMED: the list
/// has no other number for it).
pub(super) fn approver_status(status: ApproverStatus) -> (i64, &'static str) {
    match status {
        ApproverStatus::NotLaunched | ApproverStatus::NotYetDue | ApproverStatus::ToSign => (2, "PENDING"),
        ApproverStatus::NotPreLaunched => (7, "PENDING"),
        ApproverStatus::Signed => (3, "ACCEPT"),
        ApproverStatus::Rejected => (4, "REJECT"),
        ApproverStatus::Expired => (5, "DEADLINE"),
        ApproverStatus::Cancelled => (6, "CANCEL"),
        ApproverStatus::ToFill => (8, "FILLPENDING"),
        ApproverStatus::Stopped => (9, "STOP"),
        ApproverStatus::Filled => (10, "FILLACCEPT"),
        ApproverStatus::Released => (15, "RELIEVED"),
        ApproverStatus::Forwarded => (19, "FORWARD"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_number_of_the_callback_lists() {
        for status in FlowStatus::ALL {
            assert!([1, 2, 3, 4, 5, 6, 8, 16, 21].contains(&flow_status(status).0), "{status:?}");
        }
        for status in ApproverStatus::ALL {
            assert!([2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 19].contains(&approver_status(status).0), "{status:?}");
        }
    }
}
