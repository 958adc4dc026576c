//! Lists come in another order, too short, or with a wrong count.

use serde_json::Value;

use super::defect;
use super::edits::{count, each, remove, reverse, set, truncate};
use crate::defect::{Actions, Defect, Trick};

pub(super) fn defects() -> Vec<Defect> {
    let mut defects = vec![
        answered("contracts_not_as_asked", "contracts are told last asked first", &["DescribeFlowInfo"], |answer| {
            reverse(answer, "FlowDetailInfos");
        }),
        answered(
            "made_signers_reversed",
            "a launch answers its signers last first",
            &["CreateFlowByFiles"],
            |answer| {
                reverse(answer, "Approvers");
            },
        ),
        answered("file_ids_reversed", "an upload answers its files last first", &["UploadFiles"], |answer| {
            reverse(answer, "FileIds");
        }),
        answered("one_file_too_many", "an upload counts one file more than it took", &["UploadFiles"], |answer| {
            count(answer, "TotalCount", |number| number + 1);
        }),
        answered("count_of_the_page", "a listing counts its page only", &["DescribeFlowTemplates"], |answer| {
            let length = answer["Templates"].as_array().map_or(0, Vec::len);
            set(answer, "TotalCount", length);
        }),
        answered(
            "templates_parties_reversed",
            "a template tells its parties last first",
            &["DescribeFlowTemplates"],
            |answer| {
                reverse(answer, "Templates.*.Recipients");
            },
        ),
        answered(
            "group_tells_one_contract",
            "of a group only the first contract is told",
            &["DescribeFlowInfo"],
            |answer| {
                if answer["FlowGroupId"].as_str().is_some_and(|id| !id.is_empty()) {
                    truncate(answer, "FlowDetailInfos", 1);
                }
            },
        ),
        answered(
            "same_id_twice",
            "a group answers its first contract's id twice",
            &["CreateFlowGroupByFiles"],
            |answer| {
                let first = answer["FlowIds"][0].clone();
                set(answer, "FlowIds.*", first);
            },
        ),
        answered(
            "reminders_of_the_first",
            "only the first reminder of several is told",
            &["CreateFlowReminds"],
            |answer| {
                truncate(answer, "RemindFlowRecords", 1);
            },
        ),
        answered("unmasked_reminders", "numbers in reminders are not masked", &["CreateFlowGroupReminds"], |answer| {
            for mobile in each(answer, "RemindFlowGroupRecords.*.Mobile") {
                *mobile = mobile.as_str().unwrap_or_default().replace('*', "0").into();
            }
        }),
    ];
    defects.push(defect(
        "pages_begin_again",
        "every page of a listing is its first",
        Trick::Asked(&["DescribeFlowTemplates"], Box::new(|asked| remove(&mut asked.parameters, "Offset"))),
    ));
    defects
}

fn answered(name: &'static str, says: &'static str, actions: Actions, twist: fn(&mut Value)) -> Defect {
    defect(name, says, Trick::Answered(actions, Box::new(move |_, answer| twist(answer))))
}
