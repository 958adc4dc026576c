//! Asking again and again, in growing distances.

use std::time::Duration;

use super::source::{Asked, FlowSource};
use crate::Error;
use crate::tracker::Report;

/// How often a contract is asked for. People sign in minutes or days, so the distances grow.
///
/// The vendor counts calls by the second, and `DescribeFlowBriefs` by the day: a million for an enterprise. (api DescribeFlowBriefs)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PollPolicy {
    /// The pause after the first answer.
    pub first_pause: Duration,
    /// How much longer each pause is than the one before; 1 for equal ones.
    pub growth: f64,
    /// No pause is longer.
    pub longest_pause: Duration,
}

impl Default for PollPolicy {
    fn default() -> Self {
        Self { first_pause: Duration::from_secs(2), growth: 1.5, longest_pause: Duration::from_secs(60) }
    }
}

impl PollPolicy {
    fn after(&self, pause: Duration) -> Duration {
        // `Duration` cannot hold every product; what it cannot hold is longer than the longest anyway.
        Duration::try_from_secs_f64(pause.as_secs_f64() * self.growth.max(1.0))
            .unwrap_or(Duration::MAX)
            .min(self.longest_pause)
    }
}

/// The question that is under way. It is kept while other things happen, so that many callbacks cannot put it off.
pub(super) struct Polling<'a> {
    source: Option<&'a dyn FlowSource>,
    flow_id: &'a str,
    policy: PollPolicy,
    pause: Duration,
    under_way: Asked<'a>,
}

impl<'a> Polling<'a> {
    pub(super) fn of(source: Option<&'a dyn FlowSource>, flow_id: &'a str, policy: PollPolicy) -> Self {
        let pause = policy.first_pause.min(policy.longest_pause);
        Self { source, flow_id, policy, pause, under_way: ask(source, flow_id, Duration::ZERO) }
    }

    /// The next answer. Dropping this future loses nothing.
    pub(super) async fn next(&mut self) -> Result<Option<Report>, Error> {
        let answer = self.under_way.as_mut().await;
        self.under_way = ask(self.source, self.flow_id, self.pause);
        self.pause = self.policy.after(self.pause);
        answer
    }
}

fn ask<'a>(source: Option<&'a dyn FlowSource>, flow_id: &'a str, pause: Duration) -> Asked<'a> {
    Box::pin(async move {
        let Some(source) = source else { return std::future::pending().await };
        tokio::time::sleep(pause).await;
        source.describe(flow_id).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest() {
        let policy = PollPolicy::default();
        let pauses: Vec<_> =
            std::iter::successors(Some(policy.first_pause), |pause| Some(policy.after(*pause))).take(10).collect();

        assert_eq!(pauses[..4], [2000, 3000, 4500, 6750].map(Duration::from_millis));
        assert_eq!(pauses[9], policy.longest_pause);
    }

    #[test]
    fn a_growth_that_makes_no_sense_keeps_the_pause() {
        for growth in [0.0, -3.0, f64::NAN] {
            let policy = PollPolicy { growth, ..PollPolicy::default() };
            assert_eq!(policy.after(policy.first_pause), policy.first_pause, "{growth}");
        }
        let policy = PollPolicy { growth: f64::INFINITY, ..PollPolicy::default() };
        assert_eq!(policy.after(policy.first_pause), policy.longest_pause);
    }
}
