//! Answers that are not in the shape the contract promises.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::defect;
use super::edits::{each, remove, set};
use crate::defect::{Actions, Defect, Trick};

pub(super) fn defects() -> Vec<Defect> {
    vec![
        shaped("no_request_id", "answers have no RequestId", &["*"], |answer| remove(answer, "RequestId")),
        shaped("one_request_id", "every answer has the same RequestId", &["*"], |answer| {
            set(answer, "RequestId", "8b2fa3a6-9ee0-4b3c-b3ab-0a7b62ff4a8c");
        }),
        shaped("no_flow_id", "a launch answers no FlowId", &["CreateFlowByFiles"], |answer| remove(answer, "FlowId")),
        shaped("status_as_text", "the status of a contract is a text", &["DescribeFlowInfo"], |answer| {
            texts(answer, "FlowDetailInfos.*.FlowStatus");
        }),
        shaped("time_as_text", "times are texts", &["DescribeFlowBriefs"], |answer| {
            texts(answer, "FlowBriefs.*.CreatedOn");
        }),
        shaped("list_as_object", "a single item stands for a list of one", &["DescribeFlowBriefs"], |answer| {
            if let Some([only]) = answer["FlowBriefs"].as_array().map(Vec::as_slice) {
                answer["FlowBriefs"] = only.clone();
            }
        }),
        shaped("null_for_a_list", "an empty list is null", &["DescribeFlowTemplates"], |answer| {
            if answer["Templates"].as_array().is_some_and(Vec::is_empty) {
                answer["Templates"] = Value::Null;
            }
        }),
        shaped("unknown_field", "answers have a field the contract does not know", &["DescribeFlowInfo"], |answer| {
            for contract in each(answer, "FlowDetailInfos.*") {
                contract["InternalState"] = json!(1);
            }
        })
        .survives("the vendor adds fields to answers any day; a suite that minded would cry wolf"),
        shaped(
            "answer_in_an_answer",
            "the content of an answer stands one level too deep",
            &["UploadFiles"],
            |answer| {
                *answer = json!({"Data": answer.clone(), "RequestId": answer["RequestId"]});
            },
        ),
        defect("lost_answers", "every fortieth answer is empty", {
            let calls = Mutex::new(0);
            Trick::Answered(
                &["*"],
                Box::new(move |_, answer| {
                    let mut calls = calls.lock().unwrap();
                    *calls += 1;
                    if *calls % 40 == 0 {
                        *answer = Value::Null;
                    }
                }),
            )
        }),
    ]
}

fn shaped(name: &'static str, says: &'static str, actions: Actions, twist: fn(&mut Value)) -> Defect {
    defect(name, says, Trick::Answered(actions, Box::new(move |_, answer| twist(answer))))
}

fn texts(answer: &mut Value, path: &str) {
    for number in each(answer, path) {
        *number = number.to_string().into();
    }
}
