//! A contract, or one of its signers, gets more time, for both services.

use super::call::Call;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl Call<'_> {
    /// Gives a contract of the caller's more time, or the signer in `recipient` (`api ModifyFlowDeadline`).
    ///
    /// # Errors
    /// No such contract of the caller's, no right to, it has ended, or the new deadline is none that is possible.
    pub fn extend_flow(&mut self, id: &str, recipient: Option<&String>, deadline: Timestamp) -> Result<(), Refusal> {
        let flow = self.own_flow(id)?;
        self.caller.permitted(|operator| operator.may_extend(&flow))?;
        let now = self.now;
        match recipient {
            None => self.change_flow(&flow.id, |flow| flow.extend(deadline, now)),
            Some(recipient) => {
                let recipient = recipient.as_str().into();
                self.change_flow(&flow.id, |flow| flow.extend_for(&recipient, deadline, now))
            }
        }
    }
}
