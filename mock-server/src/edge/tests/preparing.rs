//! Contracts prepared by a call and launched on a page.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::clock::EdgeTime;

async fn request(stage: &Stage) -> Value {
    json!({
        "Operator": stage.operator(),
        "FlowName": "采购合同",
        "ResourceType": 2,
        "ResourceId": stage.upload().await,
        "UserData": "dGVzdA==",
        "Approvers": [{"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"}],
    })
}

async fn statuses(stage: &Stage, flows: &[&str]) -> Vec<Value> {
    let answer = stage.call("DescribeFlowBriefs", json!({"Operator": stage.operator(), "FlowIds": flows})).await;
    let briefs = answer["FlowBriefs"].as_array().unwrap();
    briefs.iter().map(|brief| brief["FlowStatus"].clone()).collect()
}

fn left(stage: &Stage) -> u64 {
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        world.directory.organizations.get(stage.company().id.as_str()).unwrap().quota.left
    })
}

#[tokio::test]
async fn a_prepared_contract_is_launched_on_its_page() {
    let stage = Stage::new();
    stage.listen();
    let before = left(&stage);
    let answer = stage.call("CreatePrepareFlow", request(&stage).await).await;
    insta::assert_json_snapshot!("prepare_flow", answer);
    let flow = answer["FlowId"].as_str().unwrap().to_owned();
    assert!(statuses(&stage, &[&flow]).await.is_empty(), "its id is only reserved");
    assert_eq!(left(&stage), before, "nothing is charged before");

    let (page, shown) = stage.open(answer["Url"].as_str().unwrap()).await;
    shown.says(200, &["发起合同", "采购合同", "张三", "确认发起"]);
    let done = stage.submit(&page, "action=launch").await;

    done.says(200, &["已发起"]);
    assert_eq!(statuses(&stage, &[&flow]).await, [1]);
    assert_eq!(left(&stage), before - 1);
    assert_eq!(stage.heard_kinds(), ["BillingUse", "FlowCost", "FlowStatusChange"].map(str::to_owned));
    let told = stage.heard().pop().unwrap().1;
    assert_eq!((&told["FlowId"], &told["UserData"]), (&json!(flow), &json!("dGVzdA==")));
    stage.submit(&page, "action=launch").await.says(409, &["已经完成"]);
    assert_eq!(left(&stage), before - 1, "launched once");
}

#[tokio::test]
async fn the_page_lives_five_minutes() {
    let stage = Stage::new();
    let answer = stage.call("CreatePrepareFlow", request(&stage).await).await;
    stage.pass(Duration::from_secs(300));
    let (page, shown) = stage.open(answer["Url"].as_str().unwrap()).await;
    shown.says(410, &["链接已失效"]);
    stage.submit(&page, "action=launch").await.says(410, &["链接已失效"]);
}

#[tokio::test]
async fn what_the_call_left_out_is_asked_for_on_the_page() {
    let stage = Stage::new();
    let mut request = request(&stage).await;
    let file = request["ResourceId"].take();
    request["Approvers"].take();
    let answer = stage.call("CreatePrepareFlow", request).await;
    let (page, shown) = stage.open(answer["Url"].as_str().unwrap()).await;
    shown.says(200, &["UploadFiles 返回的 FileId", "手机号"]);
    assert_eq!(stage.look(&page).await["asks_for_file"], true);

    let refused = stage.post(&page, &json!({"action": "launch", "file": file})).await;
    assert_eq!(refused["error"], "ApproversEmpty");
    let signer = json!({"name": "张三", "mobile": "18888888888"});
    let unknown = stage.post(&page, &json!({"action": "launch", "file": "nofile", "signers": [signer]})).await;
    assert_eq!(unknown["error"], "unknown_file");
    let done = stage.post(&page, &json!({"action": "launch", "file": file, "signers": [signer]})).await;

    assert_eq!(done["launched"], true, "{done}");
    assert_eq!(statuses(&stage, &[answer["FlowId"].as_str().unwrap()]).await, [1]);
}

#[tokio::test]
async fn a_contract_that_is_to_be_reviewed_waits() {
    let stage = Stage::new();
    stage.listen();
    let mut request = request(&stage).await;
    request["NeedCreateReview"] = json!(true);
    let answer = stage.call("CreatePrepareFlow", request.clone()).await;
    let flow = answer["FlowId"].as_str().unwrap();
    let (page, _) = stage.open(answer["Url"].as_str().unwrap()).await;
    stage.submit(&page, "action=launch").await.says(200, &["已发起"]);
    assert_eq!(statuses(&stage, &[flow]).await, [0]);
    assert_eq!(stage.heard_kinds(), ["CreateFlowReview"]);
    assert_eq!(stage.heard()[0].1["FlowId"], flow);

    // It can be prepared again as long as it waits, and keeps its id.
    request["FlowId"] = json!(flow);
    request["FlowName"] = json!("采购合同二");
    let again = stage.call("CreatePrepareFlow", request.clone()).await;
    assert_eq!(again["FlowId"], flow);
    let (page, _) = stage.open(again["Url"].as_str().unwrap()).await;
    stage.submit(&page, "action=launch").await.says(200, &["已发起"]);
    assert_eq!(statuses(&stage, &[flow]).await, [0]);

    let launched = stage.launch().await;
    request["FlowId"] = json!(launched);
    let refused = stage.call("CreatePrepareFlow", request).await;
    assert_eq!(refused["Error"]["Code"], "OperationDenied", "{refused}");
}

