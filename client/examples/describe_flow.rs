//! Looks a contract up: `cargo run -p ess-client --example describe_flow -- <FlowId>`.
//!
//! Reads SECRET_ID, SECRET_KEY and OPERATOR_USER_ID from the environment, and ENDPOINT if the call shall not go to the vendor's production.

#![allow(clippy::print_stdout, reason = "printing is what this example is for")]

use std::env;
use std::error::Error;

use ess_client::schemas::ess;
use ess_client::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let flow_id = env::args().nth(1).ok_or("which contract? give its FlowId")?;
    let mut builder = Client::builder(Credentials::new(env::var("SECRET_ID")?, env::var("SECRET_KEY")?));
    if let Ok(url) = env::var("ENDPOINT") {
        builder = builder.server(&url);
    }
    let client = builder.build()?;

    let operator = ess::UserInfo { user_id: Some(env::var("OPERATOR_USER_ID")?), ..Default::default() };
    let request =
        ess::DescribeFlowInfoRequest { operator: Some(operator), flow_ids: Some(vec![flow_id]), ..Default::default() };
    let reply = client.call(&request).await?;
    for flow in &reply.flow_detail_infos {
        println!("{flow:#?}");
    }
    println!("RequestId {}", reply.request_id);
    Ok(())
}
