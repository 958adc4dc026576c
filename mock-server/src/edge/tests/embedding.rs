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
        ("CREATE_SEAL", "", "本模拟环境没有实现"),
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
