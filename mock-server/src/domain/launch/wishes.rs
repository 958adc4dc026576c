//! What an initiator asks for around a contract (`api CreateFlowByFiles`, `api CreateFlow`).

use std::time::Duration;

use crate::domain::flow::Wishes;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};

/// How far ahead somebody may be reminded (`api CreateFlow.RemindedOn`): ten years, leap days counted.
const REMINDER_AHEAD: Duration = Duration::from_secs(3653 * DAY.as_secs());

/// Checks what is asked for a contract at `now`.
pub(super) fn check(wishes: &Wishes, now: Timestamp) -> Result<(), Refusal> {
    let ahead = |at: Timestamp| now < at && at <= now.plus(REMINDER_AHEAD);
    if wishes.reminded_on.is_none_or(ahead) {
        return Ok(());
    }
    Err(Refusal::ParameterInvalid { field: "RemindedOn", detail: "not within ten years from now".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{NOW, at};

    #[test]
    fn a_reminder_lies_within_ten_years() {
        let on = |at| check(&Wishes { reminded_on: Some(at), ..Wishes::default() }, NOW);
        assert_eq!(on(at(1)), Ok(()));
        assert!(on(NOW).is_err());
        assert!(on(NOW.plus(3660 * DAY)).is_err());
    }
}
