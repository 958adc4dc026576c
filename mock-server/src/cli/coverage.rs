//! `ess-mock coverage`: what is stateful and what is synthesized, action by action.

use clap::ValueEnum;
use ess_mock_server::actions;
use ess_schemas::Service;
use serde_json::json;

use super::say;

/// How to print the table.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// Plain text.
    Table,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
}

pub(super) fn print(format: Format) -> Result<(), String> {
    let rows: Vec<(&str, &str, &str)> = Service::ALL
        .into_iter()
        .flat_map(ess_schemas::actions)
        .map(|one| {
            let how = if actions::handler(one).is_some() { "stateful" } else { "synthesized" };
            (one.service.name(), one.name, how)
        })
        .collect();
    match format {
        Format::Table => {
            for (service, action, how) in &rows {
                say(&format!("{service:<9} {action:<48} {how}"));
            }
            let stateful = rows.iter().filter(|(_, _, how)| *how == "stateful").count();
            say(&format!("{} actions, {stateful} stateful", rows.len()));
        }
        Format::Json => {
            let list: Vec<_> = rows.iter().map(|(s, a, h)| json!({"service": s, "action": a, "fidelity": h})).collect();
            say(&serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?);
        }
        Format::Markdown => {
            say("| service | action | fidelity |\n|---|---|---|");
            for (service, action, how) in &rows {
                say(&format!("| {service} | {action} | {how} |"));
            }
        }
    }
    Ok(())
}
