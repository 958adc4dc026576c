//! What is told about contracts besides where they stand is wrong.

use serde_json::Value;

use super::defect;
use super::edits::{count, each, remove, reverse, set};
use crate::defect::{Actions, Defect, Trick};

const INFO: Actions = &["DescribeFlowInfo"];
const BRIEFS: Actions = &["DescribeFlowBriefs"];

pub(super) fn defects() -> Vec<Defect> {
    vec![
        told("reason_is_lost", "why a contract ended is not told", BRIEFS, |answer| {
            set(answer, "FlowBriefs.*.FlowMessage", "");
        }),
        told("reason_of_signers_is_lost", "why a signer refused is not told", INFO, |answer| {
            set(answer, "FlowDetailInfos.*.FlowApproverInfos.*.ApproveMessage", "");
        }),
        told("names_are_masked", "names of signers are told with stars", INFO, |answer| {
            for name in each(answer, "FlowDetailInfos.*.FlowApproverInfos.*.ApproveName") {
                let first = name.as_str().and_then(|name| name.chars().next());
                *name = format!("{}**", first.unwrap_or_default()).into();
            }
        }),
        told("time_of_signing_is_lost", "when somebody signed is not told", INFO, |answer| {
            set(answer, "FlowDetailInfos.*.FlowApproverInfos.*.ApproveTime", 0);
        }),
        told("order_counts_from_one", "the order of signers counts from one", INFO, |answer| {
            count(answer, "FlowDetailInfos.*.FlowApproverInfos.*.SignOrder", |order| order + 1);
        }),
        told("deadline_in_milliseconds", "deadlines are told in milliseconds", BRIEFS, |answer| {
            count(answer, "FlowBriefs.*.Deadline", |seconds| seconds * 1000);
        }),
        told("deadline_in_another_zone", "deadlines are told eight hours off", BRIEFS, |answer| {
            count(answer, "FlowBriefs.*.Deadline", |seconds| seconds + 8 * 3600);
        }),
        told("copies_among_signers", "who gets a copy is told among the signers", INFO, |answer| {
            for contract in each(answer, "FlowDetailInfos.*") {
                let copies = contract["CcInfos"].as_array().cloned().unwrap_or_default();
                if let Some(signers) = contract["FlowApproverInfos"].as_array_mut() {
                    signers.extend(copies);
                }
            }
        }),
        told("ids_of_signers_swapped", "signers are told with each other's ids", INFO, |answer| {
            for signers in each(answer, "FlowDetailInfos.*.FlowApproverInfos") {
                let mut ids: Vec<Value> = each(signers, "*.SignId").into_iter().map(|id| id.clone()).collect();
                let by = 1.min(ids.len());
                ids.rotate_left(by);
                each(signers, "*.SignId").into_iter().zip(ids).for_each(|(id, other)| *id = other);
            }
        }),
        told("companys_id_is_lost", "a signer's company is told without its id", INFO, |answer| {
            set(answer, "FlowDetailInfos.*.FlowApproverInfos.*.OrganizationId", "");
        }),
        told("signers_reversed", "signers are told last first", INFO, |answer| {
            reverse(answer, "FlowDetailInfos.*.FlowApproverInfos");
        }),
        told("last_signer_left_out", "the last of several signers is left out", INFO, |answer| {
            for signers in each(answer, "FlowDetailInfos.*.FlowApproverInfos") {
                signers.as_array_mut().filter(|list| list.len() > 1).map(Vec::pop);
            }
        }),
        told("groups_name_is_lost", "a group is told without its name", INFO, |answer| {
            if answer["FlowGroupName"].as_str().is_some_and(|name| !name.is_empty()) {
                set(answer, "FlowGroupName", "");
            }
        }),
        told("creator_is_lost", "who launched a contract is not told", BRIEFS, |answer| {
            remove(answer, "FlowBriefs.*.Creator");
        }),
    ]
}

fn told(name: &'static str, says: &'static str, actions: Actions, twist: fn(&mut Value)) -> Defect {
    defect(name, says, Trick::Answered(actions, Box::new(move |_, answer| twist(answer))))
}
