//! A company, what it bought, and which services it switched on.

use super::ids::OrganizationId;
use super::register::Registered;

/// A company of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// Its id on the platform.
    pub id: OrganizationId,
    /// Its name as registered.
    pub name: String,
    /// The plan it pays for; some actions need a higher one (`seed CreateBatchQuickSignUrl`).
    pub edition: Edition,
    /// Whether it signed the agreement that lets machines seal for it (`seed scenario-guide`, auto-sign).
    pub auto_sign: bool,
    /// How many contracts it may still launch.
    pub quota: Quota,
}

impl Registered for Organization {
    type Id = OrganizationId;
    fn id(&self) -> &OrganizationId {
        &self.id
    }
}

/// The plans, from small to large. Names: console of `seed scenario-guide` (专业版, 旗舰版); order ASSUMED from their prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// 基础版
    Basic,
    /// 专业版
    Professional,
    /// 旗舰版
    Flagship,
}

/// Contracts bought and left (`api CancelFlow`: each bought contract comes with one free cancellation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Contracts that may still be launched.
    pub left: u64,
    /// Cancellations that still give their contract back.
    pub free_cancellations: u64,
}

impl Quota {
    /// The quota right after buying `contracts`.
    #[must_use]
    pub fn bought(contracts: u64) -> Self {
        Self { left: contracts, free_cancellations: contracts }
    }

    /// Takes one contract; says whether there was one.
    pub fn charge(&mut self) -> bool {
        let enough = self.left > 0;
        self.left = self.left.saturating_sub(1);
        enough
    }

    /// Gives one contract back if a free cancellation is left; says whether it did.
    pub fn refund(&mut self) -> bool {
        let free = self.free_cancellations > 0;
        if free {
            self.free_cancellations -= 1;
            self.left += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_needs_a_free_cancellation() {
        let mut quota = Quota { left: 1, free_cancellations: 1 };
        assert!(quota.charge());
        assert!(!quota.charge(), "nothing is left");
        assert!(quota.refund());
        assert!(!quota.refund(), "the one free cancellation is used up");
        assert_eq!(quota.left, 1);
    }
}
