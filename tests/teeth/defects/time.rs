//! Time passes otherwise, and tasks end at other times.

use ess_mock_server::span;

use super::defect;
use super::edits::replace;
use crate::defect::{Defect, Trick};

const MINUTE: u64 = 60;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        clocked("everything_a_minute_late", "whatever is due happens a minute late", |seconds| {
            if seconds > MINUTE { seconds - MINUTE } else { seconds }
        }),
        clocked("everything_a_minute_early", "whatever is due happens a minute early", |seconds| {
            if seconds > 0 { seconds + MINUTE } else { seconds }
        }),
        clocked("days_of_a_year", "a long time passes at half the speed", |seconds| {
            if seconds > 24 * 3600 { seconds / 2 } else { seconds }
        }),
        clocked("time_stands_still", "an hour and longer does not pass at all", |seconds| {
            if seconds >= 60 * MINUTE { 0 } else { seconds }
        }),
        defect(
            "conversions_never_end",
            "a conversion is never done",
            Trick::Answered(
                &["DescribeFileConvertTask", "GetTaskResultApi"],
                Box::new(|_, answer| {
                    replace(answer, "TaskStatus", 8, 3);
                    replace(answer, "TaskStatus", 4, 3);
                }),
            ),
        ),
        defect(
            "reports_never_written",
            "a report is being written for ever",
            Trick::Answered(
                &["DescribeFlowEvidenceReport"],
                Box::new(|_, answer| {
                    replace(answer, "Status", "EvidenceStatusSuccess", "EvidenceStatusExecuting");
                }),
            ),
        ),
    ]
}

fn clocked(name: &'static str, says: &'static str, passes: fn(u64) -> u64) -> Defect {
    let change = move |asked: &str| {
        let seconds = span::parse(asked).map_or(0, |span| span.as_secs());
        match passes(seconds) {
            same if same == seconds => asked.to_owned(),
            other => format!("{other}s"),
        }
    };
    defect(name, says, Trick::Clocked(Box::new(change)))
}
