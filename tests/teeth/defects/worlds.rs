//! Callers are mixed up, and what is told is not of now.

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::Value;

use super::defect;
use crate::defect::{Actions, Carried, Defect, Trick};

const LOOKING: Actions = &["DescribeFlowInfo", "DescribeFlowBriefs"];

pub(super) fn defects() -> Vec<Defect> {
    vec![
        defect(
            "worlds_mixed_up",
            "every fifth look goes to another caller's contracts",
            Trick::Carried(LOOKING, Carried::Abroad(5)),
        ),
        defect(
            "uploads_mixed_up",
            "every third upload goes to another caller",
            Trick::Carried(&["UploadFiles"], Carried::Abroad(3)),
        ),
        defect(
            "launches_mixed_up",
            "every tenth launch is another caller's",
            Trick::Carried(&["CreateFlowByFiles"], Carried::Abroad(10)),
        ),
        remembered("first_look_for_ever", "a contract is shown as it was when it was first looked at", false),
        remembered("one_look_behind", "a contract is shown as it was the last time it was looked at", true),
    ]
}

/// Answers what was answered before: the first time, or the time before this one.
fn remembered(name: &'static str, says: &'static str, moves: bool) -> Defect {
    let answers = Mutex::new(HashMap::<String, Value>::new());
    let trick = Trick::Answered(
        LOOKING,
        Box::new(move |asked, answer| {
            if !answer["Error"].is_null() {
                return;
            }
            let mut answers = answers.lock().unwrap();
            let question = format!("{} {} {}", asked.secret_id, asked.action, asked.parameters);
            let now = answer.clone();
            if let Some(before) = answers.get(&question) {
                let id = answer["RequestId"].clone();
                *answer = before.clone();
                answer["RequestId"] = id;
            }
            if moves || !answers.contains_key(&question) {
                answers.insert(question, now);
            }
        }),
    );
    defect(name, says, trick)
}
