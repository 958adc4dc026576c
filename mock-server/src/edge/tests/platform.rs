//! A platform signs for its customers: from a file to signatures, downloads and callbacks.

use std::time::Duration;

use ess_client::callback::Generation;
use ess_schemas::Service;
use serde_json::{Value, json};

use super::stage::{Stage, sample_body};
use crate::callbacks::address::Address;
use crate::callbacks::payload::plaintext;
use crate::coverage::cases::WORLD;
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Settings;
use crate::engine::world_file::WorldFile;

pub(super) const APP: &str = "yDemoUUckpf86i37Ui9GNYNncJjk3vNn";

/// A customer of an application, through one of its people.
pub(super) fn agent_of(application: &str, customer: &str, operator: &str) -> Value {
    json!({"AppId": application, "ProxyOrganizationOpenId": customer, "ProxyOperator": {"OpenId": operator}})
}

/// A customer of the demo world, through one of its people.
pub(super) fn agent(customer: &str, operator: &str) -> Value {
    agent_of(APP, customer, operator)
}

pub(super) fn first() -> Value {
    agent("org_dianziqian", "n9527")
}

pub(super) fn keeps_downloads() -> Value {
    agent("org_downloads_off", "downloads_off_admin")
}

impl Stage {
    /// Calls an action of `essbasic`.
    pub(super) async fn platform(&self, action: &str, agent: &Value, mut parameters: Value) -> Value {
        parameters["Agent"] = agent.clone();
        self.send(Service::Essbasic, action, parameters.to_string()).await
    }

    /// Launches a contract for a customer: its operator signs, then a person.
    pub(super) async fn launch_for(&self, agent: &Value) -> String {
        let file = json!({"FileName": "合同", "FileBody": sample_body()});
        let uploaded =
            self.platform("UploadFiles", agent, json!({"BusinessType": "DOCUMENT", "FileInfos": [file]})).await;
        let component = |kind: &str, x: i32| {
            json!({"ComponentType": kind, "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": x, "ComponentPosY": 600,
                   "ComponentWidth": 100, "ComponentHeight": 100})
        };
        let signers = json!([
            {"ApproverType": "ORGANIZATION", "OrganizationOpenId": agent["ProxyOrganizationOpenId"],
             "OpenId": agent["ProxyOperator"]["OpenId"], "SignComponents": [component("SIGN_SEAL", 60)]},
            {"ApproverType": "PERSON", "Name": "张三", "Mobile": "18888888888",
             "SignComponents": [component("SIGN_SIGNATURE", 220)]},
        ]);
        let new = json!({"FlowName": "采购合同", "FileIds": uploaded["FileIds"], "FlowApprovers": signers,
                         "CustomerData": "b3du"});
        let launched = self.platform("ChannelCreateFlowByFiles", agent, new).await;
        launched["FlowId"].as_str().unwrap_or_else(|| panic!("no contract: {launched}")).to_owned()
    }

    async fn urls_of(&self, agent: &Value, flows: &[&str]) -> Value {
        self.platform("DescribeResourceUrlsByFlows", agent, json!({"FlowIds": flows})).await
    }

    pub(super) fn left(&self, company: usize) -> u64 {
        let id = self.file.organizations[company].id.clone();
        self.account()
            .enter(EdgeTime::read(), |world, _, _| world.directory.organizations.get(id.as_str()).unwrap().quota.left)
    }
}

#[tokio::test]
async fn from_a_file_to_a_signed_download_in_the_words_of_essbasic() {
    let stage = Stage::new();
    let flow = stage.launch_for(&first()).await;
    let customer = first();
    let look = || stage.platform("DescribeFlowDetailInfo", &customer, json!({"FlowIds": [flow]}));
    let company = json!({"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_dianziqian", "OpenId": "n9527"});
    let link = json!({"FlowId": flow, "FlowApproverInfos": [company]});
    let mut answers = vec![look().await, stage.platform("ChannelCreateFlowSignUrl", &first(), link).await];
    answers.push(stage.urls_of(&first(), &[flow.as_str()]).await);
    stage.sign_next(&flow);
    stage.sign_next(&flow);
    advance(&stage.account(), Target::By(Duration::from_secs(10))).await;
    answers.push(look().await);
    answers.push(stage.urls_of(&first(), &[flow.as_str(), "nobody"]).await);
    insta::assert_json_snapshot!(answers);
}

