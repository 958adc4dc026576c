//! The one thing a call needs to know of the world: what time it is.

/// Tells the time a request is signed with.
///
/// Any `Fn() -> i64` is one, so a test passes `|| 1_700_000_000`.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01 UTC.
    fn unix_seconds(&self) -> i64;
}

impl<F: Fn() -> i64 + Send + Sync> Clock for F {
    fn unix_seconds(&self) -> i64 {
        self()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the client's edge: the one place where it reads the machine's clock"
    )]
    fn unix_seconds(&self) -> i64 {
        let now = std::time::SystemTime::now();
        let span = |duration: std::time::Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        now.duration_since(std::time::UNIX_EPOCH).map_or_else(|before| -span(before.duration()), span)
    }
}
