//! The one place here that asks the machine for the time. Cases never depend on it at the fake, whose time stands still.
#![expect(
    clippy::disallowed_methods,
    reason = "the suite stands outside of the engine: it measures, and dates what real targets answer"
)]

use std::time::{Duration, Instant};

/// When something began, to tell how long it took.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long it has run.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// How long it has run, in milliseconds.
    pub fn milliseconds(self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// The machine's time.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
