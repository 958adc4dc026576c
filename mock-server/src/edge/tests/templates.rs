//! Contracts from templates, as whole exchanges; previews; what is done to templates.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Switch;
use crate::engine::world::World;
use crate::engine::world_file::TemplateRow;

const REGISTRATION: &str = "入职登记（发起方与签署方都要填写）";
const TABLE: &str = "对账单（动态表格，企业自动签，发起时指定印章）";

fn template<'a>(stage: &'a Stage, name: &str) -> &'a TemplateRow {
    stage.file.organizations[0].templates.iter().find(|one| one.name == name).expect("the demo world has it")
}

async fn wait(stage: &Stage, seconds: u64) {
    advance(&stage.account(), Target::By(Duration::from_secs(seconds))).await;
}

fn within<R>(stage: &Stage, look: impl FnOnce(&mut World) -> R) -> R {
    stage.account().enter(EdgeTime::read(), |world, _, _| look(world))
}

fn code(answer: &Value) -> &str {
    answer["Error"]["Code"].as_str().unwrap_or_default()
}

fn company_and_person(stage: &Stage) -> Value {
    let company = &stage.file.organizations[0];
    json!([
        {"ApproverType": 0, "OrganizationName": company.name, "ApproverName": "典子谦", "ApproverMobile": "13200000000"},
        {"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"},
    ])
}

async fn create_flow(stage: &Stage, approvers: Value) -> String {
    let wanted = json!({"Operator": stage.operator(), "FlowName": "入职登记", "Approvers": approvers});
    let answer = stage.call("CreateFlow", wanted).await;
    answer["FlowId"].as_str().unwrap_or_else(|| panic!("no contract: {answer}")).to_owned()
}

fn document(stage: &Stage, flow: &str, template: &TemplateRow, fields: Value) -> Value {
    json!({"Operator": stage.operator(), "FlowId": flow, "TemplateId": template.id, "FormFields": fields})
}

#[tokio::test]
async fn from_template_to_signing() {
    let stage = Stage::new();
    let operator = stage.operator();
    let template = template(&stage, REGISTRATION);
    let by_id = json!([{"Key": "template-id", "Values": [template.id]}]);
    let mut answers = vec![stage.call("DescribeFlowTemplates", json!({"Operator": operator, "Filters": by_id})).await];
    let flow = create_flow(&stage, company_and_person(&stage)).await;
    let start = json!({"Operator": operator, "FlowId": flow});
    answers.push(stage.call("StartFlow", start.clone()).await);
    let fields = json!([{"ComponentName": "岗位", "ComponentValue": "工程师"},
                        {"ComponentId": "entry_date", "ComponentValue": "2024年05月28日"}]);
    answers.push(stage.call("CreateDocument", document(&stage, &flow, template, fields)).await);
    answers.push(stage.call("StartFlow", start.clone()).await);
    wait(&stage, 2).await;
    answers.push(stage.call("StartFlow", start.clone()).await);
    answers.push(stage.call("StartFlow", start).await);
    answers.push(stage.call("DescribeFlowInfo", json!({"Operator": operator, "FlowIds": [flow]})).await);
    insta::assert_json_snapshot!(answers);
}

#[tokio::test]
async fn a_document_that_does_not_fit_is_refused_and_leaves_no_trace() {
    let stage = Stage::new();
    let flow = create_flow(&stage, company_and_person(&stage)).await;
    let before = within(&stage, |world| world.clone());
    let registration = template(&stage, REGISTRATION);
    let post = |value: &str| json!([{"ComponentId": "post", "ComponentValue": value}]);
    for (name, fields, expected) in [
        (REGISTRATION, json!([]), "InvalidParameter"),
        (REGISTRATION, json!([{"ComponentId": "没有", "ComponentValue": "1"}]), "InvalidParameter.DataNotFound"),
        (REGISTRATION, json!([{"ComponentValue": "1"}]), "InvalidParameter"),
        (
            REGISTRATION,
            json!([{"ComponentId": "post", "ComponentValue": "1"}, {"ComponentId": "probation", "ComponentValue": "1"}]),
            "InvalidParameter.ComponentTypeNoMatchValue",
        ),
        ("采购合同（企业与企业）", json!([]), "OperationDenied.ApproverNoMatchTemplate"),
        ("保密协议（企业与个人，不分先后，可扫码签署）", json!([]), "OperationDenied.ApproverNoMatchTemplate"),
        ("三方协议（多方）", json!([]), "MissingParameter.Recipient"),
        ("已停用的模板", json!([]), "ResourceNotFound.Template"),
    ] {
        let wanted = document(&stage, &flow, template(&stage, name), fields);
        let answer = stage.call("CreateDocument", wanted).await;
        assert!(code(&answer).starts_with(expected), "{name}: {answer}");
    }
    assert!(within(&stage, |world| *world == before));

    let wanted = document(&stage, &flow, registration, post("工程师"));
    assert_eq!(stage.call("CreateDocument", wanted.clone()).await.get("Error"), None);
    assert_eq!(code(&stage.call("CreateDocument", wanted).await), "FailedOperation.FlowHasDocument");
}

