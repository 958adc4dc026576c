//! What came of a case, in lines that every report shows alike.

use super::{Entry, Standing};
use crate::outcome::{Outcome, StepName};

/// What is otherwise, a line each: where, what was expected, what was found.
pub(super) fn lines(entry: &Entry) -> Vec<String> {
    let mut lines = match entry.standing {
        Standing::Flaky => {
            let runs = entry.runs.iter().enumerate();
            runs.map(|(number, outcome)| format!("run {}: {}", number + 1, in_a_line(outcome))).collect()
        }
        Standing::Agrees | Standing::Differs | Standing::Declined | Standing::Broken | Standing::Skipped => {
            of_outcome(&entry.outcome)
        }
    };
    if let Some(compared) = &entry.compared {
        lines.push(format!("{}: {}", compared.verdict, compared.because));
        if let Some(fake) = &compared.fake {
            lines.push(format!("the fake: {}", in_a_line(fake)));
        }
    }
    lines
}

/// Why what is otherwise does not fail the run.
pub(super) fn why_not(entry: &Entry) -> Option<String> {
    match (&entry.accepted, entry.standing) {
        (Some(reason), _) => Some(format!("accepted: {reason}")),
        (None, Standing::Differs | Standing::Broken) if !entry.fails => Some("an assumed rule only reports".to_owned()),
        (None, _) => None,
    }
}

/// An outcome in one line.
pub(super) fn in_a_line(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Agrees => "agrees".to_owned(),
        Outcome::Differs { .. } => format!("differs: {}", of_outcome(outcome).join("; ")),
        Outcome::Skipped { reason } => format!("skipped: {reason}"),
        Outcome::Declined { refusal, .. } => format!("declined: {refusal}"),
        Outcome::Broken { reason, .. } => format!("broken: {reason}"),
    }
}

fn of_outcome(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Agrees => Vec::new(),
        Outcome::Differs { differences, .. } => {
            let place = |place: &str| if place.is_empty() { "$".to_owned() } else { place.to_owned() };
            let line = |one: &crate::suite::matcher::Mismatch| {
                format!("{}: expected {}, found {}", place(&one.place), one.expected, one.actual)
            };
            differences.iter().map(line).collect()
        }
        Outcome::Skipped { reason } | Outcome::Broken { reason, .. } => vec![reason.clone()],
        Outcome::Declined { refusal, .. } => vec![refusal.clone()],
    }
}

/// At which step it ended, when it ended early.
pub(super) fn step(outcome: &Outcome) -> Option<&StepName> {
    match outcome {
        Outcome::Agrees | Outcome::Skipped { .. } => None,
        Outcome::Differs { step, .. } | Outcome::Declined { step, .. } | Outcome::Broken { step, .. } => {
            (!step.file.is_empty()).then_some(step)
        }
    }
}