#[tokio::test]
async fn the_platform_pays_and_what_it_launched_is_its_applications_alone() {
    let stage = Stage::new();
    let before = (stage.left(0), stage.left(2));
    let flow = stage.launch_for(&first()).await;
    assert_eq!(
        (stage.left(0), stage.left(2)),
        (before.0 - 1, before.1),
        "the platform's contracts, none of the customer's"
    );

    let seen = |agent: Value| {
        let (stage, flow) = (&stage, flow.clone());
        async move { stage.platform("DescribeFlowDetailInfo", &agent, json!({"FlowIds": [flow]})).await }
    };
    assert_eq!(seen(keeps_downloads()).await["Error"]["Code"], "InvalidParameter.fFowIds", "another customer's");
    let cancelled =
        stage.platform("ChannelCancelFlow", &keeps_downloads(), json!({"FlowId": flow, "CancelMessage": "x"})).await;
    assert_eq!(cancelled["Error"]["Code"], "OperationDenied.Forbid", "{cancelled}");

    let own = &stage.file.organizations[2];
    let (key, operator) = (&own.key.as_ref().unwrap().secret_id, json!({"UserId": own.employees[0].id}));
    let own = stage.call_as(key, "DescribeFlowInfo", json!({"Operator": operator, "FlowIds": [flow]})).await;
    assert_eq!(own["FlowDetailInfos"][0]["FlowStatus"], 1, "the company itself sees its contract: {own}");
    let withdrawn = stage.platform("ChannelCancelFlow", &first(), json!({"FlowId": flow})).await;
    assert_eq!(withdrawn.get("Error"), None, "a reason may be left out: {withdrawn}");
    assert_eq!(stage.left(0), before.0, "and the platform has its contract back");
}

#[tokio::test]
async fn what_one_application_uploaded_and_converts_another_cannot_use_though_the_company_is_the_same() {
    let stage = Stage::of(WorldFile::parse("fixtures/worlds/refusals.yaml", WORLD).unwrap());
    let through = |application: &str, customer: &str, operator: &str| json!({"AppId": application, "ProxyOrganizationOpenId": customer, "ProxyOperator": {"OpenId": operator}});
    let here = through("app", "org_first", "staff_operator");
    let elsewhere = through("closed-app", "org_elsewhere", "staff_elsewhere");
    let picture = json!({"FileName": "图.png", "FileBody": "iVBORw0KGgo="});
    let upload = json!({"BusinessType": "DOCUMENT", "FileInfos": [picture]});
    let uploaded = stage.platform("UploadFiles", &here, upload).await;
    let convert = json!({"ResourceType": "png", "ResourceName": "图", "ResourceId": uploaded["FileIds"][0]});

    let refused = stage.platform("CreateFileConvertTask", &elsewhere, convert.clone()).await;
    let task = stage.platform("CreateFileConvertTask", &here, convert).await;
    let look = json!({"TaskId": task["TaskId"]});
    let seen = [
        stage.platform("DescribeFileConvertTask", &elsewhere, look.clone()).await,
        stage.platform("DescribeFileConvertTask", &here, look).await,
    ];

    let row = ess_schemas::refusal(Service::Essbasic, "FileOfAnotherOrganization").unwrap();
    let convert = ess_schemas::action(Service::Essbasic, "CreateFileConvertTask").unwrap();
    assert_eq!(refused["Error"]["Code"], row.code_for(convert));
    assert_eq!(seen[0]["Error"]["Code"], "InvalidParameter.ParamError", "{}", seen[0]);
    assert_eq!(seen[1]["TaskId"], task["TaskId"], "{}", seen[1]);
}

#[tokio::test]
async fn a_customer_that_switched_downloads_off_is_stronger_than_its_platform() {
    let stage = Stage::new();
    let flow = stage.launch_for(&keeps_downloads()).await;
    advance(&stage.account(), Target::By(Duration::from_secs(10))).await;
    let refused = stage.urls_of(&keeps_downloads(), &[flow.as_str()]).await;
    assert_eq!(refused["Error"]["Code"], "UnauthorizedOperation.UnauthorizedOperationDownload", "{refused}");
    let others = stage.urls_of(&first(), &[flow.as_str()]).await;
    assert_eq!(others["ErrorMessages"], json!(["合同没有权限"]), "nor does another customer get it");
    let many: Vec<String> = (0..51).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(stage.urls_of(&first(), &many).await["Error"]["Code"], "OperationDenied.OutQueryLimit");
    assert_eq!(stage.urls_of(&first(), &[]).await["Error"]["Code"], "MissingParameter.FlowId");
}

#[tokio::test]
async fn half_a_batch_is_withdrawn_and_the_rest_is_told_at_its_place() {
    let stage = Stage::new();
    let (open, ended) = (stage.launch_for(&first()).await, stage.launch_for(&first()).await);
    stage.platform("ChannelCancelFlow", &first(), json!({"FlowId": ended})).await;
    let customer = first();
    let batch = |flows: Value| stage.platform("ChannelBatchCancelFlows", &customer, json!({"FlowIds": flows}));
    let answer = batch(json!([open, ended])).await;
    let message = format!("合同流程Id:{ended},无法撤回，错误信息：合同当前状态不支持撤销");
    assert_eq!(answer["FailMessages"], json!(["", message]));
    let last = stage.launch_for(&first()).await;
    assert_eq!(batch(json!([last])).await["FailMessages"], json!([]), "nothing to tell when all went well");
}

