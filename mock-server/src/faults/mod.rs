//! Faults on purpose: rules that say which calls fail, how, and how often.
//!
//! Pure: no clock, no waiting, no socket. A world holds [`Faults`]; the edge shows it every call that is well-formed and
//! signed, and carries out the [`Strike`] it answers. What the gateway turns away (a wrong signature, a parameter nobody knows)
//! is not shown to any rule and counts nowhere.
//!
//! - The first rule that strikes decides. Those behind it have not seen the call, so rules follow one another: "the first two
//!   calls fail", then "the next one is slow".
//! - Counts come first, probability second: `first: 10, probability: 0.5` strikes about five of ten.
//! - A fault comes before identity, limits and the action itself; with `after` the action is done first. A call that is
//!   refused then stays refused: the refusal is the answer, and the strike does not count.
//! - Nothing here draws an id or changes anything else of a world.

pub mod check;
pub mod codes;
pub mod effect;
pub mod magic;
pub mod mentions;
pub mod page;
pub mod rule;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use crate::domain::time::Timestamp;
use effect::Effect;
use rule::{Rule, Sight};

/// How many rules a world has. When more come, those go first that strike no more.
pub const RULES_KEPT: usize = 1_000;

/// The rules of a world in their order, and what came of them.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Faults {
    rules: Arc<Vec<MountedRule>>,
    /// How many were ever mounted.
    mounted: u64,
}

/// A rule, and what happened since.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct MountedRule {
    /// What was asked for.
    pub rule: Rule,
    /// How it is called.
    pub id: Arc<str>,
    /// Which one it was of this world; its draws depend on it.
    number: u64,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// How many calls it was asked about and was for.
    pub seen: u64,
    /// How many it struck.
    pub struck: u64,
}

/// Whether a rule still strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Live,
    /// It struck as often as it was to.
    Spent,
    /// Its time is over.
    Expired,
}

/// What is to be done to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// The rule that says so.
    pub rule: Arc<str>,
    /// What the call gets instead of its answer.
    pub effect: Option<Effect>,
    /// Whether it is done first.
    pub happens: bool,
    /// Whether a call that is refused is left alone.
    pub spares_refusals: bool,
    /// How long the answer is held back.
    pub latency: Duration,
    /// Whether the answer keeps quiet about it.
    pub silent: bool,
}

impl Faults {
    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Every rule in its order.
    pub fn iter(&self) -> impl Iterator<Item = &MountedRule> {
        self.rules.iter()
    }

    /// The rule of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&MountedRule> {
        self.rules.iter().find(|one| &*one.id == id)
    }

    /// Adds a rule behind the others, from `now` on.
    ///
    /// # Errors
    /// Another one is called so, or there are too many.
    pub fn mount(&mut self, rule: Rule, now: Timestamp) -> Result<&MountedRule, String> {
        if let Some(taken) = rule.id.as_deref().filter(|id| self.get(id).is_some()) {
            return Err(format!("id: there is a rule `{taken}` already; choose another, or take that one away first"));
        }
        let rules = Arc::make_mut(&mut self.rules);
        if rules.len() >= RULES_KEPT {
            rules.retain(|one| one.standing(now) == Standing::Live);
        }
        if rules.len() >= RULES_KEPT {
            return Err(format!(
                "there are {RULES_KEPT} rules that may still strike, and no more fit; take some away first"
            ));
        }
        self.mounted += 1;
        let mut drawn = self.mounted;
        let mut id = rule.id.clone().unwrap_or_else(|| format!("fault-{drawn}"));
        while rules.iter().any(|one| *one.id == *id) {
            drawn += 1;
            id = format!("fault-{drawn}");
        }
        let expires_at = rule.ttl.map(|ttl| now.plus(ttl.0));
        rules.push(MountedRule { rule, id: id.into(), number: self.mounted, expires_at, seen: 0, struck: 0 });
        Ok(&rules[rules.len() - 1])
    }

    /// Takes a rule away; says whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.rules.len();
        if self.get(id).is_some() {
            Arc::make_mut(&mut self.rules).retain(|one| &*one.id != id);
        }
        self.rules.len() < before
    }

    /// Takes every rule away; says how many there were.
    pub fn clear(&mut self) -> usize {
        std::mem::take(&mut self.rules).len()
    }

    /// What is to be done to this call, if anything. Counts it as seen; a strike that is carried out is to be reported to
    /// [`Faults::struck`]. `dice` gives three draws from [0, 1) for a rule's number and how many calls it has seen.
    pub fn weigh(&mut self, call: &Sight<'_>, now: Timestamp, dice: impl Fn(u64, u64) -> [f64; 3]) -> Option<Strike> {
        let fitting: Vec<usize> = (0..self.rules.len())
            .filter(|place| self.rules[*place].standing(now) == Standing::Live && self.rules[*place].rule.is_for(call))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let rules = Arc::make_mut(&mut self.rules);
        fitting.into_iter().find_map(|place| rules[place].weigh(&dice))
    }

    /// Takes down that a rule's strike was carried out.
    pub fn struck(&mut self, id: &str) {
        if let Some(place) = self.rules.iter().position(|one| &*one.id == id) {
            Arc::make_mut(&mut self.rules)[place].struck += 1;
        }
    }
}

impl MountedRule {
    /// Whether it still strikes at `now`.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.rule.is_spent(self.seen, self.struck) {
            Standing::Spent
        } else if self.expires_at.is_some_and(|end| now >= end) {
            Standing::Expired
        } else {
            Standing::Live
        }
    }

    /// Sees one more call it is for.
    fn weigh(&mut self, dice: impl Fn(u64, u64) -> [f64; 3]) -> Option<Strike> {
        self.seen += 1;
        let [chance, first, second] = dice(self.number, self.seen);
        self.rule.strikes(self.seen, chance).then(|| Strike {
            rule: self.id.clone(),
            effect: self.rule.effect.clone(),
            happens: self.rule.lets_it_happen(),
            spares_refusals: self.rule.after,
            latency: self.rule.latency.map_or(Duration::ZERO, |latency| latency.drawn([first, second])),
            silent: self.rule.silent,
        })
    }
}
