//! QR codes that strangers sign by.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Switch;

/// The demo company's template of this name.
fn template(stage: &Stage, name: &str) -> String {
    stage.company().templates.iter().find(|one| one.name.starts_with(name)).unwrap().id.clone()
}

async fn code(stage: &Stage, more: &Value) -> Value {
    let mut request = json!({
        "Operator": stage.operator(),
        "TemplateId": template(stage, "个人承诺书"),
        "FlowName": "承诺书",
    });
    for (field, value) in more.as_object().unwrap() {
        request[field] = value.clone();
    }
    stage.call("CreateMultiFlowSignQRCode", request).await
}

async fn scan(stage: &Stage, answer: &Value, mobile: &str) -> Value {
    let page = format!("/scan/demo/{}", answer["QrCode"]["QrCodeId"].as_str().unwrap());
    stage.post(&page, &json!({"action": "scan", "name": "张三", "mobile": mobile})).await
}

async fn described(stage: &Stage, flow: &Value) -> Value {
    let parameters = json!({"Operator": stage.operator(), "FlowIds": [flow]});
    stage.call("DescribeFlowInfo", parameters).await["FlowDetailInfos"][0].take()
}

#[tokio::test]
async fn whoever_scans_signs_a_contract_of_their_own() {
    let stage = Stage::new();
    stage.listen();
    let answer = code(&stage, &json!({"UserData": "dGVzdA==", "FlowNameAppendScannerInfo": true})).await;
    insta::assert_json_snapshot!("qr_code", answer);
    for url in ["/SignUrls/HttpSignUrl", "/QrCode/WeixinQrCodeUrl"] {
        stage.open(answer.pointer(url).unwrap().as_str().unwrap()).await.1.says(200, &["承诺书", "去签署"]);
    }
    let path = answer["SignUrls"]["AppSignUrl"].as_str().unwrap().replace('&', "%26");
    let (page, shown) = stage.open(&format!("/mini/demo?path={path}")).await;
    shown.says(200, &["典子谦示例企业"]);

    let signing = stage.submit(&page, "action=scan&name=%E5%BC%A0%E4%B8%89&mobile=18888881234&id_card=").await;

    signing.says(200, &["请您签署", "承诺书-张三-1234"]);
    let expected = ["BillingUse", "FlowCost", "FlowStatusChange", "MultiFlowSignQrCodeCost"].map(str::to_owned);
    assert_eq!(stage.heard_kinds(), expected);
    let heard = stage.heard();
    assert_eq!(heard[2].1["UserData"], "dGVzdA==");
    insta::assert_json_snapshot!("qr_code_cost", heard[3].1);
    let flow = described(&stage, &heard[3].1["FlowId"]).await;
    assert_eq!((&flow["FlowStatus"], &flow["FlowName"]), (&json!(1), &json!("承诺书-张三-1234")));
    assert_eq!(flow["FlowApproverInfos"][0]["Mobile"], "18888881234");
}

#[tokio::test]
async fn its_picture_is_a_code_that_leads_there() {
    let stage = Stage::new();
    let answer = code(&stage, &json!({})).await;
    let (_, picture) = stage.open(answer["QrCode"]["QrCodeUrl"].as_str().unwrap()).await;
    assert_eq!(picture.status, 200);
    assert_eq!(
        picture.body,
        crate::documents::qr_code_png(answer["SignUrls"]["HttpSignUrl"].as_str().unwrap()).unwrap()
    );
    stage.open("/imgs/demo/multiSignQrCodes/QrCode/nobody.png").await.1.says(404, &["文件不存在"]);
}

#[tokio::test]
async fn a_code_is_used_up_over_or_withdrawn() {
    let stage = Stage::new();
    let two = code(&stage, &json!({"MaxFlowNum": 2})).await;
    assert!(scan(&stage, &two, "18888880001").await["sign_url"].is_string());
    assert!(scan(&stage, &two, "18888880002").await["sign_url"].is_string());
    assert_eq!(scan(&stage, &two, "18888880003").await["error"], "code_used_up");

    let withdrawn = code(&stage, &json!({})).await;
    let cancel = json!({"Operator": stage.operator(), "QrCodeId": withdrawn["QrCode"]["QrCodeId"]});
    let answer = stage.call("CancelMultiFlowSignQRCode", cancel.clone()).await;
    assert_eq!(answer.get("Error"), None);
    assert_eq!(scan(&stage, &withdrawn, "18888880001").await["error"], "code_cancelled");
    let again = stage.call("CancelMultiFlowSignQRCode", cancel).await;
    assert_eq!(again["Error"]["Code"], "OperationDenied.QrInvalid");
    assert_eq!(again["Error"]["Message"], "签署二维码不可用，请检查后重试。");

    let short = code(&stage, &json!({"QrEffectiveDay": 1})).await;
    stage.pass(Duration::from_secs(86_400));
    assert_eq!(scan(&stage, &short, "18888880001").await["error"], "code_expired");
    let cancel = json!({"Operator": stage.operator(), "QrCodeId": short["QrCode"]["QrCodeId"]});
    let refused = stage.call("CancelMultiFlowSignQRCode", cancel).await;
    assert_eq!(refused["Error"]["Code"], "OperationDenied.QrHasExpire");
}

