//! What only a platform can notice: its own actions, its customers and applications kept apart, its ids in what it is told.

use ess_schemas::Service;
use serde_json::{Value, json};

use super::defect;
use super::edits::{count, each, refuse, remove, replace, reverse, set};
use crate::defect::{Actions, Carried, Defect, Trick};
use crate::proxy::asked::Asked;

/// The statuses of contracts in words, and the numbers a company gets. (api FlowDetailInfo)
const STATUSES: [(&str, i64); 6] =
    [("INIT", 1), ("PART", 2), ("REJECT", 3), ("ALL", 4), ("DEADLINE", 5), ("CANCEL", 6)];

pub(super) fn defects() -> Vec<Defect> {
    [identity(), contracts(), items(), links(), messages()].into_iter().flatten().collect()
}

/// Who may do what is not looked at.
fn identity() -> Vec<Defect> {
    vec![
        forgiven(
            "foreign_customers_cancel",
            "a customer withdraws the contracts of another",
            &["ChannelCancelFlow"],
            "OperationDenied.Forbid",
            |asked| asked.parameters["Agent"] = second_agent(),
        ),
        forgiven(
            "any_employee_acts",
            "an employee of another customer is accepted",
            &["ChannelCancelFlow"],
            "OperationDenied.UserNotInOrganization",
            |asked| asked.parameters["Agent"] = agent(),
        ),
        forgiven(
            "unverified_customers",
            "a customer that never proved who it is may act",
            &["ChannelCancelFlow"],
            "OperationDenied",
            |asked| replace(&mut asked.parameters, "Agent", unverified_agent(), agent()),
        ),
        forgiven(
            "banned_applications",
            "an application that is switched off may act",
            &["ChannelCancelFlow"],
            "OperationDenied",
            |asked| replace(&mut asked.parameters, "Agent.AppId", "banned-app", "app"),
        ),
        forgiven(
            "whoever_signs_sees",
            "a customer sees contracts it did not launch",
            &["DescribeFlowDetailInfo"],
            "InvalidParameter.fFowIds",
            |asked| asked.parameters["Agent"] = agent(),
        ),
        answered(
            "banned_applications_unknown",
            "an application that is switched off is told as an unknown one",
            &["ChannelCancelFlow"],
            |asked, answer| {
                if asked.parameters["Agent"]["AppId"] == "banned-app" {
                    set(answer, "Error.Code", "ResourceNotFound");
                }
            },
        ),
        answered(
            "code_spelt_right",
            "the code with the vendor's slip of the pen is spelt right",
            &["DescribeFlowDetailInfo"],
            |_, answer| replace(answer, "Error.Code", "InvalidParameter.fFowIds", "InvalidParameter.FlowIds"),
        ),
    ]
}

/// Contracts are shown or launched otherwise.
fn contracts() -> Vec<Defect> {
    vec![
        answered("statuses_as_numbers", "statuses come as a company's numbers", LOOKING, |_, answer| {
            for (word, number) in STATUSES {
                replace(answer, "FlowInfo.*.FlowStatus", word, number.to_string());
            }
        }),
        answered("details_in_vendors_ids", "signers are shown by the vendor's ids", LOOKING, |_, answer| {
            replace(
                answer,
                "FlowInfo.*.FlowApproverInfos.*.ProxyOperatorOpenId",
                "staff_operator",
                "customers-operator",
            );
        }),
        answered("claimable_slots_pending", "a slot to be picked up is shown as due", LOOKING, |_, answer| {
            replace(answer, "FlowInfo.*.FlowApproverInfos.*.ApproveStatus", "WAITPICKUP", "PENDING");
        }),
        defect(
            "employees_as_sent",
            "what was sent of an employee wins over what is known",
            Trick::Asked(
                &["ChannelCreateFlowByFiles"],
                Box::new(|asked| {
                    for signer in each(&mut asked.parameters, "FlowApprovers.*") {
                        if signer["Name"].is_string() {
                            remove(signer, "OpenId");
                        }
                    }
                }),
            ),
        ),
        defect(
            "withdrawn_for_nothing",
            "a batch is withdrawn, and nothing happens",
            Trick::Carried(&["ChannelBatchCancelFlows"], Carried::ForNothing),
        ),
        answered(
            "uploads_without_links",
            "an upload answers no links, as for companies",
            &["UploadFiles"],
            |asked, answer| {
                if asked.service == Service::Essbasic {
                    remove(answer, "FileUrls");
                }
            },
        ),
    ]
}

const LOOKING: Actions = &["DescribeFlowDetailInfo"];