#[tokio::test]
async fn who_waits_longer_than_five_minutes_cannot_start() {
    let stage = Stage::new();
    let flow = create_flow(&stage, company_and_person(&stage)).await;
    let fields = json!([{"ComponentId": "post", "ComponentValue": "工程师"}]);
    stage.call("CreateDocument", document(&stage, &flow, template(&stage, REGISTRATION), fields)).await;
    wait(&stage, 301).await;
    let start = json!({"Operator": stage.operator(), "FlowId": flow});
    assert_eq!(code(&stage.call("StartFlow", start).await), "OperationDenied.FlowStatusForbid");
    assert_eq!(within(&stage, |world| world.directory.organizations.iter().next().unwrap().quota.charged), 0);
}

#[tokio::test]
async fn a_dynamic_table_may_be_started_before_it_is_composed() {
    let stage = Stage::new();
    within(&stage, |world| world.settings.dynamic_tables_start_later = Switch::On);
    let approvers = json!([{"ApproverType": 3}]);
    let flow = create_flow(&stage, approvers).await;
    let table = json!({"headers": [{"content": "品名"}], "cells": []}).to_string();
    let seal = &stage.file.organizations[0].seals[1].id;
    let fields = json!([{"ComponentId": "items", "ComponentValue": table}]);
    let wanted = document(&stage, &flow, template(&stage, TABLE), fields.clone());
    assert_eq!(code(&stage.call("CreateDocument", wanted).await), "MissingParameter.ServerSignSealId");
    let fields = json!([fields[0], {"ComponentId": "seal_1", "ComponentValue": seal}]);
    let answer = stage.call("CreateDocument", document(&stage, &flow, template(&stage, TABLE), fields)).await;
    assert_eq!(answer.get("Error"), None, "{answer}");

    let started = stage.call("StartFlow", json!({"Operator": stage.operator(), "FlowId": flow})).await;

    assert_eq!(started["Status"], "EXECUTING");
    let status = || within(&stage, |world| world.flows.get(flow.as_str()).unwrap().status().code());
    assert_eq!(status(), 0);
    wait(&stage, 2).await;
    assert_eq!(status(), 1, "it starts by itself");
    wait(&stage, 2).await;
    assert_eq!(status(), 4, "and its machine signs");
    let used = within(&stage, |world| {
        let flow = world.flows.get(flow.as_str()).unwrap();
        flow.approvers[0].signature.as_ref().and_then(|signature| signature.seal.clone())
    });
    assert_eq!(used.map(|seal| seal.to_string()).as_ref(), Some(seal));
}

#[tokio::test]
async fn a_company_may_review_what_it_launches() {
    let stage = Stage::new();
    within(&stage, |world| world.settings.creation_review = Switch::On);
    let flow = create_flow(&stage, company_and_person(&stage)).await;
    let template = template(&stage, "劳动合同（企业与个人，按顺序）");
    stage.call("CreateDocument", document(&stage, &flow, template, json!([]))).await;
    wait(&stage, 2).await;

    let started = stage.call("StartFlow", json!({"Operator": stage.operator(), "FlowId": flow})).await;

    assert_eq!(started["Status"], "REVIEW");
    let passed =
        json!({"Operator": stage.operator(), "FlowId": flow, "ReviewType": "PASS", "OperateType": "CreateReview"});
    let answer = stage.call("CreateFlowSignReview", passed).await;
    assert_eq!(answer.get("Error"), None, "{answer}");
    assert_eq!(within(&stage, |world| world.flows.get(flow.as_str()).unwrap().status().code()), 1);
}

#[tokio::test]
async fn a_preview_launches_nothing_and_ends_with_the_quota() {
    let stage = Stage::new();
    let mut wanted = stage.new_flow().await;
    wanted["NeedPreview"] = json!(true);
    let as_file = stage.call("CreateFlowByFiles", wanted.clone()).await;
    wanted["PreviewType"] = json!(1);
    let as_page = stage.call("CreateFlowByFiles", wanted.clone()).await;
    let fields = json!([{"ComponentId": "post", "ComponentValue": "工程师"}]);
    let mut of_document = document(&stage, "", template(&stage, REGISTRATION), fields);
    of_document["NeedPreview"] = json!(true);
    let of_document = stage.call("CreateDocument", of_document).await;
    insta::assert_json_snapshot!([as_file, as_page, of_document]);

    within(&stage, |world| {
        assert_eq!(world.flows.len(), 0);
        let number = world.directory.organizations.number(stage.company().id.as_str()).unwrap();
        let quota = &mut world.directory.organizations.at_mut(number).unwrap().quota;
        assert_eq!(quota.previews, 2 * quota.left - 3);
        quota.previews = 0;
    });
    assert_eq!(code(&stage.call("CreateFlowByFiles", wanted).await), "FailedOperation.PreViewUrlFail");
}

