//! Who looks at every call before it is sent and after it was answered: a list of what was created, a cap.

use serde_json::Value;

use crate::outcome::Answer;

/// Looks at calls.
pub trait Watch: Send + Sync {
    /// Before a call is sent. An error keeps it from being sent, and ends the case.
    ///
    /// # Errors
    /// Why it must not be sent.
    fn before(&self, action: &str, request: &Value) -> Result<(), String>;

    /// After a call was answered, or its answer was lost.
    fn after(&self, action: &str, request: &Value, answer: &Answer);
}

/// Nobody looks: the fake's worlds are thrown away.
pub struct Nobody;

impl Watch for Nobody {
    fn before(&self, _: &str, _: &Value) -> Result<(), String> {
        Ok(())
    }

    fn after(&self, _: &str, _: &Value, _: &Answer) {}
}
