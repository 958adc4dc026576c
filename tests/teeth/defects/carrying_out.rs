//! Calls that are carried out twice, for nothing, or although they were refused.

use super::defect;
use super::edits::{set, shorten};
use crate::defect::{Actions, Carried, Defect, Trick};
use crate::proxy::asked::Asked;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        carried("launched_twice", "a launch makes two contracts", &["CreateFlowByFiles"], Carried::Twice),
        carried("started_for_two", "a start is carried out twice", &["StartFlow"], Carried::Twice),
        carried("group_launched_twice", "a group is launched twice", &["CreateFlowGroupByFiles"], Carried::Twice),
        carried("reminded_twice", "everybody is reminded twice", &["CreateFlowReminds"], Carried::Twice),
        carried("note_written_twice", "a note is written twice", &["OperateFlowRemarks"], Carried::Twice),
        carried("cancelled_twice", "a cancellation is carried out twice", &["CancelFlow"], Carried::Twice),
        carried(
            "cancelled_for_nothing",
            "a contract goes on after it was cancelled",
            &["CancelFlow"],
            Carried::ForNothing,
        ),
        carried(
            "all_cancelled_for_nothing",
            "contracts go on after all were cancelled",
            &["CancelOrganizationFlows"],
            Carried::ForNothing,
        ),
        carried("started_for_nothing", "a contract does not start", &["StartFlow"], Carried::ForNothing),
        carried("reviewed_for_nothing", "a review is forgotten", &["CreateFlowSignReview"], Carried::ForNothing),
        carried(
            "group_reviewed_for_nothing",
            "a review of a group is forgotten",
            &["CreateFlowGroupSignReview"],
            Carried::ForNothing,
        ),
        carried(
            "forwarded_for_nothing",
            "a task that is handed on stays",
            &["CreateFlowForwards"],
            Carried::ForNothing,
        ),
        carried("moved_for_nothing", "a deadline that is moved stays", &["ModifyFlowDeadline"], Carried::ForNothing),
        carried(
            "named_for_nothing",
            "who is named for an open slot is forgotten",
            &["CreateFlowApprovers"],
            Carried::ForNothing,
        ),
        carried(
            "joined_for_nothing",
            "who joins an open contract is forgotten",
            &["CreateDynamicFlowApprover"],
            Carried::ForNothing,
        ),
        carried(
            "archived_for_nothing",
            "an open contract stays open when it is closed",
            &["ArchiveDynamicFlow"],
            Carried::ForNothing,
        ),
        carried(
            "code_cancelled_for_nothing",
            "a QR code lives on after it was cancelled",
            &["CancelMultiFlowSignQRCode"],
            Carried::ForNothing,
        ),
        carried("noted_for_nothing", "a note is forgotten", &["OperateFlowRemarks"], Carried::ForNothing),
        carried("uploaded_for_nothing", "an uploaded file is forgotten", &["UploadFiles"], Carried::ForNothing),
        carried(
            "reported_for_nothing",
            "a report is never written",
            &["CreateFlowEvidenceReport"],
            Carried::ForNothing,
        ),
        despite(
            "cancelled_although_refused",
            "a cancellation that is refused for its reason is carried out",
            &["CancelFlow"],
            "InvalidParameter.CancelReason",
            |asked| {
                shorten(&mut asked.parameters, "CancelMessage", 200);
                if asked.parameters["CancelMessage"] == "含😀" {
                    set(&mut asked.parameters, "CancelMessage", "写错了");
                }
            },
        ),
        despite(
            "launched_although_refused",
            "a launch that is refused for a name is carried out",
            &["CreateFlowByFiles"],
            "InvalidParameter.Name",
            |asked| set(&mut asked.parameters, "Approvers.*.ApproverName", "周小签"),
        ),
        despite(
            "group_launched_although_refused",
            "a group that is refused for a name is launched",
            &["CreateFlowGroupByFiles"],
            "InvalidParameter.Name",
            |asked| set(&mut asked.parameters, "FlowGroupInfos.*.Approvers.*.ApproverName", "周小签"),
        ),
    ]
}

fn carried(name: &'static str, says: &'static str, actions: Actions, how: Carried) -> Defect {
    defect(name, says, Trick::Carried(actions, how))
}

fn despite(
    name: &'static str,
    says: &'static str,
    actions: Actions,
    code: &'static str,
    mend: fn(&mut Asked),
) -> Defect {
    defect(name, says, Trick::Despite(actions, code, Box::new(mend)))
}
