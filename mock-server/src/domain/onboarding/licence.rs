//! Licences: a year each in which a customer may start contracts (`api CreateChannelSubOrganizationActive`).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::customer::Customer;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};

/// How long a licence lasts. Calendar years differ by a day: ASSUMED 365 days.
pub const TERM: Duration = DAY.saturating_mul(365);

/// What a platform bought for an application (`api ChannelDescribeAccountBillDetail`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licences {
    /// Licences bought.
    pub bought: u64,
    /// Licences that came for nothing.
    pub gifted: u64,
    /// Licences attached to customers so far.
    pub used: u64,
}

impl Licences {
    /// Licences that may still be attached.
    #[must_use]
    pub fn left(self) -> u64 {
        (self.bought.saturating_add(self.gifted)).saturating_sub(self.used)
    }

    /// Takes so many.
    ///
    /// # Errors
    /// There are fewer; then none is taken.
    pub fn take(&mut self, count: u64) -> Result<(), Refusal> {
        if self.left() < count {
            return Err(Refusal::LicencesExhausted { left: self.left(), wanted: count });
        }
        self.used += count;
        Ok(())
    }
}

impl Customer {
    /// Gives it its first year, or a new one after the last is over.
    ///
    /// # Errors
    /// It has not proved who it is, or has a licence still (ASSUMED: that one is renewed, not given twice).
    pub fn activate(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_verified()?;
        if self.is_active(now) {
            return Err(Refusal::LicenceWrong {
                organization: self.open_id.to_string(), detail: "已激活，请使用续期"
            });
        }
        self.licensed_until = Some(now.plus(TERM));
        Ok(())
    }

    /// Gives it a year more, counted from the end of the one it has.
    ///
    /// # Errors
    /// It has not proved who it is, or has no licence now: it has to be activated first
    /// (`api CreateChannelSubOrganizationActive`).
    pub fn renew(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_verified()?;
        let end = self.licensed_until.filter(|end| now < *end);
        let end = end.ok_or_else(|| Refusal::LicenceWrong {
            organization: self.open_id.to_string(),
            detail: "未激活，请先激活",
        })?;
        self.licensed_until = Some(end.plus(TERM));
        Ok(())
    }

    fn ensure_verified(&self) -> Result<(), Refusal> {
        if self.is_verified() {
            Ok(())
        } else {
            Err(Refusal::LicenceWrong {
                organization: self.open_id.to_string(), detail: "未完成认证，无法激活"
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::Verification;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

    fn verified() -> Customer {
        let mut customer = Customer::new("customer".into(), "company".into());
        customer.certification.status = Verification::Verified;
        customer
    }

    #[test]
    fn a_year_can_be_given_once_and_prolonged_as_often_as_one_likes() {
        let mut customer = verified();
        assert!(customer.renew(NOW).is_err(), "api CreateChannelSubOrganizationActive: activate first");
        customer.activate(NOW).unwrap();
        assert!(customer.activate(NOW).is_err());
        customer.renew(NOW).unwrap();
        customer.renew(NOW).unwrap();
        assert_eq!(customer.licensed_until, Some(NOW.plus(TERM * 3)));
        let over = NOW.plus(TERM * 3);
        assert!(customer.renew(over).is_err(), "what is over is given anew");
        customer.activate(over).unwrap();
        assert_eq!(customer.licensed_until, Some(over.plus(TERM)));
    }

    #[test]
    fn nobody_is_activated_before_they_proved_who_they_are() {
        let mut customer = Customer::new("customer".into(), "company".into());
        assert!(customer.activate(NOW).is_err());
        assert_eq!(customer.licensed_until, None);
    }

    #[test]
    fn licences_are_taken_all_or_none() {
        let mut licences = Licences { bought: 2, gifted: 1, used: 0 };
        assert!(licences.take(4).is_err());
        assert_eq!(licences.left(), 3);
        licences.take(3).unwrap();
        assert_eq!(licences.left(), 0);
    }
}