/// What went wrong with one of several is told at another's place, or not at all.
fn items() -> Vec<Defect> {
    const DOWNLOADS: Actions = &["DescribeResourceUrlsByFlows"];
    vec![
        answered("item_errors_shifted", "what went wrong is told without its place", DOWNLOADS, |_, answer| {
            without_empty(answer, "ErrorMessages");
        }),
        answered("failed_items_left_out", "what has no links is left out", DOWNLOADS, |_, answer| {
            for list in each(answer, "FlowResourceUrlInfos").into_iter().filter_map(Value::as_array_mut) {
                list.retain(|one| one["ResourceUrlInfos"] != json!([]));
            }
        }),
        answered(
            "foreign_contracts_unknown",
            "a foreign contract is told as an unknown one",
            DOWNLOADS,
            |_, answer| {
                replace(answer, "ErrorMessages.*", "合同没有权限", "查询流程不存在");
            },
        ),
        answered(
            "withdrawals_unaligned",
            "a batch tells only the contracts it could not withdraw",
            &["ChannelBatchCancelFlows"],
            |_, answer| without_empty(answer, "FailMessages"),
        ),
        answered(
            "withdrawals_told_needlessly",
            "a batch that could be withdrawn tells as many times nothing",
            &["ChannelBatchCancelFlows"],
            |asked, answer| {
                let all = asked.parameters["FlowIds"].as_array().map_or(0, Vec::len);
                replace(answer, "FailMessages", json!([]), json!(vec![""; all]));
            },
        ),
        answered(
            "one_bad_template_spoils_all",
            "one bad contract fails the others",
            &["CreateFlowsByTemplates"],
            |_, answer| {
                let errors = answer["ErrorMessages"].as_array().cloned().unwrap_or_default();
                if errors.iter().any(|error| error != "") {
                    refuse(answer, "FailedOperation", "操作失败");
                }
            },
        ),
        answered(
            "failed_ids_left_out",
            "ids of contracts that failed leave no gap",
            &["CreateFlowsByTemplates"],
            |_, answer| without_empty(answer, "FlowIds"),
        ),
    ]
}

/// Links for signers.
fn links() -> Vec<Defect> {
    const LINKS: Actions = &["CreateSignUrls"];
    vec![
        answered("targets_described", "whoever was asked for is described", LINKS, |asked, answer| {
            if asked.parameters["GenerateType"].as_str().is_some_and(|kind| kind != "ALL") {
                set(answer, "SignUrlInfos.*.Name", "某人");
            }
        }),
        answered("a_week_for_signing", "links for signing live a week", LINKS, |_, answer| {
            count(answer, "SignUrlInfos.*.Deadline", |at| at - 83 * 86_400);
        }),
        answered("link_errors_unaligned", "what has no link is told without its place", LINKS, |_, answer| {
            without_empty(answer, "ErrorMessages");
        }),
        defect(
            "slots_mixed_up",
            "slots are not those of the contracts at their place",
            Trick::Asked(
                LINKS,
                Box::new(|asked| {
                    if asked.parameters["RecipientIds"].is_array() {
                        reverse(&mut asked.parameters, "FlowIds");
                    }
                }),
            ),
        ),
    ]
}

/// What applications are told.
fn messages() -> Vec<Defect> {
    vec![
        told("customers_by_vendors_id", "messages name the customer by the vendor's id", |message| {
            replace(message, "MsgData.ProxyOrganizationOpenId", "org_customer", "customer");
        }),
        told("employees_by_vendors_id", "messages name who launched by the vendor's id", |message| {
            replace(message, "MsgData.ProxyOperatorOpenId", "staff_operator", "customers-operator");
            replace(message, "MsgData.ProxyOperatorOpenId", "staff_colleague", "customers-colleague");
        }),
        told("applications_as_companies", "messages are those of a company's own app", |message| {
            set(message, "MsgVersion", "CustomApp");
        }),
        told("applications_unnamed", "messages do not say which application", |message| {
            set(message, "MsgData.ApplicationId", "");
        }),
        told("statuses_told_as_numbers", "messages tell statuses as a company's numbers", |message| {
            for (word, number) in STATUSES {
                replace(message, "MsgData.FlowStatus", word, number);
            }
        }),
        told("attached_data_untold", "messages leave out what the platform attached", |message| {
            set(message, "MsgData.CustomerData", "");
        }),
    ]
}

/// The suite's own customer, by its administrator; and another one.
fn agent() -> Value {
    json!({"AppId": "app", "ProxyOrganizationOpenId": "org_customer", "ProxyOperator": {"OpenId": "staff_operator"}})
}

fn second_agent() -> Value {
    json!({"AppId": "app", "ProxyOrganizationOpenId": "org_second", "ProxyOperator": {"OpenId": "staff_second"}})
}

fn unverified_agent() -> Value {
    json!({"AppId": "app", "ProxyOrganizationOpenId": "org_unverified", "ProxyOperator": {"OpenId": "staff_of_unverified"}})
}

fn without_empty(answer: &mut Value, list: &str) {
    for list in each(answer, list).into_iter().filter_map(Value::as_array_mut) {
        list.retain(|text| text != "");
    }
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

fn answered(name: &'static str, says: &'static str, actions: Actions, twist: fn(&Asked, &mut Value)) -> Defect {
    defect(name, says, Trick::Answered(actions, Box::new(twist)))
}

/// Only messages to applications are changed.
fn told(name: &'static str, says: &'static str, change: fn(&mut Value)) -> Defect {
    let sort = move |letter: &crate::proxy::letter::Letter| {
        let mut other = letter.clone();
        if letter.text("/MsgVersion") == "ThirdPartyApp" {
            change(&mut other.message);
        }
        vec![other]
    };
    defect(name, says, Trick::Posted(Box::new(sort)))
}
