//! Finds out what became of a launch whose answer was lost: `cargo run -p ess-client --example lost_answer`.
//!
//! The mock carries the call out and drops its answer, as a broken connection does at the worst moment.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use ess_client::Outcome as Done;
use ess_client::schemas::ess;
use serde_json::json;
use setting::{Outcome, Setting};

#[tokio::main]
async fn main() -> Outcome {
    let setting = Setting::find().await?;
    let mock = setting.mock.as_ref().ok_or("only the mock loses answers on demand: unset SECRET_ID")?;
    let draft = ess::CreateFlowRequest {
        operator: setting.operator.clone(),
        flow_name: "借款合同".into(),
        approvers: vec![ess::FlowCreateApprover {
            approver_type: 1,
            approver_name: Some("张三".into()),
            approver_mobile: Some("18888888888".into()),
            ..Default::default()
        }],
        ..Default::default()
    };
    let flow_id = setting.client.call(&draft).await?.response.flow_id;
    let document = ess::CreateDocumentRequest {
        operator: setting.operator.clone(),
        template_id: "yDemoUUckpt6q5k2UhfyRZi4iqwpeaMM".into(),
        flow_id: Some(flow_id.clone()),
        ..Default::default()
    };
    setting.client.call(&document).await?;
    // The platform composes the document within seconds; the mock's clock is moved.
    mock.post("clock", json!({ "advance": "5s" })).await?;
    mock.post("faults", json!({ "action": "StartFlow", "first": 1, "effect": "drop", "after": true })).await?;

    let start =
        ess::StartFlowRequest { operator: setting.operator.clone(), flow_id: flow_id.clone(), ..Default::default() };
    let error = setting.client.call(&start).await.err().ok_or("the answer was not lost")?;
    println!("{error}   attempts: {}", error.attempts());
    assert_eq!(error.outcome(), Done::Unknown, "nobody can know, so it was not repeated");
    let check = error.what_to_check().ok_or("there should be something to check")?;
    println!("{check}");

    // As it says: the status tells whether the contract was started.
    let request = ess::DescribeFlowBriefsRequest {
        operator: setting.operator.clone(),
        flow_ids: vec![flow_id.clone()],
        ..Default::default()
    };
    let reply = setting.client.call(&request).await?;
    match reply.flow_briefs.first().map(|brief| brief.flow_status) {
        Some(0 | 7) => println!("{flow_id} was not started: call StartFlow again"),
        Some(status) => println!("{flow_id} was started: its status is {status}"),
        None => println!("{flow_id} is not shown"),
    }
    Ok(())
}
