//! How far a run is, where somebody watches: on a terminal alone, never in a log.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::outcome::{CaseResult, Outcome};

/// A line that moves.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// For so many cases.
    pub fn of(cases: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(cases).unwrap_or(u64::MAX));
        bar.set_draw_target(match std::io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr_with_hz(10),
            false => ProgressDrawTarget::hidden(),
        });
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar }
    }

    /// A case has come to its end. What is otherwise is told at once.
    pub fn tell(&self, result: &CaseResult) {
        self.bar.inc(1);
        self.bar.set_message(result.id.clone());
        match &result.outcome {
            Outcome::Differs { .. } => self.bar.println(format!("DIFFERS {}", result.id)),
            Outcome::Broken { .. } => self.bar.println(format!("BROKEN {}", result.id)),
            Outcome::Agrees | Outcome::Skipped { .. } | Outcome::Declined { .. } => {}
        }
    }

    /// The line goes away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
