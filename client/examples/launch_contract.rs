//! Uploads a PDF and launches a contract from it: `cargo run -p ess-client --example launch_contract -- [FILE.pdf]`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use std::env;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ess_client::schemas::ess;
use setting::{Outcome, Setting};

/// One page, for whoever names no file of their own.
const SAMPLE: &[u8] = include_bytes!("../../fixtures/pdf/keywords.pdf");

#[tokio::main]
async fn main() -> Outcome {
    let Setting { client, operator, .. } = Setting::find().await?;
    let pdf = env::args().nth(1).map_or_else(|| Ok(SAMPLE.to_vec()), std::fs::read)?;

    let upload = ess::UploadFilesRequest {
        business_type: "DOCUMENT".into(),
        caller: Some(ess::Caller { operator_id: operator.user_id.clone(), ..Default::default() }),
        file_infos: Some(vec![ess::UploadFile {
            file_body: BASE64_STANDARD.encode(pdf),
            file_name: Some("contract.pdf".into()),
        }]),
        ..Default::default()
    };
    let files = client.call(&upload).await?;
    println!("uploaded {:?}", files.file_ids);

    // Where the signature goes: on the first page, measured from its upper left corner.
    let signature = ess::Component {
        component_type: "SIGN_SIGNATURE".into(),
        component_page: Some(1),
        component_pos_x: Some(100.0),
        component_pos_y: Some(100.0),
        component_width: Some(120.0),
        component_height: Some(60.0),
        ..Default::default()
    };
    let person = ess::ApproverInfo {
        approver_type: 1,
        approver_name: Some("张三".into()),
        approver_mobile: Some("18888888888".into()),
        sign_components: Some(vec![signature]),
        ..Default::default()
    };
    let launch = ess::CreateFlowByFilesRequest {
        operator,
        flow_name: "技术服务合同".into(),
        file_ids: files.file_ids.clone(),
        approvers: Some(vec![person]),
        // A number of your own comes back in every callback of the contract: it finds a contract whose answer was lost.
        user_data: Some(BASE64_STANDARD.encode("order 4711")),
        ..Default::default()
    };
    let flow = client.call(&launch).await?;
    println!("launched {}   RequestId {}", flow.flow_id, flow.request_id);
    Ok(())
}
