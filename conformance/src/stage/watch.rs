//! Who looks at every call before it is sent and after it was answered: a list of what was created, a cap.

use ess_schemas::Service;
use serde_json::Value;

use crate::outcome::Answer;

/// A call that is about to be sent.
pub struct Going<'a> {
    /// Of which service.
    pub service: Service,
    /// The action, as it goes out.
    pub action: &'a str,
    /// The profile's key that signs.
    pub key: &'a str,
    /// The request, which may still be changed.
    pub request: &'a mut Value,
    /// It must fail.
    pub refused: bool,
    /// The case cares when contracts end.
    pub deadlines_matter: bool,
    /// The target's time, in unix seconds.
    pub now: i64,
}

/// Why a call is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It would be too much: the case is not tried.
    Enough(String),
    /// It cannot be watched.
    Broken(String),
}

/// Knows a call again that was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(pub Option<u64>);

/// Looks at calls.
pub trait Watch: Send + Sync {
    /// Before a call is sent.
    ///
    /// # Errors
    /// Why it must not be sent.
    fn before(&self, going: &mut Going<'_>) -> Result<Ticket, Stop>;

    /// After a call was answered, or its answer was lost. The answer may be changed before the case sees it.
    fn after(&self, ticket: Ticket, going: &Going<'_>, answer: &mut Answer);

    /// What came in otherwise may be changed before the case sees it.
    fn came_in(&self, _: &mut Value) {}
}

/// Nobody looks: the fake's worlds are thrown away.
pub struct Nobody;

impl Watch for Nobody {
    fn before(&self, _: &mut Going<'_>) -> Result<Ticket, Stop> {
        Ok(Ticket(None))
    }

    fn after(&self, _: Ticket, _: &Going<'_>, _: &mut Answer) {}
}
