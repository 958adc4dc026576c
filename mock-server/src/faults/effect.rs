//! What a fault does to a call.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::span;

/// The longest wait, in real time: SDKs give up after a minute.
pub const LONGEST_LATENCY: Duration = Duration::from_secs(120);

/// The statuses gateways answer when what is behind them fails.
pub const GATEWAY_STATUSES: [u16; 4] = [500, 502, 503, 504];

/// What a call gets instead of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The vendor's envelope with this error.
    Error(Told),
    /// `RequestLimitExceeded`, in the gateway's own words.
    RateLimit,
    /// Nothing: the connection ends without a byte.
    Drop,
    /// The first half of the answer, then the connection ends.
    Truncate,
    /// A page of some proxy, with status 200.
    Html,
    /// A page of a gateway, with this status.
    Http(u16),
}

/// An error to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// A code the action documents.
    pub code: String,
    /// What is said with it; the code's published text when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Effect {
    /// An error with the code's own text.
    #[must_use]
    pub fn error(code: impl Into<String>) -> Self {
        Self::Error(Told { code: code.into(), message: None })
    }

    /// Its name in rules, the log and the journal.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Error(_) => "error",
            Self::RateLimit => "rate_limit",
            Self::Drop => "drop",
            Self::Truncate => "truncate",
            Self::Html => "html",
            Self::Http(_) => "http",
        }
    }

    /// Whether there must be an answer for it to work upon.
    #[must_use]
    pub fn needs_answer(&self) -> bool {
        match self {
            Self::Truncate => true,
            Self::Error(_) | Self::RateLimit | Self::Drop | Self::Html | Self::Http(_) => false,
        }
    }
}

/// How long an answer is held back, in real time: `200ms`, `50ms..2s`, or `100ms, p99 3s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Latency {
    /// Always the same.
    Fixed(Duration),
    /// Anything between, each as likely.
    Between(Duration, Duration),
    /// Half of the answers take no longer than the first, one in a hundred longer than the second (log-normal, as real
    /// services are).
    Skewed(Duration, Duration),
}

/// How many standard deviations the 99th percentile lies above the median.
const SIGMAS_TO_P99: f64 = 2.326_347_9;

impl Latency {
    /// The wait these two draws from [0, 1) give.
    #[must_use]
    pub fn drawn(self, [first, second]: [f64; 2]) -> Duration {
        let wait = match self {
            Self::Fixed(wait) => wait,
            Self::Between(least, most) => least + most.saturating_sub(least).mul_f64(first),
            Self::Skewed(median, p99) => {
                // Box and Muller: two even draws make a normal one.
                let normal = (-2.0 * (1.0 - first).ln()).sqrt() * (std::f64::consts::TAU * second).cos();
                let sigma = (p99.as_secs_f64() / median.as_secs_f64()).ln() / SIGMAS_TO_P99;
                let factor = (sigma * normal).exp().min(LONGEST_LATENCY.as_secs_f64() / median.as_secs_f64());
                median.mul_f64(factor)
            }
        };
        wait.min(LONGEST_LATENCY)
    }
}

impl TryFrom<String> for Latency {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wait = |part: &str| span::parse(part).filter(|wait| *wait <= LONGEST_LATENCY);
        let latency = if let Some((least, most)) = text.split_once("..") {
            wait(least).zip(wait(most)).filter(|(least, most)| least <= most).map(|(a, b)| Self::Between(a, b))
        } else if let Some((median, p99)) = text.split_once(", p99 ") {
            let fits = |(median, p99): &(Duration, Duration)| !median.is_zero() && median <= p99;
            wait(median).zip(wait(p99)).filter(fits).map(|(a, b)| Self::Skewed(a, b))
        } else {
            wait(&text).map(Self::Fixed)
        };
        latency.ok_or_else(|| {
            format!(
                "`{text}` is no latency; expected \"200ms\", \"50ms..2s\" (anything between) or \"100ms, p99 3s\" (median and \
                 99th percentile), at most {}",
                span::write(LONGEST_LATENCY)
            )
        })
    }
}

impl From<Latency> for String {
    fn from(latency: Latency) -> Self {
        let text = span::write;
        match latency {
            Latency::Fixed(wait) => text(wait),
            Latency::Between(least, most) => format!("{}..{}", text(least), text(most)),
            Latency::Skewed(median, p99) => format!("{}, p99 {}", text(median), text(p99)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latency(text: &str) -> Latency {
        Latency::try_from(text.to_owned()).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn latencies_are_read_and_written_alike() {
        for text in ["200ms", "50ms..2s", "100ms, p99 3s", "0s", "2m"] {
            assert_eq!(String::from(latency(text)), text);
        }
        for text in ["", "soon", "3m", "2s..1s", "1s..", "0s, p99 1s", "2s, p99 1s", "1s,p99 2s"] {
            let error = Latency::try_from(text.to_owned()).unwrap_err();
            assert!(error.contains(&format!("`{text}`")) && error.contains("50ms..2s"), "{error}");
        }
    }

    #[test]
    fn waits_keep_to_their_distribution_and_their_bound() {
        let evenly: Vec<f64> = (0..1000).map(|step| f64::from(step) / 1000.0).collect();
        for draw in &evenly {
            let wait = latency("50ms..2s").drawn([*draw, 0.5]);
            assert!(wait >= Duration::from_millis(50) && wait <= Duration::from_secs(2));
        }
        let skewed = latency("100ms, p99 3s");
        let mut waits: Vec<Duration> =
            evenly.iter().flat_map(|a| evenly.iter().step_by(10).map(|b| skewed.drawn([*a, *b]))).collect();
        waits.sort_unstable();
        let at = |part: f64| waits[(waits.len() as f64 * part) as usize].as_secs_f64();
        assert!((0.09..0.11).contains(&at(0.5)), "median {}", at(0.5));
        assert!((2.7..3.3).contains(&at(0.99)), "99th percentile {}", at(0.99));
        assert!(waits.iter().all(|wait| *wait <= LONGEST_LATENCY));
    }
}
