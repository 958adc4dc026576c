//! Launches a contract and asks until it is finished: `cargo run -p ess-client --example wait_for_completion`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use std::time::Duration;

use ess_client::tracker::{FlowStatus, FlowTracker};
use ess_client::waiting::{CompanyFlows, PollPolicy, WaitError, wait_for_flow};
use setting::{Outcome, Setting};

#[tokio::main]
async fn main() -> Outcome {
    let setting = Setting::find().await?;
    let flow_id = setting.launch("租赁合同").await?;
    println!("launched {flow_id}");

    let flows = CompanyFlows::new(&setting.client, setting.operator.clone()).with_signers();
    let mut tracker = FlowTracker::new();
    let wait = wait_for_flow(&flow_id, &mut tracker)
        .asking(&flows)
        .polling(PollPolicy { first_pause: Duration::from_millis(500), ..PollPolicy::default() })
        .within(Duration::from_secs(3600));

    // With the mock somebody signs meanwhile; with the vendor a person does.
    let signed = async {
        if let Some(mock) = &setting.mock {
            tokio::time::sleep(Duration::from_secs(1)).await;
            mock.sign(&flow_id).await?;
        }
        Outcome::Ok(())
    };
    let (waited, signed) = tokio::join!(wait, signed);
    signed?;

    match waited {
        Ok(waited) if waited.flow.status == FlowStatus::Completed => {
            for signer in waited.flow.approvers.values() {
                println!("{} signed at {}", signer.name, signer.signed_at);
            }
        }
        Ok(waited) => println!("it ended as {:?}: {}", waited.flow.status, waited.flow.details.message),
        Err(WaitError::TimedOut { known, .. }) => println!("not finished yet: {:?}", known.map(|flow| flow.status)),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
