//! Reads long lists page by page: `cargo run -p ess-client --example list_templates`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use ess_client::schemas::ess;
use setting::{Outcome, Setting};

#[tokio::main]
async fn main() -> Outcome {
    let Setting { client, operator, .. } = Setting::find().await?;

    // Five at a time, to see several pages; without a limit it asks for as many as the vendor gives.
    let request =
        ess::DescribeFlowTemplatesRequest { operator: operator.clone(), limit: Some(5), ..Default::default() };
    let mut pages = client.pages(request);
    while let Some(page) = pages.next().await? {
        println!("-- {} of {}", pages.seen(), page.total.unwrap_or_default());
        for template in page.items {
            println!("{}  {}", template.template_id, template.template_name);
        }
    }

    // The same call for a list whose Offset counts pages instead of records.
    let seals = ess::DescribeOrganizationSealsRequest { operator, ..Default::default() };
    for seal in client.pages(seals).collect(1000).await? {
        println!("{}  {}", seal.seal_id, seal.seal_name);
    }
    Ok(())
}
