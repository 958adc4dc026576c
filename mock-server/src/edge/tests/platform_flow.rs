//! A platform's contracts from templates: several at once, in groups, released, prolonged, ended.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::platform::{first, keeps_downloads};
use super::stage::Stage;
use crate::engine::account::Account;
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;

/// The template of the demo world's customer whose name begins like this.
pub(super) fn template(stage: &Stage, company: usize, name: &str) -> String {
    let mut templates = stage.file.organizations[company].templates.iter();
    templates.find(|one| one.name.starts_with(name)).unwrap_or_else(|| panic!("{name} is a template")).id.clone()
}

/// A contract by the first customer's template with a price.
pub(super) fn sale(stage: &Stage, mobile: &str) -> Value {
    json!({"FlowName": "销售合同", "Deadline": 1_989_688_460, "TemplateId": template(stage, 2, "销售合同"),
           "CustomerData": "b3du", "FormFields": [{"ComponentName": "价款", "ComponentValue": "100"}],
           "FlowApprovers": [
               {"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_dianziqian", "OpenId": "n9527"},
               {"ApproverType": "PERSON", "Name": "张三", "Mobile": mobile}]})
}

impl Stage {
    async fn by_templates(&self, agent: &Value, infos: Value) -> Value {
        self.platform("CreateFlowsByTemplates", agent, json!({"FlowInfos": infos})).await
    }
}

#[tokio::test]
async fn one_bad_contract_of_a_batch_is_told_at_its_place_and_the_others_run() {
    let stage = Stage::new();
    let left = stage.left(0);
    let mut bad = sale(&stage, "18888888887");
    bad["TemplateId"] = json!("nobody");
    bad["CustomerData"] = json!("YmFk");
    let batch = json!([sale(&stage, "18888888888"), bad, sale(&stage, "18888888889")]);
    let answer = stage.by_templates(&first(), batch).await;
    insta::assert_json_snapshot!(answer);
    assert_eq!(stage.left(0), left - 2, "two were launched, at the platform's cost");

    let ids = json!({"FlowIds": [answer["FlowIds"][0]]});
    let detail = stage.platform("DescribeFlowDetailInfo", &first(), ids).await;
    let flow = &detail["FlowInfo"][0];
    assert_eq!((flow["FlowStatus"].as_str(), flow["CustomData"].as_str()), (Some("INIT"), Some("b3du")), "{detail}");
    assert_eq!(flow["TemplateId"], template(&stage, 2, "销售合同"));
}

#[tokio::test]
async fn a_batch_in_which_nothing_can_be_launched_is_refused_for_the_first_reason() {
    let stage = Stage::new();
    let left = stage.left(0);
    let mut empty = sale(&stage, "18888888888");
    empty["FormFields"] = json!([]);
    let mut unknown = sale(&stage, "18888888888");
    unknown["TemplateId"] = json!("nobody");
    let answer = stage.by_templates(&first(), json!([empty, unknown])).await;
    assert_eq!(answer["Error"]["Code"], "InvalidParameter.MissingRequiredParameterValue", "{answer}");
    assert_eq!(stage.left(0), left);
    let many: Vec<Value> = (0..21).map(|_| sale(&stage, "18888888888")).collect();
    assert_eq!(stage.by_templates(&first(), json!(many)).await["Error"]["Code"], "LimitExceeded.CreateFlowNum");
}

#[tokio::test]
async fn a_look_at_a_batch_launches_nothing() {
    let stage = Stage::new();
    let left = stage.left(0);
    let look = json!({"FlowInfos": [sale(&stage, "18888888888")], "NeedPreview": true});
    let answer = stage.platform("CreateFlowsByTemplates", &first(), look).await;
    assert_eq!((&answer["FlowIds"], &answer["ErrorMessages"]), (&json!([""]), &json!([""])), "{answer}");
    let url = answer["PreviewUrls"][0].as_str().unwrap();
    assert!(stage.open(url).await.1.body.starts_with(b"%PDF"), "{url}");
    assert_eq!(stage.left(0), left);
}

#[tokio::test]
async fn where_the_template_has_a_machine_sign_the_company_does_so_by_machine() {
    let stage = Stage::new();
    let mut settlement = sale(&stage, "18888888888");
    settlement["TemplateId"] = json!(template(&stage, 6, "结算单"));
    settlement["FormFields"] = json!([]);
    settlement["FlowApprovers"][0] = json!({"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_downloads_off", "OpenId": "downloads_off_admin"});
    let answer = stage.by_templates(&keeps_downloads(), json!([settlement])).await;
    advance(&stage.account(), Target::By(Duration::from_secs(10))).await;
    let ids = json!({"FlowIds": answer["FlowIds"]});
    let detail = stage.platform("DescribeFlowDetailInfo", &keeps_downloads(), ids).await;
    assert_eq!(detail["FlowInfo"][0]["FlowApproverInfos"][0]["ApproveStatus"], "ACCEPT", "{detail}");
    assert_eq!(detail["FlowInfo"][0]["FlowStatus"], "PART");
}

#[tokio::test]
async fn a_dynamic_table_is_composed_before_its_contract_starts() {
    let stage = Stage::new();
    let mut statement = sale(&stage, "18888888888");
    statement["TemplateId"] = json!(template(&stage, 2, "对账单"));
    let table = json!({"headers": [{"content": "品名"}], "cells": []}).to_string();
    statement["FormFields"] = json!([{"ComponentName": "明细", "ComponentValue": table}]);
    let answer = stage.by_templates(&first(), json!([statement])).await;
    assert_eq!(answer["TaskInfos"][0]["TaskStatus"], "NOTREADY", "{answer}");
    let flow = answer["FlowIds"][0].as_str().unwrap();
    let starts = |account: &Arc<Account>| {
        account.enter(EdgeTime::read(), |world, _, _| world.flows.get(flow).is_some_and(|flow| flow.is_running()))
    };
    assert!(!starts(&stage.account()));
    let (task, customer) = (json!({"TaskId": answer["TaskInfos"][0]["TaskId"]}), first());
    let progress = || stage.platform("DescribeFileConvertTask", &customer, task.clone());
    assert_eq!(progress().await["TaskStatus"], 4);
    advance(&stage.account(), Target::By(Duration::from_secs(10))).await;
    assert!(starts(&stage.account()), "it runs once its document is there");
    assert_eq!(progress().await["TaskStatus"], 8);
}
