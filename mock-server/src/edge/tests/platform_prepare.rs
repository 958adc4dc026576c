//! Contracts a platform prepares for its customers, launched by somebody on a page.

use serde_json::{Value, json};

use super::platform::first;
use super::platform_flow::{sale, template};
use super::stage::{Stage, sample_body};

impl Stage {
    async fn customers_file(&self) -> String {
        let file = json!({"FileName": "合同", "FileBody": sample_body()});
        let uploaded =
            self.platform("UploadFiles", &first(), json!({"BusinessType": "DOCUMENT", "FileInfos": [file]})).await;
        uploaded["FileIds"][0].as_str().unwrap_or_else(|| panic!("no file: {uploaded}")).to_owned()
    }

    async fn details(&self, flows: &Value) -> Value {
        self.platform("DescribeFlowDetailInfo", &first(), json!({"FlowIds": flows})).await
    }
}

fn person() -> Value {
    json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"})
}

#[tokio::test]
async fn a_customers_contract_is_launched_on_its_page_at_the_platforms_cost() {
    let stage = Stage::new();
    let left = stage.left(0);
    let info = json!({"FlowName": "采购合同", "Deadline": 0, "Approvers": [person()]});
    let wanted = json!({"ResourceType": 2, "ResourceId": stage.customers_file().await, "FlowInfo": info});
    let answer = stage.platform("ChannelCreatePrepareFlow", &first(), wanted).await;
    insta::assert_json_snapshot!(answer);
    let flow = json!([answer["FlowId"]]);
    assert_eq!(stage.details(&flow).await["Error"]["Code"], "InvalidParameter.fFowIds", "its id is only reserved");
    let (page, shown) = stage.open(answer["PrepareFlowUrl"].as_str().unwrap()).await;
    shown.says(200, &["子客示例企业", "采购合同", "张三"]);
    stage.submit(&page, "action=launch").await.says(200, &["已发起"]);
    assert_eq!(stage.details(&flow).await["FlowInfo"][0]["FlowStatus"], "INIT");
    assert_eq!(stage.left(0), left - 1);
}

#[tokio::test]
async fn a_page_asks_for_the_parties_of_a_template_nobody_was_named_for() {
    let stage = Stage::new();
    let info = json!({"FlowName": "销售合同", "Deadline": 0, "FormFields": [{"ComponentName": "价款", "ComponentValue": "100"}],
        "Approvers": [{"ApproverType": 0, "OrganizationOpenId": "org_dianziqian", "OpenId": "n9527"}]});
    let wanted = json!({"ResourceType": 1, "ResourceId": template(&stage, 2, "销售合同"), "FlowInfo": info});
    let answer = stage.platform("ChannelCreatePrepareFlow", &first(), wanted).await;
    let url = answer["PrepareFlowUrl"].as_str().unwrap_or_else(|| panic!("{answer}"));
    let sight = stage.look(url).await;
    assert_eq!(sight["asks_for_signers"], json!([{"role": "乙方", "organization": false}]), "{sight}");
    let signer = json!({"name": "张三", "mobile": "18888888888", "organization": ""});
    let path = url.strip_prefix("http://mock").unwrap();
    stage.post(path, &json!({"action": "launch", "file": "", "signers": [signer]})).await;
    let detail = stage.details(&json!([answer["FlowId"]])).await;
    assert_eq!(detail["FlowInfo"][0]["FlowApproverInfos"][1]["ApproveName"], "张三", "{detail}");
}

#[tokio::test]
async fn a_group_is_launched_on_one_page() {
    let stage = Stage::new();
    let member =
        |name: &str, file: &str| json!({"FlowName": name, "Deadline": 0, "FileIds": [file], "Approvers": [person()]});
    let file = stage.customers_file().await;
    let wanted = json!({"ResourceType": 2, "FlowGroupName": "合同组", "BaseFlowInfos": [member("甲", &file), member("乙", &file)]});
    let answer = stage.platform("ChannelCreatePrepareFlowGroup", &first(), wanted).await;
    let (page, shown) = stage.open(answer["PrepareUrl"].as_str().unwrap_or_else(|| panic!("{answer}"))).await;
    shown.says(200, &["合同组"]);
    stage.submit(&page, "action=launch").await.says(200, &["已发起"]);
    let group = json!({"FlowGroupId": answer["FlowGroupId"]});
    let detail = stage.platform("DescribeFlowDetailInfo", &first(), group).await;
    assert_eq!(detail["FlowInfo"].as_array().map(Vec::len), Some(2), "{detail}");
}

#[tokio::test]
async fn contracts_are_confirmed_on_the_retired_page_which_then_leads_on() {
    let stage = Stage::new();
    let left = stage.left(0);
    let infos = json!([sale(&stage, "18888888888"), sale(&stage, "18888888889")]);
    let wanted = json!({"FlowInfos": infos, "JumpUrl": "https://platform.example/done"});
    let answer = stage.platform("PrepareFlows", &first(), wanted).await;
    let url = answer["ConfirmUrl"].as_str().unwrap_or_else(|| panic!("{answer}"));
    let (page, shown) = stage.open(url).await;
    shown.says(200, &["销售合同"]);
    assert_eq!(stage.left(0), left, "nothing is charged before");
    let sent = stage.leave(&page, "action=launch").await;
    assert_eq!(sent, "https://platform.example/done");
    assert_eq!(stage.left(0), left - 2);
    stage.open(url).await.1.says(200, &["已发起"]);
}
