//! What a policy makes of a message: its copies, and what each of them goes through before its first attempt.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Disorder, Loss, Probability};
use crate::callbacks::message::MessageKind;
use crate::callbacks::named::Named;
use crate::domain::time::Timestamp;
use crate::engine::ids::Draw;
use crate::engine::world_file::Moment;
use crate::span::{HOUR, LONGEST, Span};

/// One copy of a message, as planned when the message was made. The default one goes out at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fate {
    /// Which copy it is; the message itself is number 0.
    pub copy: u8,
    /// Why it is never sent.
    pub lost: Option<String>,
    /// How many of its first attempts are lost.
    pub lost_attempts: u8,
    /// What is lost of those.
    pub loss: Loss,
    /// What it goes through before its first attempt; it stands at the first of these.
    pub stages: Vec<Stage>,
    /// As what other messages wait for it: they follow when it goes out.
    pub awaited_as: Vec<Named>,
    /// Its place among others when they are shuffled; the lowest goes first.
    pub rank: u64,
    /// Whether the policy is its contract's own, so that it gathers with messages of that contract alone.
    pub among_its_contract: bool,
}

/// Something that holds a message back, with an end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Until its contract has moved on, or so long.
    Outdated(Span),
    /// So long.
    Delay(Span),
    /// Until so many have gathered, or the first has waited so long; then in any order.
    Shuffle(Gathering),
    /// Until so many have gathered, or the first has waited so long, or a moment; then all at once.
    Merge(Gathering),
    /// Until a message so named has gone out, or so long.
    Swap(Named, Span),
}

/// When messages have gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    /// When there are so many.
    pub messages: Option<u32>,
    /// When the first has waited so long.
    pub within: Option<Span>,
    /// At this moment.
    pub at: Option<Moment>,
}

impl Stage {
    /// Its name in a policy.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Outdated(_) => "outdated",
            Self::Delay(_) => "delay",
            Self::Shuffle(_) => "shuffle",
            Self::Merge(_) => "merge",
            Self::Swap(..) => "swap",
        }
    }

    /// When it ends at the latest for a message that comes to it at `now`.
    #[must_use]
    pub fn latest(&self, now: Timestamp) -> Timestamp {
        match self {
            Self::Outdated(span) | Self::Delay(span) | Self::Swap(_, span) => now.plus(span.0),
            Self::Shuffle(gathering) | Self::Merge(gathering) => {
                let moment = gathering.at.map(|at| at.0.max(now));
                let patience = gathering.within.or_else(|| gathering.at.is_none().then_some(HOUR));
                moment.into_iter().chain(patience.map(|span| now.plus(span.0))).min().unwrap_or(now)
            }
        }
    }
}

