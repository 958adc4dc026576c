//! A platform lets a customer in and looks at its organizations: `cargo run -p ess-client --example platform_console`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use ess_client::schemas::essbasic;
use setting::{Outcome, Setting};

#[tokio::main]
async fn main() -> Outcome {
    let setting = Setting::find().await?;
    let told = |name: &str| match &setting.mock {
        Some(mock) => Ok(mock.told(name)),
        None => std::env::var(name).map_err(|error| format!("{name}: {error}")),
    };
    // Whom the platform acts for: its own names for the customer and for the customer's employee.
    let agent = essbasic::Agent {
        app_id: told("APP_ID")?,
        proxy_organization_open_id: Some(told("PROXY_ORG_OPEN_ID")?),
        proxy_operator: Some(essbasic::UserInfo {
            open_id: Some(told("PROXY_OPERATOR_OPEN_ID")?),
            ..Default::default()
        }),
        ..Default::default()
    };

    let request = essbasic::CreateConsoleLoginUrlRequest {
        agent: agent.clone(),
        proxy_organization_name: "子客示例企业".into(),
        ..Default::default()
    };
    let reply = setting.client.call(&request).await?;
    println!("the customer goes on at {}", reply.console_url);

    let organizations = essbasic::DescribeChannelOrganizationsRequest { agent, ..Default::default() };
    for organization in setting.client.pages(organizations).collect(1000).await? {
        println!("a customer: {}", organization.organization_name.unwrap_or_default());
    }
    Ok(())
}
