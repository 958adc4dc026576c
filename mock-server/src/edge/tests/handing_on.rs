//! A signer hands their task on to a colleague (转他人处理), and what people read instead of 合同.

use serde_json::{Value, json};

use super::stage::Stage;

/// A contract whose first signer is the demo company's operator, with `more` about it and about them; the way to its page.
async fn page(stage: &Stage, more: &Value, option: Value) -> (String, String) {
    let mut new = stage.new_flow().await;
    for (field, value) in more.as_object().unwrap() {
        new[field] = value.clone();
    }
    new["Approvers"][0]["ApproverOption"] = option;
    let flow = stage.call("CreateFlowByFiles", new.clone()).await["FlowId"].as_str().unwrap().to_owned();
    let signer = &new["Approvers"][0];
    let wanted = json!({"ApproverType": 0, "OrganizationName": signer["OrganizationName"],
        "ApproverName": signer["ApproverName"], "ApproverMobile": signer["ApproverMobile"]});
    let request = json!({"Operator": stage.operator(), "FlowId": flow, "FlowApproverInfos": [wanted]});
    let link = stage.call("CreateFlowSignUrl", request).await;
    (flow, stage.open(link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap()).await.0)
}

async fn first_signer(stage: &Stage, flow: &str) -> Value {
    let request = json!({"Operator": stage.operator(), "FlowIds": [flow]});
    stage.call("DescribeFlowInfo", request).await["FlowDetailInfos"][0]["FlowApproverInfos"][0].take()
}

#[tokio::test]
async fn a_companys_signer_hands_on_to_a_colleague_and_to_nobody_else() {
    let stage = Stage::new();
    stage.listen();
    let (flow, page) = page(&stage, &json!({}), json!({})).await;
    stage.open(&page).await.1.says(200, &["转他人处理"]);
    let stranger = json!({"action": "forward", "name": "张三", "mobile": "18888888888"});
    assert_eq!(stage.post(&page, &stranger).await["error"], "no_colleague");
    let colleague = &stage.company().employees[1];

    let answer =
        stage.post(&page, &json!({"action": "forward", "name": colleague.name, "mobile": colleague.mobile})).await;

    assert_eq!(answer.get("error"), None, "{answer}");
    let signer = first_signer(&stage, &flow).await;
    assert_eq!(signer["ApproveName"], colleague.name.as_str());
    assert_eq!(signer["ForwardRecords"][0]["ForwardType"], "FORWARD");
    assert!(stage.heard_kinds().contains(&"ForwardFLow".to_owned()));
}

#[tokio::test]
async fn a_task_that_must_not_be_handed_on_stays_but_for_an_administrator() {
    let stage = Stage::new();
    let (flow, page) = page(&stage, &json!({}), json!({"NoTransfer": true})).await;
    assert!(!stage.open(&page).await.1.text().contains("转他人处理"));
    let colleague = &stage.company().employees[1];
    let wish = json!({"action": "forward", "name": colleague.name, "mobile": colleague.mobile});
    assert_eq!(stage.post(&page, &wish).await["error"], "must_not_forward");
    assert_eq!(first_signer(&stage, &flow).await["ForwardRecords"], Value::Null);

    let recipient = first_signer(&stage, &flow).await["RecipientId"].clone();
    let infos = json!([{"FlowId": flow, "RecipientId": recipient}]);
    let request = json!({"Operator": stage.operator(), "TargetUserId": colleague.id, "FlowForwardInfos": infos});
    assert_eq!(stage.call("CreateFlowForwards", request).await["SuccessFlows"], json!([flow]));
}

#[tokio::test]
async fn a_link_may_hide_the_way_to_hand_on() {
    let stage = Stage::new();
    let (flow, _) = page(&stage, &json!({}), json!({})).await;
    for (hides, offered) in [(json!([1]), true), (json!([2]), false), (json!([0]), false)] {
        let request = json!({"Operator": stage.operator(), "PathType": 1, "EndPoint": "HTTP", "FlowId": flow,
            "OrganizationName": stage.company().name, "Name": "典子谦", "Mobile": "13200000000", "Hides": hides});
        let link = stage.call("CreateSchemeUrl", request).await;
        let shown = stage.open(link["SchemeUrl"].as_str().unwrap()).await.1;
        shown.says(200, &["请您签署"]);
        assert_eq!(shown.text().contains("转他人处理"), offered, "{hides}");
    }
}

#[tokio::test]
async fn people_read_the_word_the_initiator_chose() {
    let stage = Stage::new();
    let (_, page) = page(&stage, &json!({"FlowDisplayType": 2, "FlowName": "劳动合同"}), json!({})).await;
    let shown = stage.open(&page).await.1;
    shown.says(200, &["劳动合同", "协议文件", "请阅读协议全文"]);
    assert!(!shown.text().contains("合同文件"));
    assert_eq!(stage.look(&page).await["says"], "请您签署：请阅读协议全文，然后签署或拒签。");
    let told: Vec<String> = stage.account().enter(crate::engine::clock::EdgeTime::read(), |world, _, _| {
        world.notices.iter().map(|notice| notice.text.clone()).collect()
    });
    assert!(told.iter().any(|text| text.contains("签署协议《劳动合同》")), "{told:?}");
}

/// `ex CreateDynamicFlowApprover` gives a person who joins a place for a seal.
#[tokio::test]
async fn a_person_who_joins_may_have_a_place_for_their_seal_and_one_from_the_start_not() {
    let stage = Stage::new();
    let mut new = stage.new_flow().await;
    new["OpenDynamicSignFlow"] = json!(true);
    let mut joining = new["Approvers"][1].clone();
    joining["SignComponents"][0]["ComponentType"] = json!("SIGN_SEAL");
    let mut refused = new.clone();
    refused["Approvers"][1] = joining.clone();
    let refused = stage.call("CreateFlowByFiles", refused).await;
    assert_eq!(refused["Error"]["Code"], "OperationDenied.NoSupportComponentType");
    new["Approvers"] = json!([new["Approvers"][0]]);
    let flow = stage.call("CreateFlowByFiles", new).await["FlowId"].clone();

    let request = |who: &Value| json!({"Operator": stage.operator(), "FlowId": flow, "Approvers": [who]});
    let mut named = joining.clone();
    named["SignComponents"][0]["ComponentValue"] = json!(stage.company().seals[0].id);
    let refused = stage.call("CreateDynamicFlowApprover", request(&named)).await;
    assert!(refused["Error"]["Code"].is_string(), "a company's seal is nobody else's: {refused}");
    let joined = stage.call("CreateDynamicFlowApprover", request(&joining)).await;
    assert!(joined["DynamicFlowApproverList"][0]["RecipientId"].is_string(), "{joined}");
}