#[tokio::test]
async fn a_draft_is_prepared_again_by_its_id() {
    let stage = Stage::new();
    let mut request = request(&stage).await;
    request["FlowOption"] = json!({"NeedFlowDraft": true});
    let first = stage.call("CreatePrepareFlow", request.clone()).await;
    request["ResourceType"] = json!(3);
    request["ResourceId"] = first["DraftId"].clone();
    request["Approvers"].take();
    let second = stage.call("CreatePrepareFlow", request.clone()).await;
    let (page, _) = stage.open(second["Url"].as_str().unwrap()).await;
    let done = stage.post(&page, &json!({"action": "launch"})).await;
    assert_eq!(done["contracts"][0]["parties"][0]["name"], "张三");
    request["ResourceId"] = json!("nodraft");
    assert_eq!(stage.call("CreatePrepareFlow", request).await["Error"]["Code"], "ResourceNotFound");
}

#[tokio::test]
async fn a_group_is_launched_at_once_or_not_at_all() {
    let stage = Stage::new();
    let component = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 100,
        "ComponentPosY": 100, "ComponentWidth": 100, "ComponentHeight": 50});
    let person = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
        "SignComponents": [component]});
    let (one, two) = (stage.upload().await, stage.upload().await);
    let flow = |file: &str| json!({"FlowName": "子合同", "FileIds": [file], "Approvers": [person]});
    let answer = stage
        .call(
            "CreatePrepareFlowGroup",
            json!({"Operator": stage.operator(), "FlowGroupName": "合同组", "ResourceType": 2,
                "FlowGroupOptions": {"FlowGroupNeedWorkflow": true}, "FlowGroupInfos": [flow(&one), flow(&two)]}),
        )
        .await;
    insta::assert_json_snapshot!("prepare_group", answer);
    let (page, shown) = stage.open(answer["PrepareUrl"].as_str().unwrap()).await;
    shown.says(200, &["合同组", "子合同"]);
    let contracts = stage.look(&page).await["contracts"].clone();
    let ids: Vec<&str> = contracts.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let set_left = |left| {
        stage.account().enter(EdgeTime::read(), |world, _, _| {
            let number = world.directory.organizations.number(stage.company().id.as_str()).unwrap();
            world.directory.organizations.at_mut(number).unwrap().quota.left = left;
        });
    };

    set_left(1);
    assert_eq!(stage.post(&page, &json!({"action": "launch"})).await["error"], "QuotaExhausted");
    assert!(statuses(&stage, &ids).await.is_empty(), "not one of them");
    assert_eq!(left(&stage), 1);
    set_left(5);
    assert_eq!(stage.post(&page, &json!({"action": "launch"})).await["launched"], true);

    assert_eq!(statuses(&stage, &ids).await, [1, 1]);
    let group = json!({"Operator": stage.operator(), "FlowGroupId": answer["FlowGroupId"]});
    let described = stage.call("DescribeFlowInfo", group).await;
    assert_eq!(described["FlowGroupName"], "合同组", "{described}");
}

#[tokio::test]
async fn the_mini_programs_page_dies_with_the_launch() {
    let stage = Stage::new();
    let mut request = request(&stage).await;
    request["DeadlineAfterStartDays"] = json!(3);
    let answer = stage.call("CreateMiniAppPrepareFlow", request.clone()).await;
    insta::assert_json_snapshot!("mini_app_prepare_flow", answer);
    stage.pass(Duration::from_secs(89 * 86_400));
    let now = 1_700_000_000 + 89 * 86_400;
    for field in ["ShortUrl", "LongUrl", "WeixinQrcodeUrl"] {
        stage.open(answer[field].as_str().unwrap()).await.1.says(200, &["确认发起"]);
    }
    let path = format!("/mini/demo?path={}", answer["MiniAppPath"].as_str().unwrap().replace('&', "%26"));
    let (page, shown) = stage.open(&path).await;
    shown.says(200, &["确认发起"]);

    stage.submit(&page, "action=launch").await.says(200, &["已发起"]);

    let flow = answer["FlowId"].as_str().unwrap();
    assert_eq!(statuses(&stage, &[flow]).await, [1]);
    let info = stage.call("DescribeFlowBriefs", json!({"Operator": stage.operator(), "FlowIds": [flow]})).await;
    assert_eq!(info["FlowBriefs"][0]["Deadline"], now + 3 * 86_400, "three days from the launch");
    stage.submit(&page, "action=launch").await.says(409, &["已经完成"]);
}

#[tokio::test]
async fn what_cannot_be_launched_is_refused_at_once() {
    let stage = Stage::new();
    let good = request(&stage).await;
    let mut said = Vec::new();
    for (name, field, value) in [
        ("nothing to skip to", "FlowOption", json!({"SkipUploadFile": true})),
        ("file unknown", "ResourceId", json!("nofile")),
        ("signer without a name", "Approvers", json!([{"ApproverType": 1, "ApproverMobile": "18888888888"}])),
        ("signer without a number", "Approvers", json!([{"ApproverType": 1, "ApproverName": "张三"}])),
        ("deadline past", "Deadline", json!(1)),
        ("contract unknown", "FlowId", json!("noflow")),
        ("name with a star", "FlowName", json!("合同*")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        if field == "FlowOption" {
            bad["ResourceId"] = json!("");
        }
        let error = stage.call("CreatePrepareFlow", bad).await["Error"].take();
        said.push(format!("{name}: {} {}", error["Code"].as_str().unwrap(), error["Message"].as_str().unwrap()));
    }
    insta::assert_snapshot!(said.join("\n"));
}
