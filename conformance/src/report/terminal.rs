//! The report for the person in front of the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

use super::explained::{lines, step, why_not};
use super::{Entry, Report, Standing};
use crate::outcome::Outcome;
use crate::verdict::Verdict;

/// What was otherwise, what was skipped and why, and the totals in the last line.
pub fn terminal(report: &Report) -> String {
    let mut text: String = report.cases.iter().filter_map(paragraph).collect();
    if let Some(verdicts) = &report.verdicts {
        text += &format!("{}\n\n", verdict_table(report));
        let counts = verdicts.iter().map(|(verdict, count)| (count.to_string(), verdict.words().to_owned()));
        text += &format!("{}\n\n", columns(counts));
    }
    if !report.skipped.is_empty() {
        text += "skipped because\n";
        let counts = report.skipped.iter().map(|(reason, count)| (count.to_string(), harmless(reason)));
        text += &format!("{}\n\n", columns(counts));
    }
    text + &totals(report)
}

/// The last line.
fn totals(report: &Report) -> String {
    let totals = report.totals;
    let accepted = match totals.accepted {
        0 => String::new(),
        some => format!(" ({some} accepted)"),
    };
    format!(
        "{} cases on {}: {} agree, {} differ{accepted}, {} flaky, {} declined, {} broken, {} skipped in {:.1} s\n",
        totals.cases,
        report.target,
        totals.agree,
        totals.differ,
        totals.flaky,
        totals.declined,
        totals.broken,
        totals.skipped,
        std::time::Duration::from_millis(report.took_ms).as_secs_f64(),
    )
}

/// What there is to say about a case that is otherwise, or was declined.
fn paragraph(entry: &Entry) -> Option<String> {
    let says_something = match entry.standing {
        Standing::Agrees | Standing::Skipped => entry.fails,
        Standing::Differs | Standing::Flaky | Standing::Declined | Standing::Broken => true,
    };
    if !says_something {
        return None;
    }
    let heading = match (&entry.compared, entry.standing) {
        (Some(compared), Standing::Agrees) => compared.verdict.words(),
        (_, standing) => standing.word(),
    };
    let mut paragraph = vec![format!("{} {}", heading.to_uppercase(), entry.id)];
    paragraph.push(format!("  {} [{}; {}]", entry.says, entry.basis.word(), entry.source));
    paragraph.extend(step(&entry.outcome).map(|step| format!("  at {step}")));
    paragraph.extend(lines(entry).iter().map(|line| format!("  {line}")));
    paragraph.extend(why_not(entry).map(|why| format!("  {why}")));
    let lines: Vec<String> = paragraph.iter().map(|line| harmless(line)).collect();
    Some(lines.join("\n") + "\n\n")
}

/// A line that stays one, and moves no cursor, whatever a target put into it.
fn harmless(line: &str) -> String {
    let shown = |character: char| match character.is_control() {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    line.chars().map(shown).collect()
}

/// The verdict on each case that is not simply one of agreement, or was not tried.
fn verdict_table(report: &Report) -> String {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_header(["verdict", "case", "target", "fake"]);
    for entry in &report.cases {
        let Some(compared) = &entry.compared else { continue };
        if compared.verdict == Verdict::Agree || entry.standing == Standing::Skipped {
            continue;
        }
        let fake = compared.fake.as_ref().map_or("", word);
        table.add_row([compared.verdict.words(), &entry.id, entry.standing.word(), fake]);
    }
    table.trim_fmt()
}

fn word(outcome: &Outcome) -> &'static str {
    Standing::of(&[], outcome).word()
}

/// Numbers, and what is counted.
fn columns(rows: impl Iterator<Item = (String, String)>) -> String {
    let mut table = Table::new();
    table.load_preset(NOTHING);
    for (count, what) in rows {
        table.add_row([count, what]);
    }
    if let Some(column) = table.column_mut(0) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}
