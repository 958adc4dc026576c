//! Withdrawing many contracts: by a link somebody confirms on, and all of a company's.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;

async fn ask(stage: &Stage, flows: &[&str]) -> Value {
    stage.call("CreateBatchCancelFlowUrl", json!({"Operator": stage.operator(), "FlowIds": flows})).await
}

async fn task(stage: &Stage, id: &Value, kind: u8) -> Value {
    let parameters = json!({"Operator": stage.operator(), "TaskId": id, "CancelType": kind});
    stage.call("DescribeCancelFlowsTask", parameters).await
}

async fn status(stage: &Stage, flow: &str) -> (Value, Value) {
    let answer = stage.call("DescribeFlowBriefs", json!({"Operator": stage.operator(), "FlowIds": [flow]})).await;
    let brief = &answer["FlowBriefs"][0];
    (brief["FlowStatus"].clone(), brief["FlowMessage"].clone())
}

#[tokio::test]
async fn a_link_is_confirmed_and_its_contracts_are_withdrawn() {
    let stage = Stage::new();
    let (first, second) = (stage.launch().await, stage.launch().await);
    stage.sign_next(&second);
    let finished = stage.launch().await;
    stage
        .call("CancelFlow", json!({"Operator": stage.operator(), "FlowId": finished, "CancelMessage": "不签了"}))
        .await;
    stage.listen();
    let mut answers = vec![ask(&stage, &[&first, &second, &finished, "nobody"]).await];
    let link = answers[0]["BatchCancelFlowUrl"].as_str().unwrap().to_owned();
    let id = answers[0]["TaskId"].clone();
    answers.push(task(&stage, &id, 0).await);

    let (page, shown) = stage.open(&link).await;
    shown.says(200, &["批量撤销合同", "采购合同", "合同信息不存在或非本企业发起的合同", "确认撤销"]);
    assert!(stage.heard().is_empty(), "looking changes nothing");
    let done = stage.submit(&page, "action=confirm&message=%E5%8F%91%E9%94%99%E4%BA%86").await;

    done.says(200, &["撤销已完成", "已撤销"]);
    assert!(!done.text().contains("确认撤销"));
    answers.push(task(&stage, &id, 0).await);
    insta::assert_json_snapshot!("batch_cancel", answers);
    assert_eq!(status(&stage, &first).await, (json!(6), json!("发错了")));
    assert_eq!(status(&stage, &second).await.0, 6);
    // Nobody had signed the first: it is given back. Then the result of the whole task, once.
    let expected = ["FlowStatusChange", "BillingUse", "FlowCost", "FlowStatusChange", "CancelFlows"].map(str::to_owned);
    assert_eq!(stage.heard_kinds(), expected);
    insta::assert_json_snapshot!("batch_cancel_callback", stage.heard().pop().unwrap().1);
    stage.submit(&page, "action=confirm").await.says(409, &["已经完成"]);
}

#[tokio::test]
async fn scripts_confirm_as_json() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let link = ask(&stage, &[&flow]).await["BatchCancelFlowUrl"].as_str().unwrap().to_owned();
    let (page, _) = stage.open(&link).await;
    let offered = stage.look(&page).await;
    assert_eq!(offered["actions"][0]["body"]["action"], "confirm");

    let done = stage.post(&page, &json!({"action": "confirm"})).await;

    assert_eq!((&done["status"], &done["contracts"][0]["cancelled"]), (&json!("END"), &json!(true)));
    assert_eq!(status(&stage, &flow).await, (json!(6), json!("自动撤销（通过接口实现）")));
}

#[tokio::test]
async fn where_nothing_can_be_withdrawn_there_is_no_link_and_no_error() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    stage.call("CancelFlow", json!({"Operator": stage.operator(), "FlowId": flow, "CancelMessage": "不签了"})).await;
    let answer = ask(&stage, &[&flow, "nobody"]).await;
    let message = |id: &str, why: &str| format!("合同流程Id:{id},无法撤回，错误信息：{why}");
    assert_eq!(
        answer["FailMessages"],
        json!([message(&flow, "合同当前状态不支持撤销"), message("nobody", "非本企业发起的合同")])
    );
    for field in ["BatchCancelFlowUrl", "UrlExpireOn", "TaskId"] {
        assert_eq!(answer[field], "", "{field}");
    }
}

#[tokio::test]
async fn a_link_nobody_used_times_out() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let answer = ask(&stage, &[&flow]).await;
    stage.pass(Duration::from_secs(24 * 3600 + 1));

    let (page, shown) = stage.open(answer["BatchCancelFlowUrl"].as_str().unwrap()).await;

    shown.says(410, &["链接已失效"]);
    stage.submit(&page, "action=confirm").await.says(410, &["链接已失效"]);
    assert_eq!(task(&stage, &answer["TaskId"], 0).await["TaskStatus"], "TIMEOUT");
    assert_eq!(status(&stage, &flow).await.0, 1);
}

#[tokio::test]
async fn all_contracts_of_a_company_are_withdrawn_a_little_later() {
    let stage = Stage::new();
    let (first, second) = (stage.launch().await, stage.launch().await);
    stage.listen();
    let answer = stage.call("CancelOrganizationFlows", json!({"Operator": stage.operator()})).await;
    let id = answer["TaskId"].clone();
    assert_eq!(task(&stage, &id, 1).await["TaskStatus"], "PROCESSING");
    stage.call("CancelFlow", json!({"Operator": stage.operator(), "FlowId": first, "CancelMessage": "不签了"})).await;

    stage.pass(Duration::from_secs(2));

    insta::assert_json_snapshot!("organization_cancel", task(&stage, &id, 1).await);
    assert_eq!(status(&stage, &second).await, (json!(6), json!("自动撤销（通过接口实现）")));
    let (kind, data) = stage.heard().pop().unwrap();
    assert_eq!((kind.as_str(), &data["TaskId"], &data["TaskStatus"]), ("CancelOrganizationFlows", &id, &json!("END")));
    let code = |answer: Value| answer["Error"]["Code"].clone();
    assert_eq!(code(task(&stage, &id, 0).await), "FailedOperation", "it is no link's task");
    assert_eq!(code(task(&stage, &json!("nobody"), 1).await), "FailedOperation");
}

#[tokio::test]
async fn who_may_not_is_refused() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let colleague = json!({"UserId": stage.file.organizations[0].employees[1].id});
    let code = |answer: Value| answer["Error"]["Code"].clone();

    assert_eq!(code(stage.call("CancelOrganizationFlows", json!({"Operator": colleague})).await), "OperationDenied");
    assert_eq!(code(ask(&stage, &[]).await), "MissingParameter.FlowId");
    assert_eq!(code(ask(&stage, &[&flow, &flow]).await), "OperationDenied.BatchCancelForbid");
    let by_colleague = stage.call("CreateBatchCancelFlowUrl", json!({"Operator": colleague, "FlowIds": [flow]})).await;
    assert!(by_colleague["FailMessages"][0].as_str().unwrap().contains("无权限"), "{by_colleague}");
}
