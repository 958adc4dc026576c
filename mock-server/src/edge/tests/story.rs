//! A contract's life as whole exchanges, and what must be the same in two runs.

use ess_schemas::Service;
use serde_json::{Value, json};

use super::stage::{Stage, is_defect};
use crate::actions::handler;
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;

async fn story(stage: &Stage) -> Vec<Value> {
    let operator = stage.operator();
    let mut answers = vec![stage.call("CreateFlowByFiles", stage.new_flow().await).await];
    let flow = answers[0]["FlowId"].as_str().unwrap().to_owned();
    let person = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"});
    for (action, parameters) in [
        ("DescribeFlowBriefs", json!({"Operator": operator, "FlowIds": [flow]})),
        ("DescribeFlowInfo", json!({"Operator": operator, "FlowIds": [flow]})),
        ("CreateFlowSignUrl", json!({"FlowId": flow, "UrlType": 1})),
        ("CreateFlowSignUrl", json!({"FlowId": flow, "FlowApproverInfos": [person]})),
        ("CreateSchemeUrl", json!({"Operator": operator, "PathType": 1, "FlowId": flow, "EndPoint": "APP"})),
        ("DescribeFileUrls", json!({"Operator": operator, "BusinessType": "FLOW", "BusinessIds": [flow]})),
    ] {
        answers.push(stage.call(action, parameters).await);
    }
    stage.sign_next(&flow);
    stage.sign_next(&flow);
    advance(&stage.account(), Target::By(std::time::Duration::from_secs(10))).await;
    for (action, parameters) in [
        ("DescribeFlowInfo", json!({"Operator": operator, "FlowIds": [flow]})),
        ("DescribeFileUrls", json!({"Operator": operator, "BusinessType": "FLOW", "BusinessIds": [flow]})),
        ("CancelFlow", json!({"Operator": operator, "FlowId": flow, "CancelMessage": "发错了"})),
    ] {
        answers.push(stage.call(action, parameters).await);
    }
    answers
}

#[tokio::test]
async fn from_launch_to_signed_download() {
    insta::assert_json_snapshot!(story(&Stage::new()).await);
}

#[tokio::test]
async fn a_document_is_downloaded_as_its_contract_is() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let document = stage
        .account()
        .enter(EdgeTime::read(), |world, _, _| world.flows.get(flow.as_str()).unwrap().document_id().to_owned());
    advance(&stage.account(), Target::By(std::time::Duration::from_secs(10))).await;
    let urls = |kind: &'static str, id: &str| {
        let parameters = json!({"Operator": stage.operator(), "BusinessType": kind, "BusinessIds": [id]});
        stage.call("DescribeFileUrls", parameters)
    };
    let (by_document, by_flow) = (urls("DOCUMENT", &document).await, urls("FLOW", &flow).await);
    assert_eq!(by_document["FileUrls"][0]["Option"], by_flow["FileUrls"][0]["Option"]);
    let url = by_document["FileUrls"][0]["Url"].as_str().unwrap();
    assert!(url.contains(&format!("/DOCUMENT/{document}/0/0.PDF?hkey=")), "{url}");
    assert_eq!(urls("DOCUMENT", &flow).await["Error"]["Code"], "ResourceNotFound");
}

#[tokio::test]
async fn two_runs_of_the_same_calls_agree_to_the_byte() {
    assert_eq!(story(&Stage::new()).await, story(&Stage::new()).await);
}

#[tokio::test]
async fn polls_refused_calls_and_other_worlds_shift_no_flow_id() {
    let quiet = Stage::new();
    let busy = Stage::new();
    let other_world = busy.registry.add_world().unwrap();
    for _ in 0..3 {
        busy.call("DescribeFlowBriefs", json!({"Operator": busy.operator(), "FlowIds": ["x"]})).await;
        busy.call("CreateFlowByFiles", json!({"Operator": busy.operator(), "FlowName": "x", "FileIds": ["x"]})).await;
        busy.call("CreateSchemeUrl", json!({"Operator": busy.operator()})).await;
        other_world.enter(EdgeTime::read(), |world, _, _| {
            world.ids.next(crate::engine::ids::Kind::Flow);
        });
    }
    assert_eq!(quiet.launch().await, busy.launch().await);
}

#[test]
fn no_action_is_answered_from_its_schema_alone() {
    let without = Service::ALL.into_iter().flat_map(ess_schemas::actions).filter(|one| handler(one).is_none());
    let without: Vec<&str> = without.map(|one| one.name).collect();
    assert!(without.is_empty(), "README says that all are stateful: {without:?}");
}

#[tokio::test]
async fn all_256_actions_answer() {
    let stage = Stage::new();
    for service in Service::ALL {
        for contract in ess_schemas::actions(service) {
            let answer = stage.send(service, contract.name, "{}").await;
            let code = answer["Error"]["Code"].as_str();
            assert!(!is_defect(contract.name, &answer), "{}: {answer}", contract.name);
            assert_ne!(code, Some("InvalidAction"), "{}: {answer}", contract.name);
        }
    }
}
