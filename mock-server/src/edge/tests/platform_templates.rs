//! A platform's customers and their templates: listed, switched, copied, offered by the platform and handed over.

use serde_json::{Value, json};

use super::platform::{APP, first, keeps_downloads};
use super::platform_flow::{sale, template};
use super::stage::Stage;
use crate::domain::library::{Audience, LibraryTemplate};
use crate::engine::clock::EdgeTime;

impl Stage {
    async fn templates(&self, agent: &Value, parameters: Value) -> Value {
        self.platform("DescribeTemplates", agent, parameters).await
    }

    async fn offering(&self, parameters: Value) -> Value {
        self.platform("OperateChannelTemplate", &json!({"AppId": APP}), parameters).await
    }

    /// Puts a template of the platform's on offer.
    fn offer(&self, audience: Audience, pushes: bool) -> String {
        let id = template(self, 0, "劳动合同");
        self.account().enter(EdgeTime::read(), |world, _, _| {
            world.directory.library.insert(LibraryTemplate {
                template: id.as_str().into(),
                application: APP.into(),
                audience,
                granted: imbl::OrdSet::new(),
                pushes,
                published: false,
            });
        });
        id
    }
}

fn names(listed: &Value) -> Vec<&str> {
    listed["Templates"].as_array().unwrap().iter().filter_map(|one| one["TemplateName"].as_str()).collect()
}

#[tokio::test]
async fn a_customer_sees_its_own_templates_in_full_and_nobody_elses() {
    let stage = Stage::new();
    let sales = template(&stage, 2, "销售合同");
    let in_full =
        json!({"TemplateIds": [sales], "WithPreviewUrl": true, "WithPdfUrl": true, "QueryAllComponents": true});
    insta::assert_json_snapshot!(stage.templates(&first(), in_full).await);
    let by_name = stage.templates(&first(), json!({"TemplateName": "对账"})).await;
    assert_eq!(names(&by_name), ["对账单（子客与个人，动态表格）"], "a part of the name is enough");
    let paged = stage.templates(&first(), json!({"Limit": 1, "Offset": 1})).await;
    assert_eq!((paged["TotalCount"].as_i64(), names(&paged).len()), (Some(2), 1));
    let foreign = stage.templates(&keeps_downloads(), json!({"TemplateId": sales})).await;
    assert_eq!((foreign["TotalCount"].as_i64(), names(&foreign).len()), (Some(0), 0), "{foreign}");
    let short = stage.templates(&first(), json!({"TemplateId": sales, "ContentType": 1})).await;
    assert_eq!(short["Templates"][0]["Recipients"], json!([]));
}

