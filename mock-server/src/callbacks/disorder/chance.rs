//! How likely, and how long: what a policy leaves to chance.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::engine::ids::Draw;
use crate::span::{self, Span};

/// How likely something is, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

impl Probability {
    /// Whether it happens this time.
    pub(super) fn happens(self, chances: &mut Draw) -> bool {
        chances.fraction() < self.0
    }
}

impl Default for Probability {
    /// Always.
    fn default() -> Self {
        Self(1.0)
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}

impl TryFrom<f64> for Probability {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(format!("{value} is no probability; expected a number from 0 to 1"))
        }
    }
}

/// A span left to chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// Always the same.
    Fixed(Span),
    /// Anything between the two, all alike likely.
    Uniform(Between),
    /// Mostly short, sometimes long, as the waits of a queue.
    Exponential(Tailed),
}

/// Two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Between {
    /// The shortest.
    pub from: Span,
    /// The longest.
    pub to: Span,
}

/// As it is given, not looked at yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    from: Span,
    to: Span,
}

impl TryFrom<Ends> for Between {
    type Error = String;

    fn try_from(Ends { from, to }: Ends) -> Result<Self, String> {
        if from <= to { Ok(Self { from, to }) } else { Err(format!("uniform: from {from} is more than to {to}")) }
    }
}

/// A mean, and an end to the tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tailed {
    /// How long on average.
    pub mean: Span,
    /// The longest; ten times the mean when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Span>,
}

impl Default for Spread {
    /// No time at all.
    fn default() -> Self {
        Self::Fixed(Span(Duration::ZERO))
    }
}

impl Spread {
    /// One span of it, in whole milliseconds.
    pub(super) fn draw(self, chances: &mut Draw) -> Duration {
        match self {
            Self::Fixed(span) => span.0,
            Self::Uniform(Between { from, to }) => {
                let width = millis(to.0) - millis(from.0);
                Duration::from_millis(millis(from.0) + part(width, chances.fraction()))
            }
            Self::Exponential(Tailed { mean, at_most }) => {
                let longest = at_most.map_or(mean.0.saturating_mul(10), |span| span.0).min(span::LONGEST);
                // -ln(1 - u) has the mean 1; u is below 1, so this is finite.
                let drawn = part(millis(mean.0), -(1.0 - chances.fraction()).ln());
                Duration::from_millis(drawn).min(longest)
            }
        }
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a hundred years are fewer milliseconds than a float has digits for; `as` saturates"
)]
fn part(whole: u64, factor: f64) -> u64 {
    (whole as f64 * factor).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ids::Ids;

    fn drawn(spread: Spread) -> Vec<u64> {
        let ids = Ids::new(7);
        (0..2000).map(|number| millis(spread.draw(&mut ids.chances(0, number)))).collect()
    }

    fn seconds(seconds: u64) -> Span {
        Span(Duration::from_secs(seconds))
    }

    #[test]
    fn a_fixed_spread_is_always_the_same() {
        assert!(drawn(Spread::Fixed(seconds(3))).iter().all(|one| *one == 3000));
    }

    #[test]
    fn a_uniform_spread_reaches_both_ends_and_never_beyond() {
        let all = drawn(Spread::Uniform(Between { from: seconds(2), to: seconds(4) }));
        assert!(all.iter().all(|one| (2000..=4000).contains(one)));
        assert!(all.iter().any(|one| *one < 2020) && all.iter().any(|one| *one > 3980));
    }

    #[test]
    fn an_exponential_spread_keeps_its_mean_and_its_end() {
        let all = drawn(Spread::Exponential(Tailed { mean: seconds(10), at_most: None }));
        let mean = all.iter().sum::<u64>() / 2000;
        assert!((9_000..11_000).contains(&mean), "{mean}");
        assert!(all.iter().all(|one| *one <= 100_000) && all.iter().any(|one| *one > 30_000));
        let short = drawn(Spread::Exponential(Tailed { mean: seconds(10), at_most: Some(seconds(11)) }));
        assert_eq!(short.iter().max(), Some(&11_000));
    }

    #[test]
    fn a_probability_happens_as_often_as_it_says() {
        let ids = Ids::new(7);
        let count = |value| {
            let one = Probability::try_from(value).unwrap();
            (0..2000).filter(|number| one.happens(&mut ids.chances(0, *number))).count()
        };
        assert_eq!((count(0.0), count(1.0)), (0, 2000));
        assert!((540..660).contains(&count(0.3)), "{}", count(0.3));
        for value in [-0.1, 1.1, f64::NAN] {
            assert!(Probability::try_from(value).unwrap_err().contains("from 0 to 1"));
        }
    }
}
