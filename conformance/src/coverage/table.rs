//! The table to read.

use std::fmt::Write as _;

use super::{Coverage, Item, Section};

/// How many case ids a row shows.
const SHOWN: usize = 2;

pub(super) fn write(coverage: &Coverage) -> String {
    let mut text = String::new();
    for section in &coverage.sections {
        section_lines(section, &mut text);
    }
    for section in &coverage.sections {
        let count = |wanted: fn(&Item) -> bool| section.items.iter().filter(|item| wanted(item)).count();
        let tested = count(|item| !item.cases.is_empty());
        let explained = count(|item| item.because.is_some());
        let missing = count(Item::is_missing);
        line(
            &mut text,
            format_args!(
                "{}: {tested} of {} tested, {explained} explained, {missing} missing",
                section.title,
                section.items.len()
            ),
        );
    }
    for name in &coverage.idle {
        line(&mut text, format_args!("unmatched.yaml explains `{name}`, which is tested or is nothing"));
    }
    text
}

fn section_lines(section: &Section, text: &mut String) {
    line(text, format_args!("--- {}", section.title));
    let widest = section.items.iter().map(|item| item.name.chars().count()).max().unwrap_or_default();
    for item in &section.items {
        let by = match (&item.because, item.cases.as_slice()) {
            (Some(because), _) => format!("(not tested: {because})"),
            (None, []) => "MISSING".to_owned(),
            (None, cases) => {
                let shown = cases.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
                let more = cases.len().saturating_sub(SHOWN);
                if more == 0 { shown } else { format!("{shown} and {more} more") }
            }
        };
        let padding = " ".repeat(widest - item.name.chars().count());
        let what = if item.what.is_empty() { String::new() } else { format!("[{}] ", item.what) };
        line(text, format_args!("{}{padding}  {what}{by}", item.name));
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _: std::fmt::Result = writeln!(text, "{arguments}");
}
