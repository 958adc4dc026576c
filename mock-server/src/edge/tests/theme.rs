//! What a company's pages look like.

use serde_json::{Value, json};

use super::stage::Stage;

async fn set(stage: &Stage, color: &str, logo: bool) -> Value {
    let config = json!({"WebEmbedThemeColor": color, "DisplaySignBrandLogo": logo});
    let request = json!({"Operator": stage.operator(), "ThemeType": "EMBED_WEB_THEME", "WebThemeConfig": config});
    stage.call("CreateWebThemeConfig", request).await
}

async fn page(stage: &Stage, flow: &str) -> String {
    let person = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"});
    let request = json!({"Operator": stage.operator(), "FlowId": flow, "FlowApproverInfos": [person]});
    let link = stage.call("CreateFlowSignUrl", request).await;
    let url = link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap_or_else(|| panic!("no link: {link}"));
    stage.open(url).await.1.text()
}

#[tokio::test]
async fn pages_of_a_companys_contracts_wear_its_last_theme() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    stage.sign_next(&flow);
    let bare = page(&stage, &flow).await;
    assert!(bare.contains("class=\"brand\"") && !bare.contains("<style>"), "as ever without a theme");

    set(&stage, "#ad352f", false).await;
    let themed = page(&stage, &flow).await;
    assert!(themed.contains("--green: #ad352f;"), "{themed}");
    assert!(!themed.contains("class=\"brand\""), "hidden unless asked for");

    set(&stage, "rgb(213,73,65)", true).await;
    let themed = page(&stage, &flow).await;
    assert!(
        themed.contains("--green: rgb(213, 73, 65);") && themed.contains("class=\"brand\""),
        "the last word counts"
    );
}

#[tokio::test]
async fn a_theme_is_one_companys_and_nothing_but_a_colour_gets_into_a_page() {
    let stage = Stage::new();
    for color in ["red", "#12345", "rgb(1,2,3);} body { display: none"] {
        assert_eq!(set(&stage, color, true).await["Error"]["Code"], "FailedOperation", "{color}");
    }
    let member = json!({"ProxyOrganizationId": stage.file.organizations[3].id});
    let config = json!({"WebEmbedThemeColor": "#ad352f"});
    let of_member = json!({"Agent": member, "Operator": stage.operator(), "ThemeType": "EMBED_WEB_THEME", "WebThemeConfig": config});
    assert_eq!(stage.call("CreateWebThemeConfig", of_member).await.get("Error"), None);
    let flow = stage.launch().await;
    stage.sign_next(&flow);
    assert!(!page(&stage, &flow).await.contains("<style>"), "the member's is not the main company's");
}
