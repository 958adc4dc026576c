//! Makes the link behind which a person signs: `cargo run -p ess-client --example sign_link -- [FlowId]`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use std::env;

use ess_client::schemas::ess;
use setting::{Outcome, Setting};

#[tokio::main]
async fn main() -> Outcome {
    let setting = Setting::find().await?;
    let flow_id = match env::args().nth(1) {
        Some(flow_id) => flow_id,
        None => setting.launch("保密协议").await?,
    };

    let signer = ess::FlowCreateApprover {
        approver_type: 1,
        approver_name: Some("张三".into()),
        approver_mobile: Some("18888888888".into()),
        ..Default::default()
    };
    let request = ess::CreateFlowSignUrlRequest {
        operator: Some(setting.operator.clone()),
        flow_id,
        flow_approver_infos: Some(vec![signer]),
        ..Default::default()
    };
    let reply = setting.client.call(&request).await?;
    for link in &reply.flow_approver_url_infos {
        println!("{} signs at {}", link.approver_name, link.sign_url);
    }
    Ok(())
}
