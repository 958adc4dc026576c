//! What a platform's pages look like.

use serde_json::{Value, json};

use super::platform::{agent, first};
use super::stage::Stage;

async fn set(stage: &Stage, color: &str, logo: bool) -> Value {
    let config = json!({"WebEmbedThemeColor": color, "DisplaySignBrandLogo": logo});
    let request = json!({"ThemeType": "EMBED_WEB_THEME", "WebThemeConfig": config});
    stage.platform("ChannelCreateWebThemeConfig", &first(), request).await
}

async fn page(stage: &Stage, flow: &str) -> String {
    let person = json!({"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_dianziqian", "OpenId": "n9527"});
    let request = json!({"FlowId": flow, "FlowApproverInfos": [person]});
    let link = stage.platform("ChannelCreateFlowSignUrl", &first(), request).await;
    let url = link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap_or_else(|| panic!("no link: {link}"));
    stage.open(url).await.1.text()
}

#[tokio::test]
async fn pages_of_an_applications_contracts_wear_its_last_theme() {
    let stage = Stage::new();
    let flow = stage.launch_for(&first()).await;
    let bare = page(&stage, &flow).await;
    assert!(bare.contains("class=\"brand\"") && !bare.contains("<style>"), "as ever without a theme");

    set(&stage, "#4de813", false).await;
    let themed = page(&stage, &flow).await;
    assert!(themed.contains("--green: #4de813;"), "{themed}");
    assert!(!themed.contains("class=\"brand\""), "hidden unless asked for");

    set(&stage, "#0052d9", true).await;
    let themed = page(&stage, &flow).await;
    assert!(themed.contains("--green: #0052d9;") && themed.contains("class=\"brand\""), "the last word counts");
}

#[tokio::test]
async fn nothing_but_a_colour_gets_into_a_page_and_a_theme_is_one_applications() {
    let stage = Stage::new();
    for color in ["red", "#12345", "#fff;} body { display: none"] {
        let refused = set(&stage, color, true).await;
        assert_eq!(refused["Error"]["Code"], "FailedOperation", "{color}");
    }
    let elsewhere = json!({"ThemeType": "EMBED_WEB_THEME", "WebThemeConfig": {"WebEmbedThemeColor": "#4de813"}});
    let mut other = agent("org_in_second_app", "second_app_admin");
    other["AppId"] = json!("yDemoUUckpmrzmjddUpQcOQuaqZHAMia");
    assert_eq!(stage.platform("ChannelCreateWebThemeConfig", &other, elsewhere).await.get("Error"), None);
    let flow = stage.launch_for(&first()).await;
    assert!(!page(&stage, &flow).await.contains("<style>"), "another application's theme");
}
