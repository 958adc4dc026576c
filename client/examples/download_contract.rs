//! Downloads a finished contract: `cargo run -p ess-client --example download_contract -- [FlowId] [FILE.pdf]`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use std::env;
use std::time::Duration;

use ess_client::download::Download;
use ess_client::schemas::ess;
use setting::{Outcome, Setting};

#[tokio::main]
async fn main() -> Outcome {
    let setting = Setting::find().await?;
    let flow_id = match (env::args().nth(1), &setting.mock) {
        (Some(flow_id), _) => flow_id,
        (None, Some(mock)) => {
            let flow_id = setting.launch("劳动合同").await?;
            mock.sign(&flow_id).await?;
            // The vendor composes the file within seconds after the last signature; the mock's clock is moved.
            mock.post("clock", serde_json::json!({ "advance": "5s" })).await?;
            flow_id
        }
        (None, None) => return Err("which contract? give its FlowId".into()),
    };
    let path = env::args().nth(2).unwrap_or_else(|| env::temp_dir().join("contract.pdf").display().to_string());

    let request = ess::DescribeFileUrlsRequest {
        operator: setting.operator.clone(),
        business_type: "FLOW".into(),
        business_ids: vec![flow_id],
        file_type: Some("PDF".into()),
        ..Default::default()
    };
    let reply = setting.client.call(&request).await?;
    // The link is good for some minutes only: ask for it when it is needed, and store the file, not the link.
    let link = reply.file_urls.first().ok_or("the contract has no file")?;
    let mut file = tokio::fs::File::create(&path).await?;
    let download = Download::of(&link.url).limit(60 * 1024 * 1024).timeout(Duration::from_secs(120));
    let downloaded = setting.client.download(&download, &mut file).await?;
    println!("{path}: {} bytes, SHA-256 {}", downloaded.size, downloaded.sha256_hex());
    Ok(())
}
