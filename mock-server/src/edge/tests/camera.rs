//! Signers who are asked something before the camera (`api Intention`).

use serde_json::{Value, json};

use super::stage::Stage;

/// A contract between two persons, both due, and its id.
async fn contract(stage: &Stage) -> String {
    let mut new = stage.new_flow().await;
    let mut other = new["Approvers"][1].clone();
    other["ApproverName"] = json!("李四");
    other["ApproverMobile"] = json!("13900000001");
    new["Approvers"] = json!([new["Approvers"][1], other]);
    new["Unordered"] = json!(true);
    stage.call("CreateFlowByFiles", new).await["FlowId"].as_str().unwrap().to_owned()
}

/// What the recorded signer `place` left, as the company reads it.
async fn recorded(stage: &Stage, flow: &str, place: usize) -> Value {
    let info = stage.call("DescribeFlowInfo", json!({"Operator": stage.operator(), "FlowIds": [flow]})).await;
    let sign = &info["FlowDetailInfos"][0]["FlowApproverInfos"][place]["SignId"];
    let request = json!({"Operator": stage.operator(), "FlowId": flow, "SignId": sign});
    stage.call("DescribeSignFaceVideo", request).await
}

fn questions() -> Value {
    json!({"IntentionType": 1, "IntentionQuestions": [
        {"Question": "您是否同意签署？", "Answers": ["同意", "我同意"]},
        {"Question": "您是否清楚内容？", "Answers": ["清楚"]},
    ]})
}

#[tokio::test]
async fn what_the_signer_says_to_each_question_is_kept() {
    let stage = Stage::new();
    let flow = contract(&stage).await;
    let signer = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
        "ApproverSignTypes": [1], "Intention": questions()});
    let request = json!({"Operator": stage.operator(), "FlowId": flow, "FlowApproverInfos": [signer]});
    let link = stage.call("CreateFlowSignUrl", request).await;
    let (page, shown) = stage.open(link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap()).await;
    shown.says(200, &["您是否同意签署？", "您是否清楚内容？", "name=\"answer.1\""]);
    let action = &stage.look(&page).await["actions"][0];
    assert_eq!(action["body"], json!({"action": "sign", "answers": ["同意", "清楚"]}), "a script is told what passes");

    for answers in [json!([]), json!(["同意"]), json!(["同意", "不清楚"])] {
        let refused = stage.post(&page, &json!({"action": "sign", "answers": answers})).await;
        assert_eq!(refused["error"], "answer_unfit", "{answers}");
    }
    assert_eq!(recorded(&stage, &flow, 0).await["Error"]["Code"], "FailedOperation", "nobody has signed");
    let form = "answer.0=%E6%88%91%E5%90%8C%E6%84%8F&answer.1=%E6%B8%85%E6%A5%9A&message=&action=sign";
    stage.submit(&page, form).await.says(200, &["您已签署"]);

    let video = recorded(&stage, &flow, 0).await;
    let result = &video["IntentionQuestionResult"];
    assert_eq!((&result["AsrResult"], &result["ResultCode"]), (&json!(["我同意", "清楚"]), &json!(["0", "0"])));
    assert_eq!(result["Video"], video["VideoData"]["LiveNessVideo"]);
    assert_eq!(video["IntentionActionResult"], Value::Null);
}

#[tokio::test]
async fn whoever_nods_leaves_a_video_of_each_nod_in_every_contract_signed() {
    let stage = Stage::new();
    let flows = [contract(&stage).await, contract(&stage).await];
    let request = json!({"Operator": stage.operator(), "FlowIds": flows, "ApproverSignTypes": [1],
        "FlowApproverInfo": {"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"},
        "Intention": {"IntentionType": 2, "IntentionActions": [{"Text": "同意请点头。"}]}});
    let link = stage.call("CreateBatchQuickSignUrl", request).await;
    let (page, shown) = stage.open(link["FlowApproverUrlInfo"]["SignUrl"].as_str().unwrap()).await;
    shown.says(200, &["同意请点头。", "readonly"]);

    stage.submit(&page, "answer.0=%E7%82%B9%E5%A4%B4&message=&action=sign").await.says(200, &["您已签署"]);

    for flow in flows {
        let video = recorded(&stage, &flow, 0).await;
        assert_eq!(video["IntentionActionResult"]["Details"], json!([{"Video": video["VideoData"]["LiveNessVideo"]}]));
        assert_eq!(video["IntentionQuestionResult"]["AsrResult"], json!([]));
    }
}

#[tokio::test]
async fn a_face_asked_for_by_the_link_alone_is_recorded_and_one_signed_elsewhere_is_not() {
    let stage = Stage::new();
    let flow = contract(&stage).await;
    let signer = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
        "ApproverSignTypes": [1]});
    let request = json!({"Operator": stage.operator(), "FlowId": flow, "FlowApproverInfos": [signer]});
    let link = stage.call("CreateFlowSignUrl", request).await;
    let (page, _) = stage.open(link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap()).await;
    stage.post(&page, &json!({"action": "sign"})).await;
    stage.sign_next(&flow);

    assert!(recorded(&stage, &flow, 0).await["VideoData"]["LiveNessVideo"].is_string());
    assert_eq!(recorded(&stage, &flow, 1).await["Error"]["Code"], "FailedOperation");
}