#[tokio::test]
async fn the_applications_own_address_hears_in_the_platforms_ids_and_nobody_else_does() {
    let stage = Stage::new();
    let hear = |id: &str, company: usize, application: Option<&str>, generation| {
        let organization = stage.file.organizations[company].id.as_str().into();
        let (url, application) = ("http://127.0.0.1:9/".into(), application.map(Into::into));
        let id = id.into();
        let address = Address { id, organization, application, url, generation, ..crate::engine::samples::address() };
        stage.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    };
    hear("app", 0, Some(APP), Generation::Partner);
    hear("second app", 0, Some(stage.file.applications[1].id.as_str()), Generation::Partner);
    hear("customer", 2, None, Generation::Company);
    hear("platform", 0, None, Generation::Company);
    let flow = stage.launch_for(&first()).await;
    stage.sign_next(&flow);
    stage.platform("ChannelBatchCancelFlows", &first(), json!({"FlowIds": [flow]})).await;
    let told: Vec<(String, String)> = stage.account().enter(EdgeTime::read(), |world, _, _| {
        let all = world.callbacks.deliveries();
        let text = |one: &crate::callbacks::delivery::Delivery| {
            String::from_utf8(plaintext(&one.message, &one.address, &Settings::default())).unwrap()
        };
        all.map(|(_, one)| (one.address.id.clone(), text(one))).collect()
    });
    assert!(told.iter().all(|(address, _)| address == "app"), "{told:?}");
    let messages: Vec<Value> = told.iter().map(|(_, text)| serde_json::from_str(text).unwrap()).collect();
    insta::assert_json_snapshot!(messages);
}

#[tokio::test]
async fn a_customer_without_a_licence_starts_nothing() {
    let stage = Stage::new();
    let application = stage.file.applications[0].id.clone();
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        let mut app = world.directory.applications.get(application.as_str()).unwrap().as_ref().clone();
        let mut customer = app.customers().get("org_dianziqian").unwrap().as_ref().clone();
        customer.licensed_until = Some(world.now);
        app.put_customer(customer);
        world.directory.applications.insert(app);
    });
    let file = json!({"FileName": "合同", "FileBody": sample_body()});
    let upload = json!({"BusinessType": "DOCUMENT", "FileInfos": [file]});
    let file = stage.platform("UploadFiles", &first(), upload).await["FileIds"][0].clone();
    assert!(file.is_string(), "it may still do everything else");
    let person = json!({"ApproverType": "PERSON", "Name": "张三", "Mobile": "18888888888"});
    let new = json!({"FlowName": "合同", "FileIds": [file], "FlowApprovers": [person], "SignBeanTag": 1});
    let refused = stage.platform("ChannelCreateFlowByFiles", &first(), new).await;
    assert_eq!(refused["Error"]["Message"], "子客企业[子客示例企业]未激活，无法发起合同", "{refused}");
}

#[tokio::test]
async fn retired_conversions_answer_like_their_successors() {
    let stage = Stage::new();
    let picture = json!({"FileName": "照片.png", "FileBody": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="});
    let uploaded =
        stage.platform("UploadFiles", &first(), json!({"BusinessType": "DOCUMENT", "FileInfos": [picture]})).await;
    let wanted = json!({"ResourceType": "png", "ResourceName": "照片.png", "ResourceId": uploaded["FileIds"][0]});
    let retired = |action: &'static str, parameters: Value| {
        let stage = &stage;
        async move {
            let mut parameters = parameters;
            parameters["Agent"] = first();
            let response = stage.exchange(Service::Essbasic, action, parameters.to_string()).await;
            let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            serde_json::from_slice::<Value>(&bytes).unwrap()["Response"].clone()
        }
    };
    let task = retired("ChannelCreateConvertTaskApi", wanted).await;
    advance(&stage.account(), Target::By(Duration::from_secs(30))).await;
    let done = retired("ChannelGetTaskResultApi", json!({"TaskId": task["TaskId"]})).await;
    assert_eq!((done["TaskStatus"].as_i64(), done["TaskMessage"].as_str()), (Some(8), Some("任务处理完成")), "{done}");
}

#[tokio::test]
async fn sign_links_for_everybody_and_for_single_signers_with_what_went_wrong_at_its_place() {
    let stage = Stage::new();
    let customer = first();
    let (flow, other) = (stage.launch_for(&customer).await, stage.launch_for(&keeps_downloads()).await);
    let links = |parameters: Value| stage.platform("CreateSignUrls", &customer, parameters);
    let all = links(json!({"FlowIds": [flow]})).await;
    let own = json!({"FlowIds": [flow], "GenerateType": "CHANNEL", "OrganizationOpenId": "org_dianziqian", "Endpoint": "APP"});
    let person =
        json!({"FlowIds": [flow, other, "nobody"], "GenerateType": "PERSON", "Name": "张三", "Mobile": "18888888888"});
    let stranger = json!({"FlowIds": [flow], "GenerateType": "PERSON", "Name": "李四", "Mobile": "18888888888"});
    insta::assert_json_snapshot!([all, links(own).await, links(person).await, links(stranger).await]);
}
