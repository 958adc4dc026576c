//! What launching contracts has cost a company, row by row.
//!
//! Sources: `api DescribeBillUsageDetail`, `api BillUsageDetail`; what is charged and given back, `api StartFlow` and `api CancelFlow`.

use jiff::civil::Date;

use super::ids::{FlowId, OrganizationId};
use super::refusal::Refusal;
use super::time::{Timestamp, beijing};

/// The longest span a bill is asked for, its last day included (`api DescribeBillUsageDetail`).
const LONGEST_DAYS: i32 = 31;
/// The longest span usage is counted for, its last day included (`api DescribeUsage`, `api DescribeBillUsage`).
const LONGEST_USAGE_DAYS: i32 = 90;
/// Since this day a span must not reach into another month (`api DescribeBillUsageDetail`).
const WITHIN_A_MONTH_SINCE: Date = jiff::civil::date(2026, 10, 10);

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct BillRow {
    /// When.
    pub at: Timestamp,
    /// Whose bill.
    pub organization: OrganizationId,
    /// The contract.
    pub flow: FlowId,
    /// How many contracts were used: negative when one was given back.
    pub count: i64,
}

/// Days of a bill, on the vendor's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// Reads `yyyyMMdd` and `yyyyMMdd`.
    ///
    /// # Errors
    /// No days, in the wrong order (ASSUMED), more than 31, or, since 2026-10-10, of two months.
    pub fn read(first: &str, last: &str, now: Timestamp) -> Result<Self, Refusal> {
        let day = |text: &str| Date::strptime("%Y%m%d", text).map_err(|_| Refusal::BillTimeInvalid);
        let (first, last) = (day(first)?, day(last)?);
        let days = (last - first).get_days() + 1;
        let across = (first.year(), first.month()) != (last.year(), last.month());
        let forbidden = across && beijing(now).date() >= WITHIN_A_MONTH_SINCE;
        if (1..=LONGEST_DAYS).contains(&days) && !forbidden {
            Ok(Self { first, last })
        } else {
            Err(Refusal::BillTimeInvalid)
        }
    }

    /// Reads `yyyyMMdd` and `yyyyMMdd` of a summary.
    ///
    /// # Errors
    /// No days, in the wrong order (ASSUMED), or more than 90 (`api DescribeBillUsage`).
    pub fn of_summary(first: &str, last: &str) -> Result<Self, Refusal> {
        Self::spanning("%Y%m%d", first, last).ok_or(Refusal::BillTimeInvalid)
    }

    /// Reads `yyyy-MM-dd` and `yyyy-MM-dd` of a count of usage.
    ///
    /// # Errors
    /// No days, in the wrong order (ASSUMED), or more than 90 (`api DescribeUsage`).
    pub fn of_usage(first: &str, last: &str) -> Result<Self, Refusal> {
        Self::spanning("%Y-%m-%d", first, last).ok_or(Refusal::DateInvalid)
    }

    /// At most as many days as usage is counted for.
    fn spanning(form: &str, first: &str, last: &str) -> Option<Self> {
        let day = |text: &str| Date::strptime(form, text).ok();
        let (first, last) = (day(first)?, day(last)?);
        let days = (last - first).get_days() + 1;
        (1..=LONGEST_USAGE_DAYS).contains(&days).then_some(Self { first, last })
    }

    /// Where a moment is: before them, among them, after them.
    #[must_use]
    pub fn place(self, at: Timestamp) -> std::cmp::Ordering {
        let day = beijing(at).date();
        if day < self.first {
            std::cmp::Ordering::Less
        } else if day > self.last {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    fn days(first: &str, last: &str, now: &str) -> Result<Days, Refusal> {
        let now: jiff::Timestamp = now.parse().unwrap();
        Days::read(first, last, Timestamp::from_seconds(now.as_second()))
    }

    /// `api DescribeBillUsageDetail`; that the order matters is ASSUMED.
    #[test]
    fn a_bill_is_of_31_days_and_of_one_month_since_the_rule_came() {
        let (before, since) = ("2026-10-09T15:59:59Z", "2026-10-09T16:00:00Z");
        for (first, last, now, taken) in [
            ("20260901", "20260901", before, true),
            ("20260901", "20261001", before, true),
            ("20260901", "20261002", before, false),
            ("20260930", "20261001", since, false),
            ("20261001", "20261031", since, true),
            ("20260902", "20260901", before, false),
            ("20260931", "20260931", before, false),
            ("2026-9-1", "20260901", before, false),
        ] {
            assert_eq!(days(first, last, now).is_ok(), taken, "{first} to {last} at {now}");
        }
    }

    /// `api DescribeUsage`, `api DescribeBillUsage`; that the order matters is ASSUMED.
    #[test]
    fn usage_is_counted_for_90_days() {
        for (first, last, taken) in [
            ("2023-11-06", "2023-11-06", true),
            ("2023-01-01", "2023-03-31", true),
            ("2023-01-01", "2023-04-01", false),
            ("2023-11-07", "2023-11-06", false),
            ("2023-11-31", "2023-12-01", false),
        ] {
            assert_eq!(Days::of_usage(first, last).is_ok(), taken, "{first} to {last}");
            let (first, last) = (first.replace('-', ""), last.replace('-', ""));
            assert_eq!(Days::of_summary(&first, &last).is_ok(), taken, "{first} to {last}");
        }
    }

    #[test]
    fn days_are_beijings() {
        let day = days("20231115", "20231115", "2023-11-15T00:00:00Z").unwrap();

        let at = |text: &str| Timestamp::from_seconds(text.parse::<jiff::Timestamp>().unwrap().as_second());
        assert_eq!(day.place(at("2023-11-14T15:59:59Z")), Ordering::Less);
        assert_eq!(day.place(at("2023-11-14T16:00:00Z")), Ordering::Equal);
        assert_eq!(day.place(at("2023-11-15T15:59:59Z")), Ordering::Equal);
        assert_eq!(day.place(at("2023-11-15T16:00:00Z")), Ordering::Greater);
    }
}
