//! Who may use a seal, until when, and for what.

use crate::domain::ids::{FlowId, UserId};
use crate::domain::time::Timestamp;

/// When a grant ends that nobody ends: 2099-12-12 23:59:59 in Beijing (`api CreateSealPolicy.Expired`).
pub const FOREVER: Timestamp = Timestamp::from_seconds(4_100_774_399);

/// A grant (印章授权) of one employee's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Grant {
    /// Its id (`SealPolicyId`).
    pub id: String,
    /// Who may use the seal.
    pub user: UserId,
    /// Until when.
    pub until: Timestamp,
    /// What it was given for, in words.
    pub text: String,
    /// For which contracts alone; for all when empty.
    pub flows: Vec<FlowId>,
}

/// On what terms a seal is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Until when.
    pub until: Timestamp,
    /// What for, in words.
    pub text: String,
    /// For which contracts alone; for all when empty.
    pub flows: Vec<FlowId>,
}

impl Terms {
    /// For everything, for ever.
    #[must_use]
    pub fn forever() -> Self {
        Self { until: FOREVER, text: String::new(), flows: Vec::new() }
    }
}

impl Grant {
    /// A grant on these terms.
    #[must_use]
    pub fn new(id: String, user: UserId, terms: &Terms) -> Self {
        let Terms { until, text, flows } = terms.clone();
        Self { id, user, until, text, flows }
    }

    /// A grant for everything, for ever.
    #[must_use]
    pub fn forever(id: String, user: UserId) -> Self {
        Self::new(id, user, &Terms::forever())
    }

    /// Whether it is for every contract of the company's.
    #[must_use]
    pub fn is_general(&self) -> bool {
        self.flows.is_empty()
    }

    /// Whether it is over at `now`.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// Whether it lets this employee use the seal for this contract, or for any when none is named.
    pub(super) fn holds(&self, user: &UserId, flow: Option<&FlowId>, now: Timestamp) -> bool {
        let covers = self.is_general() || flow.is_some_and(|flow| self.flows.contains(flow));
        &self.user == user && covers && !self.has_expired(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::at;

    #[test]
    fn a_grant_holds_for_its_employee_its_contracts_and_its_time() {
        let grant = Grant { until: at(10), flows: vec!["one".into()], ..Grant::forever("g".into(), "user".into()) };
        let holds = |user: &str, flow: &str, when| grant.holds(&user.into(), Some(&flow.into()), at(when));
        assert!(holds("user", "one", 9));
        assert!(!holds("user", "one", 10), "it ends at its moment");
        assert!(!holds("user", "other", 9));
        assert!(!holds("somebody", "one", 9));
        assert!(!grant.holds(&"user".into(), None, at(9)), "one contract's grant is none for all");
    }

    #[test]
    fn for_ever_is_the_documented_day() {
        assert_eq!(FOREVER.to_string(), "2099-12-12T15:59:59Z");
    }
}
