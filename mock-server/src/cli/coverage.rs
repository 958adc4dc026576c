//! `ess-mock coverage`: what is stateful and what is synthesized, action by action; which codes are documented, which of them
//! this server can answer, and which a test makes it answer.

use clap::ValueEnum;
use ess_mock_server::coverage::chapters::{Language, table};
use ess_mock_server::coverage::{self, Coverage};
use ess_schemas::Service;
use serde_json::{Value, json};

use super::say;

/// How to print the table.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// Plain text.
    Table,
    /// JSON, with every code and the reasons that lead to it.
    Json,
    /// Markdown.
    Markdown,
    /// The stateful actions by chapter, as in README.md and PLATFORMS.md.
    Chapters,
}

pub(super) fn print(format: Format) -> Result<(), String> {
    let all: Vec<Coverage> = coverage::all().collect();
    match format {
        Format::Table => {
            say("                                                                      codes of the action's list");
            say("service   action                                           how         documented possible tested");
            for one in &all {
                say(&line(one));
            }
            say(&summary(&all));
        }
        Format::Json => {
            let list: Vec<Value> = all.iter().map(as_json).collect();
            say(&serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?);
        }
        Format::Markdown => {
            say("| service | action | fidelity | documented codes | possible | tested |\n|---|---|---|---|---|---|");
            for one in &all {
                say(&row(one));
            }
            say(&format!("\n{}", summary(&all)));
        }
        Format::Chapters => {
            for service in Service::ALL {
                say(&format!("## {}\n\n{}", service.name(), table(service, Language::English)));
            }
        }
    }
    Ok(())
}

fn fidelity(one: &Coverage) -> &'static str {
    if one.stateful { "stateful" } else { "synthesized" }
}

fn line(one: &Coverage) -> String {
    let (service, action) = (one.contract.service.name(), one.contract.name);
    let (documented, possible, tested) = (one.contract.codes.len(), one.possible.len(), one.tested_of_possible());
    let how = fidelity(one);
    if possible == 0 {
        return format!("{service:<9} {action:<48} {how:<11} {documented:>10}");
    }
    format!("{service:<9} {action:<48} {how:<11} {documented:>10} {possible:>8} {tested:>6}")
}

fn row(one: &Coverage) -> String {
    let (service, action) = (one.contract.service.name(), one.contract.name);
    let (documented, possible, tested) = (one.contract.codes.len(), one.possible.len(), one.tested_of_possible());
    format!("| {service} | {action} | {} | {documented} | {possible} | {tested} |", fidelity(one))
}

/// Each code once: whether the vendor lists it for the action, the reasons for which it is answered, and whether a test
/// produces it or why none does.
fn as_json(one: &Coverage) -> Value {
    let mut codes: Vec<&str> = one.contract.codes.iter().chain(one.possible.keys()).copied().collect();
    codes.sort_unstable();
    codes.dedup();
    let codes: Vec<Value> = codes
        .into_iter()
        .map(|code| {
            json!({
                "code": code,
                "documented": one.contract.lists(code),
                "reasons": one.possible.get(code),
                "tested": one.tested.contains(code),
                "not_produced": one.excepted.get(code),
            })
        })
        .collect();
    json!({"service": one.contract.service.name(), "action": one.contract.name, "fidelity": fidelity(one), "codes": codes})
}

fn summary(all: &[Coverage]) -> String {
    let stateful = all.iter().filter(|one| one.stateful).count();
    let possible: usize = all.iter().map(|one| one.possible.len()).sum();
    let tested: usize = all.iter().map(Coverage::tested_of_possible).sum();
    let excepted: usize = all.iter().map(|one| one.excepted.len()).sum();
    let percent = (tested * 1000).checked_div(possible).unwrap_or(0);
    format!(
        "{} actions, {stateful} stateful; of {possible} pairs of action and code that can be answered, tests produce {tested} \
         ({}.{} %), {excepted} stand in the list of what no call produces",
        all.len(),
        percent / 10,
        percent % 10,
    )
}