/// The copies of a message under this policy. The same chances give the same plan.
#[must_use]
pub fn plan(policy: &Disorder, among_its_contract: bool, message: &MessageKind, chances: &mut Draw) -> Vec<Fate> {
    let rank = chances.number();
    let mut hits = |only: &[Named], probability: Probability| {
        // Drawn in any case, so that a policy's choice of messages does not shift other chances.
        probability.happens(chances) && (only.is_empty() || only.iter().any(|one| one.fits(message)))
    };
    let lost = policy.lose.as_ref().filter(|one| hits(&one.only, one.probability));
    if let Some(lost) = lost {
        let probability = f64::from(lost.probability);
        let lost = Some(format!("the disorder policy loses such messages for good (probability {probability})"));
        return vec![Fate { lost, ..Fate::default() }];
    }
    let first = policy.lose_first.as_ref().filter(|one| hits(&one.only, one.probability));
    let duplicate = policy.duplicate.as_ref().filter(|one| hits(&one.only, one.probability));
    let outdated = policy.outdated.as_ref().filter(|one| hits(&one.only, one.probability));
    let outdated = outdated.filter(|_| message.flow().is_some());
    let delay = policy.delay.as_ref().filter(|one| hits(&one.only, one.probability));

    let mut awaited_as: Vec<Named> = policy.swap.iter().map(|one| one.send).filter(|one| one.fits(message)).collect();
    awaited_as.sort_unstable();
    awaited_as.dedup();
    let mut late = delay.map_or(Duration::ZERO, |one| one.by.draw(chances));
    let mut fates = Vec::new();
    for copy in 0..=duplicate.map_or(0, |one| one.copies.get()) {
        if let Some(duplicate) = duplicate.filter(|_| copy > 0) {
            late += duplicate.gap.draw(chances);
        }
        let stages = (outdated.map(|one| Stage::Outdated(one.within)).into_iter())
            .chain((!late.is_zero()).then_some(Stage::Delay(Span(late.min(LONGEST)))))
            .chain(
                policy
                    .shuffle
                    .as_ref()
                    .map(|one| Stage::Shuffle(Gathering { messages: one.messages, within: one.within, at: None })),
            )
            .chain(
                policy
                    .merge
                    .as_ref()
                    .map(|one| Stage::Merge(Gathering { messages: one.messages, within: one.within, at: one.at })),
            )
            .chain(
                policy.swap.iter().filter(|one| one.before.fits(message)).map(|one| Stage::Swap(one.send, one.within)),
            );
        fates.push(Fate {
            copy,
            lost: None,
            lost_attempts: first.map_or(0, |one| one.attempts.get()),
            loss: first.map_or(Loss::default(), |one| one.how),
            stages: stages.collect(),
            awaited_as: awaited_as.clone(),
            rank: if copy == 0 { rank } else { chances.number() },
            among_its_contract,
        });
    }
    fates
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::engine::ids::Ids;
    use crate::engine::samples::message;

    fn planned(policy: Value, number: u64) -> Vec<Fate> {
        let policy: Disorder = serde_json::from_value(policy).unwrap();
        plan(&policy, false, &message().kind, &mut Ids::new(7).chances(0, number))
    }

    #[test]
    fn without_disorder_a_message_goes_once_and_at_once() {
        let fates = planned(json!("in order"), 0);
        assert_eq!(fates.len(), 1);
        assert!(fates[0].stages.is_empty() && fates[0].lost.is_none() && fates[0].lost_attempts == 0);
    }

    #[test]
    fn copies_follow_each_other_by_their_gaps_after_the_delay() {
        let policy =
            json!({ "delay": { "by": { "fixed": "10s" } }, "duplicate": { "copies": 2, "gap": { "fixed": "1m" } } });
        let waits: Vec<_> = planned(policy, 0).into_iter().map(|one| (one.copy, one.stages)).collect();
        let late = |seconds| vec![Stage::Delay(Span(Duration::from_secs(seconds)))];
        assert_eq!(waits, [(0, late(10)), (1, late(70)), (2, late(130))]);
    }

    #[test]
    fn a_message_meets_every_kind_in_the_order_of_the_policys_fields() {
        let policy = json!({
            "swap": [{ "send": "FlowStatusChange/finish", "before": "FlowStatusChange/start" },
                     { "send": "FlowCost", "before": "BillingUse" }],
            "merge": { "messages": 3 }, "shuffle": { "messages": 2 }, "outdated": {},
            "delay": { "by": { "fixed": "1s" } }, "lose_first": { "attempts": 3, "how": "answer" },
        });
        let [fate] = planned(policy, 0).try_into().unwrap();
        let names: Vec<_> = fate.stages.iter().map(Stage::name).collect();
        assert_eq!(names, ["outdated", "delay", "shuffle", "merge", "swap"]);
        assert_eq!((fate.lost_attempts, fate.loss), (3, Loss::Answer));
    }

    #[test]
    fn only_what_is_named_is_lost_and_says_why() {
        let lost = planned(json!({ "lose": { "only": ["FlowStatusChange/start"] }, "duplicate": { "copies": 9 } }), 0);
        assert!(lost.len() == 1 && lost[0].lost.as_ref().unwrap().contains("loses such messages for good"));
        assert_eq!(planned(json!({ "lose": { "only": ["BillingUse"] } }), 0)[0].lost, None);
    }

    #[test]
    fn the_same_number_gives_the_same_plan_and_another_number_another() {
        let policy =
            json!({ "delay": { "by": { "uniform": { "from": "0s", "to": "1d" } } }, "shuffle": { "messages": 5 } });
        assert_eq!(planned(policy.clone(), 4), planned(policy.clone(), 4));
        let [one, other] = [4, 5].map(|number| planned(policy.clone(), number).remove(0));
        assert!(one.stages != other.stages && one.rank != other.rank);
    }

    #[test]
    fn every_stage_has_a_latest_moment() {
        let now = Timestamp::from_seconds(1000);
        let latest = |policy| planned(policy, 0)[0].stages[0].latest(now).seconds();
        assert_eq!(latest(json!({ "shuffle": { "messages": 5 } })), 1000 + 3600);
        assert_eq!(latest(json!({ "shuffle": { "messages": 5, "within": "30s" } })), 1030);
        assert_eq!(latest(json!({ "merge": { "at": "1970-01-01T00:20:00Z" } })), 1200);
        assert_eq!(latest(json!({ "merge": { "at": "1970-01-01T00:00:00Z" } })), 1000, "its moment is past");
        assert_eq!(latest(json!({ "merge": { "at": "1970-01-01T00:20:00Z", "within": "10s" } })), 1010);
        assert_eq!(latest(json!({ "outdated": { "within": "1m" } })), 1060);
    }
}
