//! Evidence about contracts a platform launched.

use std::time::Duration;

use serde_json::json;

use super::platform::{agent_of, first, keeps_downloads};
use super::stage::Stage;
use crate::coverage::cases::WORLD;
use crate::engine::advance::{Target, advance};
use crate::engine::world_file::WorldFile;

#[tokio::test]
async fn a_signed_contract_is_verified_reported_on_and_shown_in_the_chain() {
    let stage = Stage::new();
    let flow = stage.launch_for(&first()).await;
    let about = json!({"FlowId": flow});
    let mut answers = vec![stage.platform("ChannelVerifyPdf", &first(), about.clone()).await];
    stage.sign_next(&flow);
    stage.sign_next(&flow);
    answers.push(stage.platform("ChannelVerifyPdf", &first(), about.clone()).await);
    let ordered = stage.platform("CreateChannelFlowEvidenceReport", &first(), about.clone()).await;
    let report = json!({"ReportId": ordered["ReportId"]});
    answers.push(ordered.clone());
    answers.push(stage.platform("DescribeChannelFlowEvidenceReport", &first(), report.clone()).await);
    advance(&stage.account(), Target::By(Duration::from_secs(10))).await;
    let written = stage.platform("DescribeChannelFlowEvidenceReport", &first(), report.clone()).await;
    let url = written["ReportUrl"].as_str().unwrap().to_owned();
    assert!(stage.open(&url).await.1.body.starts_with(b"%PDF"), "the report is a document");
    answers.push(written);
    let link = stage.platform("CreateFlowBlockchainEvidenceUrl", &first(), about.clone()).await;
    let (_, certificate) = stage.open(link["Url"].as_str().unwrap()).await;
    assert_eq!(certificate.status, 200);
    answers.push(link);
    insta::assert_json_snapshot!(answers);

    let again = stage.platform("CreateChannelFlowEvidenceReport", &first(), about.clone()).await;
    assert_eq!(again["ReportId"], ordered["ReportId"], "who asks again gets the same report");
    for action in ["ChannelVerifyPdf", "CreateChannelFlowEvidenceReport", "CreateFlowBlockchainEvidenceUrl"] {
        let refused = stage.platform(action, &keeps_downloads(), about.clone()).await;
        let code = refused["Error"]["Code"].as_str().unwrap_or_default();
        assert!(code.starts_with("OperationDenied"), "{action} for another customer: {refused}");
    }
    let others = stage.platform("DescribeChannelFlowEvidenceReport", &keeps_downloads(), report).await;
    assert_eq!(others["Error"]["Code"], "InvalidParameter.DataNotFound", "another customer's report");
}

#[tokio::test]
async fn a_report_is_shown_in_the_application_of_its_contract_alone_though_the_company_is_the_same() {
    let stage = Stage::of(WorldFile::parse("fixtures/worlds/refusals.yaml", WORLD).unwrap());
    let here = agent_of("app", "org_first", "staff_operator");
    let elsewhere = agent_of("closed-app", "org_elsewhere", "staff_elsewhere");
    let about = json!({"FlowId": "customers-signed"});
    let ordered = stage.platform("CreateChannelFlowEvidenceReport", &here, about).await;
    let report = json!({"ReportId": ordered["ReportId"]});
    let refused = stage.platform("DescribeChannelFlowEvidenceReport", &elsewhere, report.clone()).await;
    assert_eq!(refused["Error"]["Code"], "InvalidParameter.DataNotFound", "ASSUMED: {refused}");
    let shown = stage.platform("DescribeChannelFlowEvidenceReport", &here, report).await;
    assert_eq!(shown["Status"], "EvidenceStatusExecuting", "{shown}");
}

#[tokio::test]
async fn nobody_is_shown_who_did_not_show_their_face() {
    let stage = Stage::new();
    let flow = stage.launch_for(&first()).await;
    stage.sign_next(&flow);
    let shown = stage.platform("DescribeFlowDetailInfo", &first(), json!({"FlowIds": [flow]})).await;
    let sign = shown["FlowInfo"][0]["FlowApproverInfos"][0]["SignId"].clone();
    let request = json!({"FlowId": flow, "SignId": sign});
    let refused = stage.platform("ChannelDescribeSignFaceVideo", &first(), request).await;
    assert_eq!(refused["Error"]["Code"], "ResourceNotFound");
}