#[tokio::test]
async fn templates_are_listed_page_by_page() {
    let stage = Stage::new();
    let list = |more: Value| {
        let mut wanted = json!({"Operator": stage.operator()});
        wanted.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        stage.call("DescribeFlowTemplates", wanted)
    };
    let all = list(json!({})).await;
    let count = stage.company().templates.len();
    assert_eq!(
        (all["TotalCount"].as_u64(), all["Templates"].as_array().map(Vec::len)),
        (Some(count as u64), Some(count))
    );
    let page = list(json!({"Offset": 2, "Limit": 3})).await;
    assert_eq!(page["TotalCount"], all["TotalCount"]);
    assert_eq!(page["Templates"].as_array().unwrap()[..], all["Templates"].as_array().unwrap()[2..5]);
    let named =
        list(json!({"Filters": [{"Key": "template-name", "Values": [REGISTRATION]}], "WithPreviewUrl": true})).await;
    assert_eq!(named["TotalCount"], 1);
    assert!(named["Templates"][0]["PreviewUrl"].as_str().unwrap().starts_with("http://mock/file/demo/TEMPLATE/"));
    let short = list(json!({"ContentType": 1, "Limit": 1})).await;
    assert_eq!(short["Templates"][0]["Recipients"], json!([]));
    let nobody = list(json!({"Filters": [{"Key": "template-id", "Values": ["nobody's"]}]})).await;
    assert_eq!((&nobody["Templates"], &nobody["TotalCount"]), (&json!([]), &json!(0)));
    assert_eq!(code(&list(json!({"Filters": [{"Key": "colour", "Values": ["red"]}]})).await), "InvalidParameterValue");
}

#[tokio::test]
async fn a_template_is_copied_switched_off_and_deleted() {
    let stage = Stage::new();
    let id = template(&stage, REGISTRATION).id.clone();
    let operate = |kind: &str, id: &str| {
        stage.call("OperateTemplate", json!({"Operator": stage.operator(), "OperateType": kind, "TemplateId": id}))
    };
    let copy = operate("COPY", &id).await;
    assert_eq!(copy["TemplateName"], format!("{REGISTRATION}_副本"));
    let copied = copy["TemplateId"].as_str().unwrap().to_owned();
    assert_ne!(copied, id);
    for (kind, enabled) in [("DISABLE", false), ("DISABLE", false), ("ENABLE", true)] {
        assert_eq!(operate(kind, &copied).await.get("Error"), None);
        assert_eq!(within(&stage, |world| world.directory.templates.get(copied.as_str()).unwrap().enabled), enabled);
    }
    let deleted = operate("DELETE", &copied).await;
    assert_eq!(deleted.as_object().map(|fields| fields.len()), Some(1), "a RequestId and nothing else: {deleted}");
    assert_eq!(code(&operate("DELETE", &copied).await), "ResourceNotFound.Template");
}

#[tokio::test]
async fn a_contract_whose_document_is_made_goes_on_when_its_template_is_switched_off() {
    let stage = Stage::new();
    let registration = template(&stage, REGISTRATION);
    let fields = || json!([{"ComponentId": "post", "ComponentValue": "工程师"}]);
    let (made, begun) =
        (create_flow(&stage, company_and_person(&stage)).await, create_flow(&stage, company_and_person(&stage)).await);
    let wanted = document(&stage, &made, registration, fields());
    assert_eq!(stage.call("CreateDocument", wanted).await.get("Error"), None);
    let off = json!({"Operator": stage.operator(), "OperateType": "DISABLE", "TemplateId": registration.id});
    assert_eq!(stage.call("OperateTemplate", off).await.get("Error"), None);
    let late = stage.call("CreateDocument", document(&stage, &begun, registration, fields())).await;
    assert_eq!(code(&late), "ResourceNotFound.Template", "none is made of it any more");
    wait(&stage, 2).await;
    let started = stage.call("StartFlow", json!({"Operator": stage.operator(), "FlowId": made})).await;
    assert_eq!(started["Status"], "START", "{started}");
}

#[tokio::test]
async fn a_client_token_repeats_an_answer_where_the_settings_say_so() {
    let stage = Stage::new();
    let flow = create_flow(&stage, company_and_person(&stage)).await;
    let fields = json!([{"ComponentId": "post", "ComponentValue": "工程师"}]);
    let mut wanted = document(&stage, &flow, template(&stage, REGISTRATION), fields);
    wanted["ClientToken"] = json!("only-once");
    let refused = json!({"ClientToken": "only-once", "Operator": stage.operator(), "TemplateId": "nobody's"});
    within(&stage, |world| world.settings.client_token_idempotency = Switch::On);
    assert_eq!(code(&stage.call("CreateDocument", refused).await), "ResourceNotFound.Template");

    let first = stage.call("CreateDocument", wanted.clone()).await;
    let again = stage.call("CreateDocument", wanted.clone()).await;

    assert!(first["DocumentId"].as_str().is_some(), "a refusal is not remembered: {first}");
    assert_eq!((&first["DocumentId"], &first["Approvers"]), (&again["DocumentId"], &again["Approvers"]));
    assert_ne!(first["RequestId"], again["RequestId"]);
    within(&stage, |world| world.settings.client_token_idempotency = Switch::Off);
    assert_eq!(code(&stage.call("CreateDocument", wanted).await), "FailedOperation.FlowHasDocument");
}