#[tokio::test]
async fn what_is_done_to_a_template_is_told_to_the_platform_and_decides_what_starts() {
    let stage = Stage::new();
    stage.listen_as_platform();
    let id = template(&stage, 2, "销售合同");
    let operate = |kind: &'static str, id: String| {
        let stage = &stage;
        async move { stage.platform("OperateTemplate", &first(), json!({"TemplateId": id, "OperateType": kind})).await }
    };
    let customer = first();
    let launch = || {
        let infos = json!({"FlowInfos": [sale(&stage, "18888888888")]});
        stage.platform("CreateFlowsByTemplates", &customer, infos)
    };
    operate("DISABLE", id.clone()).await;
    operate("DISABLE", id.clone()).await;
    assert_eq!(launch().await["Error"]["Code"], "ResourceNotFound.Template", "it starts nothing any more");
    operate("ENABLE", id.clone()).await;
    assert_eq!(launch().await.get("Error"), None);
    let copy = operate("COPY", id.clone()).await;
    assert_eq!(copy["TemplateName"], "销售合同（子客与个人，子客填写价款）_副本");
    operate("DELETE", id).await;
    assert_eq!(launch().await["Error"]["Code"], "ResourceNotFound.Template");
    let told = stage.heard().into_iter().filter(|(kind, _)| kind.starts_with("Template"));
    insta::assert_json_snapshot!(told.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_template_is_granted_customer_by_customer_and_taken_back() {
    let stage = Stage::new();
    let id = stage.offer(Audience::Part, false);
    let change = |kind: &str, customers: &str| json!({"TemplateId": id, "OperateType": kind, "ProxyOrganizationOpenIds": customers});
    let mut answers = vec![stage.offering(change("UPDATE", "org_dianziqian,nobody")).await];
    answers.push(stage.offering(change("select", "")).await);
    answers.push(stage.offering(change("DELETE", "org_dianziqian, org_downloads_off")).await);
    answers.push(stage.offering(change("DELETE", "org_dianziqian")).await);
    answers.push(stage.offering(json!({"TemplateId": id, "OperateType": "UPDATE", "AuthTag": "all"})).await);
    answers.push(stage.offering(json!({"TemplateId": id, "OperateType": "SELECT", "Limit": 1, "Offset": 1})).await);
    insta::assert_json_snapshot!(answers);
    let other = json!({"AppId": "yDemoUUckpmrzmjddUpQcOQuaqZHAMia"});
    let elsewhere = stage.platform("OperateChannelTemplate", &other, change("SELECT", "")).await;
    assert_eq!(elsewhere["Error"]["Code"], "ResourceNotFound.Template", "another application's library has it not");
}

#[tokio::test]
async fn what_is_pushed_is_the_customers_own_and_stays_when_the_grant_is_taken_back() {
    let stage = Stage::new();
    stage.listen_as_platform();
    let id = stage.offer(Audience::Part, true);
    let change =
        |kind: &str| json!({"TemplateId": id, "OperateType": kind, "ProxyOrganizationOpenIds": "org_dianziqian"});
    stage.offering(change("UPDATE")).await;
    let own = stage.templates(&first(), json!({"ChannelTemplateId": id})).await;
    assert_eq!(own["TotalCount"], 1, "{own}");
    assert_eq!(own["Templates"][0]["ChannelAutoSave"], 1);
    assert_ne!(own["Templates"][0]["TemplateId"], json!(id));
    stage.offering(change("UPDATE")).await;
    stage.offering(change("DELETE")).await;
    let own = stage.templates(&first(), json!({"ChannelTemplateId": id})).await;
    assert_eq!(own["TotalCount"], 1, "once, and it stays");
    let heard: Vec<_> = stage.heard().into_iter().filter(|(kind, _)| kind == "TemplateAdd").collect();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].1["ProxyOrganizationOpenId"], "org_dianziqian", "{heard:?}");
    let off = json!({"TemplateId": id, "OperateType": "UPDATE", "Available": 2, "ProxyOrganizationOpenIds": "org_downloads_off"});
    assert_eq!(stage.offering(off).await["OperateResult"], "all-success");
    let none = stage.templates(&keeps_downloads(), json!({"ChannelTemplateId": id})).await;
    assert_eq!(none["TotalCount"], 0, "what is switched off is pushed to nobody");
}

#[tokio::test]
async fn kinds_are_those_that_templates_are_sorted_into() {
    let stage = Stage::new();
    let none = stage.platform("DescribeUserFlowType", &first(), json!({})).await;
    assert_eq!(none["AllUserFlowTypes"], json!([]));
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        let sales = template(&stage, 2, "销售合同");
        let mut sorted = world.directory.templates.get(sales.as_str()).unwrap().as_ref().clone();
        sorted.kind = "销售".into();
        world.directory.templates.insert(sorted);
    });
    let listed = |counted: bool| {
        let stage = &stage;
        async move { stage.platform("DescribeUserFlowType", &first(), json!({"QueryBindTemplate": counted})).await }
    };
    let (plain, counted) = (listed(false).await, listed(true).await);
    assert_eq!(plain["AllUserFlowTypes"][0]["TemplateNum"], 0);
    assert_eq!(
        (&counted["AllUserFlowTypes"][0]["Name"], &counted["AllUserFlowTypes"][0]["TemplateNum"]),
        (&json!("销售"), &json!(1))
    );
    let id = &counted["AllUserFlowTypes"][0]["UserFlowTypeId"];
    let by_kind = stage.templates(&first(), json!({"UserFlowTypeId": id})).await;
    assert_eq!(by_kind["TotalCount"], 1, "{by_kind}");
    let others = json!({"Filters": [{"Key": "user-flow-type-id", "Values": ["nobody"]}]});
    assert_eq!(stage.platform("DescribeUserFlowType", &first(), others).await["AllUserFlowTypes"], json!([]));
}
