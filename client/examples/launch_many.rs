//! Launches contracts side by side, asks for all of them at once and withdraws them: `cargo run -p ess-client --example launch_many -- [COUNT]`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use std::env;
use std::sync::Arc;

use ess_client::schemas::ess;
use ess_client::tracker::FlowTracker;
use setting::{Outcome, Setting};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// The vendor answers RequestLimitExceeded to more than twenty calls of an action a second. The client waits and tries again, but fewer at once are
/// done sooner.
const AT_ONCE: usize = 4;

#[tokio::main]
async fn main() -> Outcome {
    let setting = Arc::new(Setting::find().await?);
    let count: usize = env::args().nth(1).map_or(Ok(10), |count| count.parse())?;

    let turnstile = Arc::new(Semaphore::new(AT_ONCE));
    let mut launches = JoinSet::new();
    for number in 1..=count {
        let (setting, turnstile) = (Arc::clone(&setting), Arc::clone(&turnstile));
        launches.spawn(async move {
            let _turn = turnstile.acquire_owned().await.map_err(|error| error.to_string())?;
            setting.launch(&format!("批量合同 {number}")).await.map_err(|error| error.to_string())
        });
    }
    let launched: Result<Vec<_>, String> = launches.join_all().await.into_iter().collect();
    let flow_ids = launched?;
    println!("launched {}", flow_ids.len());

    // One call answers for a hundred contracts.
    let mut tracker = FlowTracker::new();
    for some in flow_ids.chunks(100) {
        let request = ess::DescribeFlowBriefsRequest {
            operator: setting.operator.clone(),
            flow_ids: some.to_vec(),
            ..Default::default()
        };
        for brief in &setting.client.call(&request).await?.flow_briefs {
            for conflict in tracker.reconcile(brief).conflicts {
                println!("{}: {conflict}", brief.flow_id);
            }
        }
    }

    for flow in tracker.flows().filter(|flow| !flow.status.is_final()) {
        let request = ess::CancelFlowRequest {
            operator: setting.operator.clone(),
            flow_id: flow.flow_id.clone(),
            cancel_message: "示例结束".into(),
            ..Default::default()
        };
        match setting.client.call(&request).await {
            Ok(_) => println!("withdrew {}", flow.flow_id),
            // Signed in the meantime: too late, and no fault of anybody.
            Err(error) if error.code() == Some("OperationDenied.FlowHasTerminated") => println!("{error}"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