#[tokio::test]
async fn a_code_may_be_for_some_and_for_once_each() {
    let stage = Stage::new();
    let invited = json!({"Restrictions": [{"Name": "张三", "Mobile": "18888880001"}]});
    let answer = code(&stage, &invited).await;
    assert_eq!(scan(&stage, &answer, "18888880002").await["error"], "not_invited");
    assert!(scan(&stage, &answer, "18888880001").await["sign_url"].is_string());
    let once = code(&stage, &json!({"ForbidPersonalMultipleSign": true})).await;
    assert!(scan(&stage, &once, "18888880001").await["sign_url"].is_string());
    assert_eq!(scan(&stage, &once, "18888880001").await["error"], "scanned_before");
    assert_eq!(scan(&stage, &once, "1888888").await["error"], "MobileInvalid");
}

#[tokio::test]
async fn without_quota_the_company_is_told_and_nothing_is_launched() {
    let stage = Stage::new();
    stage.listen();
    let answer = code(&stage, &json!({})).await;
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        let number = world.directory.organizations.number(stage.company().id.as_str()).unwrap();
        world.directory.organizations.at_mut(number).unwrap().quota.left = 0;
    });

    assert_eq!(scan(&stage, &answer, "18888880001").await["error"], "QuotaExhausted");

    assert_eq!(stage.heard_kinds(), ["CreateFlowByQrCode"]);
    insta::assert_json_snapshot!("qr_code_without_quota", stage.heard()[0].1);
}

#[tokio::test]
async fn the_codes_own_url_is_told_too_where_such_urls_are_called() {
    let stage = Stage::new();
    let url = "http://127.0.0.1:9/failures";
    let answer = code(&stage, &json!({"CallbackUrl": url})).await;
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        world.settings.qr_callback_url = Switch::On;
        world.quota_mut(&stage.company().id.as_str().into()).unwrap().left = 0;
    });

    assert_eq!(scan(&stage, &answer, "18888880001").await["error"], "QuotaExhausted");

    let told: Vec<String> = stage.account().enter(EdgeTime::read(), |world, _, _| {
        world
            .callbacks
            .deliveries()
            .map(|(_, one)| format!("{} {}", one.address.url, one.message.kind.name()))
            .collect()
    });
    assert_eq!(told, [format!("{url} CreateFlowByQrCode")]);
}

#[tokio::test]
async fn what_cannot_be_a_code_is_refused() {
    let stage = Stage::new();
    let mut said = Vec::new();
    for (name, more) in [
        ("company first", json!({"TemplateId": template(&stage, "劳动合同")})),
        ("company alone", json!({"TemplateId": template(&stage, "通知函")})),
        ("template unknown", json!({"TemplateId": "notemplate"})),
        ("over already", json!({"QrCodeExpiredOn": 1_699_999_999})),
        ("more than a year", json!({"QrCodeExpiredOn": 1_700_000_000 + 366 * 86_400})),
        ("91 days", json!({"QrEffectiveDay": 91})),
        ("31 days to sign", json!({"FlowEffectiveDay": 31})),
        ("name with a star", json!({"FlowName": "合同*"})),
    ] {
        let error = code(&stage, &more).await["Error"].take();
        said.push(format!("{name}: {} {}", error["Code"].as_str().unwrap(), error["Message"].as_str().unwrap()));
    }
    for (name, id) in [("no code", ""), ("code unknown", "nocode")] {
        let answer =
            stage.call("CancelMultiFlowSignQRCode", json!({"Operator": stage.operator(), "QrCodeId": id})).await;
        let error = &answer["Error"];
        said.push(format!("{name}: {} {}", error["Code"].as_str().unwrap(), error["Message"].as_str().unwrap()));
    }
    for kind in ["保密协议", "入职通知"] {
        let answer = code(&stage, &json!({"TemplateId": template(&stage, kind)})).await;
        assert_eq!(answer.get("Error"), None, "{kind}");
        assert!(scan(&stage, &answer, "18888880001").await["sign_url"].is_string(), "{kind}");
    }
    insta::assert_snapshot!(said.join("\n"));
}
