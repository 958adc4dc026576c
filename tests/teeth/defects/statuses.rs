//! Where contracts and signers stand is told wrongly.

use serde_json::Value;

use super::defect;
use super::edits::replace;
use crate::defect::{Actions, Defect, Trick};

const LOOKING: Actions = &["DescribeFlowInfo", "DescribeFlowBriefs"];

pub(super) fn defects() -> Vec<Defect> {
    vec![
        contract("cancelled_shown_running", "a cancelled contract is shown as waiting for signatures", 6, 1),
        contract("expired_shown_running", "an expired contract is shown as signed in part", 5, 2),
        contract("complete_shown_running", "a contract everybody signed is shown as signed in part", 4, 2),
        contract("refused_shown_cancelled", "a refused contract is shown as cancelled", 3, 6),
        contract("released_shown_complete", "a released contract is shown as valid", 21, 4),
        contract("void_shown_complete", "a void contract is shown as valid", 16, 4),
        contract("draft_shown_running", "a contract that has not started is shown as waiting for signatures", 0, 1),
        contract("unfilled_shown_running", "a contract to be filled in is shown as waiting for signatures", 8, 1),
        contract("half_signed_shown_unsigned", "a contract signed in part is shown as unsigned", 2, 1),
        signer("signed_shown_due", "who has signed is shown as one who has to", 3, 2),
        signer("waiting_shown_due", "who waits for their turn is shown as one who has to sign", 1, 2),
        signer("expired_signer_shown_due", "whom the deadline passed is shown as one who has to sign", 5, 2),
        signer("filled_shown_unfilled", "who has filled in is shown as one who has to", 10, 8),
    ]
}

fn contract(name: &'static str, says: &'static str, from: i64, to: i64) -> Defect {
    let twist = move |answer: &mut Value| {
        for path in ["FlowDetailInfos.*.FlowStatus", "FlowBriefs.*.FlowStatus"] {
            replace(answer, path, from, to);
        }
    };
    defect(name, says, Trick::Answered(LOOKING, Box::new(move |_, answer| twist(answer))))
}

fn signer(name: &'static str, says: &'static str, from: i64, to: i64) -> Defect {
    let path = "FlowDetailInfos.*.FlowApproverInfos.*.ApproveStatus";
    defect(name, says, Trick::Answered(LOOKING, Box::new(move |_, answer| replace(answer, path, from, to))))
}
