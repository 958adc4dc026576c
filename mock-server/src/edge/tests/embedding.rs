//! Pages of the console, embedded in a caller's own.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;

async fn embed(stage: &Stage, kind: &str, business: &str) -> Value {
    let parameters = json!({"Operator": stage.operator(), "EmbedType": kind, "BusinessId": business});
    stage.call("CreateEmbedWebUrl", parameters).await
}

#[tokio::test]
async fn contracts_templates_and_seals_are_looked_at_once() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let (template, seal) = (stage.company().templates[0].id.clone(), stage.company().seals[0].id.clone());
    let mut urls = Vec::new();
    for (kind, business, sentence) in [
        ("PREVIEW_FLOW", flow.as_str(), "采购合同"),
        ("PREVIEW_FLOW_DETAIL", &flow, "采购合同"),
        ("PREVIEW_TEMPLATE", &template, "劳动合同"),
        ("PREVIEW_SEAL_LIST", "", "合同专用章"),
        ("PREVIEW_SEAL_DETAIL", &seal, "公章"),
        ("CREATE_SEAL", "", "创建印章"),
        ("EXTEND_SERVICE", "", "本模拟环境没有实现"),
    ] {
        let answer = embed(&stage, kind, business).await;
        let url = answer["WebUrl"].as_str().unwrap_or_else(|| panic!("{kind}: {answer}")).to_owned();
        stage.open(&url).await.1.says(200, &[sentence]);
        stage.open(&url).await.1.says(410, &["链接只能打开一次"]);
        urls.push(url);
    }
    insta::assert_json_snapshot!("embedded", urls);
    let details = json!({"Operator": stage.operator(), "EmbedType": "PREVIEW_FLOW_DETAIL", "BusinessId": flow,
        "Option": {"ShowFlowDetailComponent": true}});
    let url = stage.call("CreateEmbedWebUrl", details).await["WebUrl"].take();
    assert!(url.as_str().unwrap().contains("//contract-details?embed=1"), "two slashes are the vendor's: {url}");
    assert!(url.as_str().unwrap().ends_with("&showComponent=1&businessType=DOCUMENT&scene=SINGLEPAGE"), "{url}");
    stage.pass(Duration::from_secs(300));
    stage.open(url.as_str().unwrap()).await.1.says(410, &["链接已失效"]);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_shown() {
    let stage = Stage::new();
    let mut said = Vec::new();
    for (kind, business) in [
        ("PREVIEW_FLOW", ""),
        ("PREVIEW_FLOW_DETAIL", "noflow"),
        ("PREVIEW_TEMPLATE", "notemplate"),
        ("PREVIEW_SEAL_DETAIL", "noseal"),
        ("PREVIEW_MOON", ""),
    ] {
        let error = embed(&stage, kind, business).await["Error"].take();
        said.push(format!(
            "{kind} {business}: {} {}",
            error["Code"].as_str().unwrap(),
            error["Message"].as_str().unwrap()
        ));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[tokio::test]
async fn a_page_makes_a_seal_and_others_show_it_with_its_picture() {
    let stage = Stage::new();
    stage.listen();
    let url = embed(&stage, "CREATE_SEAL", "").await["WebUrl"].as_str().unwrap().to_owned();
    let (page, shown) = stage.open(&url).await;
    shown.says(200, &["典子谦示例企业", "财务专用章"]);
    let wrong = stage.post(&page, &json!({"name": "财务专用章", "kind": "FINANCE", "size": "39_39"})).await;
    assert_eq!(wrong["error"], "ParameterInvalid", "a form that is refused may be sent again: {wrong}");
    let taken = stage.post(&page, &json!({"name": "公章", "kind": "FINANCE"})).await;
    assert_eq!(taken["error"], "SealNameExists", "{taken}");
    let wanted = json!({"name": "财务专用章", "kind": "FINANCE", "style": "ellipse", "size": "45_30"});
    let made = stage.post(&page, &wanted).await;
    assert_eq!((&made["made"]["name"], &made["made"]["status"]), (&json!("财务专用章"), &json!("SUCCESS")), "{made}");
    assert_eq!(stage.post(&page, &wanted).await["error"], "already_done", "a page makes one seal");
    assert_eq!(stage.heard_kinds(), ["OperateSeal", "OperateSeal"], "made, and usable");

    let list = embed(&stage, "PREVIEW_SEAL_LIST", "").await["WebUrl"].as_str().unwrap().to_owned();
    let seals = stage.look(list.trim_start_matches("http://mock")).await["shows"].take();
    let names: Vec<&str> = seals.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"公章") && names.contains(&"财务专用章"), "{names:?}");
    let one = embed(&stage, "PREVIEW_SEAL_DETAIL", made["made"]["id"].as_str().unwrap()).await;
    let one = stage.look(one["WebUrl"].as_str().unwrap().trim_start_matches("http://mock")).await["shows"][0].take();
    assert_eq!((&one["id"], &one["kind"]), (&made["made"]["id"], &json!("FINANCE")));
    let (_, picture) = stage.open(one["picture"].as_str().unwrap()).await;
    assert!(picture.body.starts_with(b"\x89PNG"), "{one}");
}

#[tokio::test]
async fn a_page_makes_a_seal_of_a_picture_that_was_uploaded() {
    let stage = Stage::new();
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    let file = json!({"FileName": "章.png", "FileBody": png});
    let uploaded = stage.call("UploadFiles", json!({"BusinessType": "SEAL", "FileInfos": [file]})).await;
    let url = embed(&stage, "CREATE_SEAL", "").await["WebUrl"].as_str().unwrap().to_owned();
    let page = stage.open(&url).await.0;
    let unknown = stage.post(&page, &json!({"name": "扫描章", "kind": "OTHER", "file": "nobody"})).await;
    assert_eq!(unknown["error"], "FileUnknown", "{unknown}");
    let shown = stage
        .submit(&page, &format!("name=%E6%89%AB&kind=OTHER&file={}", uploaded["FileIds"][0].as_str().unwrap()))
        .await;
    shown.says(200, &["印章已创建", "图片印章需审核后才能使用"]);
}
