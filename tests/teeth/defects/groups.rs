//! Groups of contracts that do not hold together.

use super::defect;
use super::edits::{remove, set};
use crate::defect::{Defect, Trick};

pub(super) fn defects() -> Vec<Defect> {
    vec![
        defect(
            "group_forgets_its_name",
            "a group gets another name",
            Trick::Asked(
                &["CreateFlowGroupByFiles"],
                Box::new(|asked| set(&mut asked.parameters, "FlowGroupName", "合同组")),
            ),
        ),
        defect(
            "group_reviews_itself",
            "contracts of a group are not reviewed",
            Trick::Asked(
                &["CreateFlowGroupByFiles"],
                Box::new(|asked| {
                    remove(&mut asked.parameters, "FlowGroupInfos.*.NeedSignReview");
                }),
            ),
        ),
        defect(
            "group_signed_as_one",
            "contracts of a group have the same signers' ids",
            Trick::Answered(
                &["CreateFlowGroupByFiles"],
                Box::new(|_, answer| {
                    let first = answer["Approvers"][0]["Approvers"].clone();
                    set(answer, "Approvers.*.Approvers", first);
                }),
            ),
        ),
        defect(
            "groups_end_told_late",
            "that a group is done is not told",
            Trick::Posted(Box::new(|letter| {
                let done = letter.text("/MsgData/FlowGroupStatus") == "ALL";
                if done { Vec::new() } else { vec![letter.clone()] }
            })),
        ),
        defect(
            "groups_never_void",
            "a group whose contracts all came to nothing is told as void in part",
            Trick::Posted(Box::new(|letter| {
                let mut other = letter.clone();
                if other.text("/MsgData/FlowGroupStatus") == "INVALID" {
                    other.message["MsgData"]["FlowGroupStatus"] = "PART".into();
                }
                vec![other]
            })),
        ),
        defect(
            "group_not_named",
            "messages about a contract of a group do not name the group",
            Trick::Posted(Box::new(|letter| {
                let mut other = letter.clone();
                remove(&mut other.message, "MsgData.FlowGroupMessage");
                vec![other]
            })),
        ),
    ]
}
