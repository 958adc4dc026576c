//! A platform withdraws many of its customers' contracts.

use std::time::Duration;

use serde_json::{Value, json};

use super::platform::{first, keeps_downloads};
use super::stage::Stage;
use crate::engine::advance::{Target, advance};

async fn task(stage: &Stage, agent: &Value, id: &Value, kind: u8) -> Value {
    stage.platform("DescribeCancelFlowsTask", agent, json!({"TaskId": id, "CancelType": kind})).await
}

async fn status(stage: &Stage, agent: &Value, flow: &str) -> Value {
    let shown = stage.platform("DescribeFlowDetailInfo", agent, json!({"FlowIds": [flow]})).await;
    shown["FlowInfo"][0]["FlowStatus"].clone()
}

#[tokio::test]
async fn a_customer_confirms_on_a_link_and_only_its_contracts_are_withdrawn() {
    let stage = Stage::new();
    let own = stage.launch_for(&first()).await;
    let others = stage.launch_for(&keeps_downloads()).await;
    let ids = json!({"FlowIds": [own, others, "nobody"]});
    let made = stage.platform("ChannelCreateBatchCancelFlowUrl", &first(), ids).await;
    let mut answers = vec![made.clone(), task(&stage, &first(), &made["TaskId"], 0).await];
    let others_view = task(&stage, &keeps_downloads(), &made["TaskId"], 0).await;
    assert_eq!(others_view["Error"]["Code"], "ResourceNotFound", "another customer's task");

    let (page, _) = stage.open(made["BatchCancelFlowUrl"].as_str().unwrap()).await;
    stage.submit(&page, "action=confirm").await.says(200, &["撤销已完成"]);

    answers.push(task(&stage, &first(), &made["TaskId"], 0).await);
    insta::assert_json_snapshot!(answers);
    assert_eq!(status(&stage, &first(), &own).await, "CANCEL");
    assert_eq!(status(&stage, &keeps_downloads(), &others).await, "INIT");
}

#[tokio::test]
async fn a_whole_customer_is_withdrawn_as_far_as_its_application_launched_it() {
    let stage = Stage::new();
    let own = stage.launch_for(&first()).await;
    let others = stage.launch_for(&keeps_downloads()).await;

    let made = stage.platform("CancelOrganizationFlows", &first(), json!({"CancelMessage": "停业"})).await;
    assert_eq!(task(&stage, &first(), &made["TaskId"], 1).await["TaskStatus"], "PROCESSING");
    advance(&stage.account(), Target::By(Duration::from_secs(5))).await;

    let done = task(&stage, &first(), &made["TaskId"], 1).await;
    assert_eq!((&done["TaskStatus"], &done["SuccessFlowIds"]), (&json!("END"), &json!([own])));
    assert_eq!(status(&stage, &keeps_downloads(), &others).await, "INIT");
}
