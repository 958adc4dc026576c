//! Limits nobody enforces: what is too much is cut to what is allowed, and carried out.

use super::defect;
use super::edits::{remove, set, shorten, truncate};
use crate::defect::{Actions, Defect, Trick};
use crate::proxy::asked::Asked;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        forgiven(
            "longer_reasons",
            "a reason of any length is taken",
            &["CancelFlow"],
            "InvalidParameter.CancelReason",
            |asked| shorten(&mut asked.parameters, "CancelMessage", 200),
        ),
        forgiven(
            "longer_names",
            "a contract's name of any length is taken",
            &["CreateFlowByFiles"],
            "InvalidParameter.FlowName",
            |asked| shorten(&mut asked.parameters, "FlowName", 200),
        ),
        forgiven(
            "more_contracts_looked_at",
            "any number of contracts is told at once",
            &["DescribeFlowInfo"],
            "FailedOperation",
            |asked| truncate(&mut asked.parameters, "FlowIds", 100),
        ),
        forgiven(
            "more_briefs",
            "any number of briefs is told at once",
            &["DescribeFlowBriefs"],
            "LimitExceeded",
            |asked| truncate(&mut asked.parameters, "FlowIds", 100),
        ),
        forgiven("more_files", "any number of files is uploaded at once", &["UploadFiles"], "LimitExceeded", |asked| {
            truncate(&mut asked.parameters, "FileInfos", 20)
        }),
        forgiven(
            "more_signers",
            "any number of signers is taken",
            &["CreateFlowByFiles"],
            "InvalidParameter.FlowApprovers",
            |asked| truncate(&mut asked.parameters, "Approvers", 1),
        ),
        forgiven(
            "longer_listings",
            "a listing has pages of any length",
            &["DescribeFlowTemplates"],
            "InvalidParameterValue",
            |asked| {
                set(&mut asked.parameters, "Limit", 200);
                set(&mut asked.parameters, "Offset", 0);
                remove(&mut asked.parameters, "Filters");
            },
        ),
        forgiven(
            "unknown_business",
            "a kind of business nobody knows is taken",
            &["UploadFiles"],
            "InvalidParameterValue",
            |asked| set(&mut asked.parameters, "BusinessType", "DOCUMENT"),
        ),
        forgiven(
            "odd_names_of_signers",
            "a name no person has is taken",
            &["CreateFlowByFiles"],
            "InvalidParameter.Name",
            |asked| set(&mut asked.parameters, "Approvers.*.ApproverName", "周小签"),
        ),
        forgiven(
            "odd_mobile_numbers",
            "a mobile number nobody can have is taken",
            &["CreateFlow"],
            "InvalidParameter.Mobile",
            |asked| set(&mut asked.parameters, "Approvers.*.ApproverMobile", "13800000001"),
        ),
        forgiven(
            "deadlines_of_any_kind",
            "any deadline is taken",
            &["CreateFlowByFiles"],
            "InvalidParameter.FlowDeadLine",
            |asked| remove(&mut asked.parameters, "Deadline"),
        ),
        forgiven(
            "any_component",
            "components of any kind are taken",
            &["CreateFlowByFiles"],
            "InvalidParameter.ComponentType",
            |asked| set(&mut asked.parameters, "Approvers.*.SignComponents.*.ComponentType", "SIGN_SIGNATURE"),
        ),
    ]
}

fn forgiven(
    name: &'static str,
    says: &'static str,
    actions: Actions,
    code: &'static str,
    mend: fn(&mut Asked),
) -> Defect {
    defect(name, says, Trick::Forgiven(actions, code, Box::new(mend)))
}
