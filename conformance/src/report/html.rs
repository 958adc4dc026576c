//! The report for browsers: one file that needs nothing else.

use askama::Template;

use super::explained::{lines, step, why_not};
use super::{Entry, Report, Standing};

/// The report as a page.
///
/// # Errors
/// It cannot be written down.
pub fn html(report: &Report) -> Result<String, askama::Error> {
    Page { report, rows: report.cases.iter().map(|entry| Row::of(report, entry)).collect() }.render()
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    entry: &'a Entry,
    standing: &'static str,
    verdict: Option<&'static str>,
    step: Option<String>,
    lines: Vec<String>,
    why_not: Option<String>,
    command: String,
}

impl<'a> Row<'a> {
    fn of(report: &Report, entry: &'a Entry) -> Self {
        Self {
            entry,
            standing: entry.standing.word(),
            verdict: entry.compared.as_ref().map(|compared| compared.verdict.words()),
            step: step(&entry.outcome).map(ToString::to_string),
            lines: lines(entry),
            why_not: why_not(entry),
            command: report.command(entry),
        }
    }

    /// Opened without being asked: what makes the run fail.
    fn is_open(&self) -> bool {
        self.entry.fails
    }

    fn has_more(&self) -> bool {
        !self.lines.is_empty() || self.entry.standing != Standing::Agrees
    }
}

impl Page<'_> {
    fn seconds(&self) -> String {
        format!("{:.1}", std::time::Duration::from_millis(self.report.took_ms).as_secs_f64())
    }

    /// Number and word of each standing, for the buttons that choose.
    fn counts(&self) -> [(usize, &'static str); 6] {
        let totals = self.report.totals;
        [
            (totals.agree, Standing::Agrees.word()),
            (totals.differ, Standing::Differs.word()),
            (totals.flaky, Standing::Flaky.word()),
            (totals.declined, Standing::Declined.word()),
            (totals.broken, Standing::Broken.word()),
            (totals.skipped, Standing::Skipped.word()),
        ]
    }

    fn verdicts(&self) -> Vec<(&'static str, usize)> {
        let verdicts = self.report.verdicts.iter().flatten();
        verdicts.map(|(verdict, count)| (verdict.words(), *count)).collect()
    }
}
