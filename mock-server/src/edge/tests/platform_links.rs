//! Links a platform makes for its customers' contracts, and the pages behind them.

use std::time::Duration;

use serde_json::{Value, json};

use super::platform::agent_of;
use super::stage::Stage;
use crate::coverage::cases::WORLD;
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::WorldFile;

fn stage() -> Stage {
    Stage::of(WorldFile::parse("fixtures/worlds/refusals.yaml", WORLD).unwrap())
}

fn first() -> Value {
    agent_of("app", "org_first", "staff_operator")
}

/// The path and query of an address.
fn local(url: &Value) -> String {
    let url = url.as_str().unwrap_or_else(|| panic!("no address: {url}"));
    url.strip_prefix("http://mock").unwrap_or(url).to_owned()
}

#[tokio::test]
async fn one_link_for_several_contracts_in_a_browser_in_the_mini_program_and_in_the_console() {
    let stage = stage();
    let both = json!(["customers-running", "first-of-customers-group"]);
    let employee =
        json!({"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_first", "OpenId": "staff_operator"});
    let slot = json!({"FlowBatchApproverInfos": [{"FlowId": "customers-open-slot", "RecipientId": "customers-slot"}]});
    let mut answers = Vec::new();
    for (action, parameters) in [
        ("ChannelCreateBatchQuickSignUrl", json!({"FlowApproverInfo": employee, "FlowIds": both})),
        ("ChannelCreateBatchQuickSignUrl", json!({"FlowApproverInfo": employee, "FlowGroupId": "customers-group"})),
        (
            "ChannelCreateBatchQuickSignUrl",
            json!({"FlowApproverInfo": {"ApproverType": "PERSON"}, "FlowIds": ["customers-open-slot"], "FlowBatchUrlInfo": slot}),
        ),
        ("ChannelCreateBatchSignUrl", json!({"OpenId": "staff_operator", "FlowIds": both, "NotifyType": "SMS"})),
        ("ChannelCreateOrganizationBatchSignUrl", json!({"OpenId": "staff_operator", "FlowIds": both})),
    ] {
        answers.push(stage.platform(action, &first(), parameters).await);
    }
    let nobody = json!({"AppId": "app", "ProxyOrganizationOpenId": "org_first"});
    let without = json!({"FlowApproverInfo": employee, "FlowIds": both});
    let answer = stage.platform("ChannelCreateBatchQuickSignUrl", &nobody, without).await;
    assert_eq!(answer.get("Error"), None, "an employee need not be named");
    let console = local(&answers[4]["SignUrl"]);
    let (page, shown) = stage.open(&console).await;
    shown.says(200, &["合同"]);
    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);
    let signed = stage.platform("DescribeFlowDetailInfo", &first(), json!({"FlowIds": both})).await;
    let statuses: Vec<_> = signed["FlowInfo"].as_array().unwrap().iter().map(|one| one["FlowStatus"].clone()).collect();
    assert_eq!(statuses, ["PART", "PART"], "both are signed behind one link: {signed}");
    insta::assert_json_snapshot!(answers);
}

#[tokio::test]
async fn a_page_hands_the_documents_out_once_within_five_minutes() {
    let stage = stage();
    let folders = json!([{"FileName": "2023采购合同", "FlowIdList": ["customers-signed", "customers-open-slot"]},
                         {"FileName": "入职合同", "FlowIdList": ["customers-old"]}]);
    let named = json!({"FlowId": "customers-open-slot", "FillApproverType": 1, "Approvers":
        [{"RecipientId": "customers-slot", "ApproverName": "金小签", "ApproverMobile": "13810000001"}]});
    stage.platform("ChannelCreateFlowApprovers", &first(), named).await;
    let customer = first();
    let get = || stage.platform("GetDownloadFlowUrl", &customer, json!({"DownLoadFlows": folders}));
    let refused = get().await;
    assert_eq!(refused["Error"]["Code"], "FailedOperation", "a change takes seconds to be composed: {refused}");
    stage.pass(Duration::from_secs(10));
    let url = local(&get().await["DownLoadUrl"]);
    let page = stage.look(&url).await;
    let zip = stage.open(page["folders"][0]["zip"].as_str().unwrap()).await.1;
    assert!(zip.status == 200 && zip.body.starts_with(b"PK"), "{}", zip.status);
    let pdf = stage.open(page["folders"][1]["documents"][0]["url"].as_str().unwrap()).await.1;
    assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF"), "{}", pdf.status);
    stage.open(&url).await.1.says(410, &["链接只能打开一次"]);

    let late = local(&get().await["DownLoadUrl"]);
    let readable = local(&get().await["DownLoadUrl"]);
    stage.open(&readable).await.1.says(200, &["2023采购合同", "下载全部"]);
    stage.pass(Duration::from_secs(300));
    stage.open(&late).await.1.says(410, &["链接已失效"]);
    insta::assert_json_snapshot!([json!(url), page]);
}

#[tokio::test]
async fn a_template_made_on_an_embedded_page_is_told_to_the_application() {
    let stage = stage();
    let address = crate::callbacks::address::Address {
        organization: "own".into(),
        application: Some("app".into()),
        generation: ess_client::callback::Generation::Partner,
        ..crate::engine::samples::address()
    };
    stage.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    let wanted = json!({"EmbedType": "MODIFY_TEMPLATE", "BusinessId": "customers-persons-template"});
    let answer = stage.platform("ChannelCreateEmbedWebUrl", &first(), wanted).await;
    let url = local(&answer["WebUrl"]);
    assert!(url.contains("channel=PROXYCHANNEL"), "{url}");
    let mut form = stage.look(&url).await["template"].take();
    form["name"] = json!("新的承诺书");
    let saved = stage.post(&url, &json!({"action": "save", "template": form})).await;
    let told = stage.heard();
    assert_eq!(told.len(), 1, "{saved} {told:?}");
    let (kind, data) = &told[0];
    assert_eq!(kind, "TemplateUpdate");
    assert_eq!(data["ProxyOrganizationOpenId"], "org_first", "{data}");
    assert_eq!(data["ProxyOperatorOpenId"], "staff_operator", "{data}");
}
