//! How a task goes on, by the world's clock alone: created, queued, running, ended. Whoever looks compares times.
//!
//! The vendor says only that there are such states. How long each lasts is ASSUMED: a second until it is queued, a second until it
//! runs, and then as long as the setting `intelligence_delay` says.

use std::time::Duration;

use crate::domain::time::Timestamp;

/// How long a task is merely created, and then how long it waits for its turn.
const STEP: Duration = Duration::from_secs(1);

/// When a task goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Timing {
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It was asked for.
    Created,
    /// It waits for its turn.
    Queued,
    /// It runs.
    Running,
    /// It has ended, well or not.
    Ended,
}

impl Timing {
    /// Of a task asked for at `now` that runs for `running`; one that runs for no time at all has ended when it is asked for.
    #[must_use]
    pub fn begun(now: Timestamp, running: Duration) -> Self {
        let ends_at = if running.is_zero() { now } else { now.plus(2 * STEP + running) };
        Self { created_at: now, ends_at }
    }

    /// How far it is at `now`.
    #[must_use]
    pub fn progress(self, now: Timestamp) -> Progress {
        if now >= self.ends_at {
            Progress::Ended
        } else if now >= self.created_at.plus(2 * STEP) {
            Progress::Running
        } else if now >= self.created_at.plus(STEP) {
            Progress::Queued
        } else {
            Progress::Created
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::at;

    #[test]
    fn a_task_is_created_queued_running_and_ended() {
        let timing = Timing::begun(at(0), Duration::from_secs(3));
        let seen: Vec<Progress> = (0..6).map(|second| timing.progress(at(second))).collect();
        let running = Progress::Running;
        assert_eq!(seen, [Progress::Created, Progress::Queued, running, running, running, Progress::Ended]);
    }

    #[test]
    fn a_task_that_takes_no_time_has_ended_at_once() {
        assert_eq!(Timing::begun(at(0), Duration::ZERO).progress(at(0)), Progress::Ended);
    }
}
