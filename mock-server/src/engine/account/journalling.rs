//! What was asked of a world is taken down beside it, behind a lock of its own: no call waits for it inside the world.

use super::Account;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::journal::{Entry, Journal};

impl Account {
    /// Takes a call down, with the world's time.
    pub fn write_down(&self, edge: EdgeTime, entry: impl FnOnce(Timestamp) -> Entry) {
        let now = self.pulse(edge).now;
        self.journal.lock().add(entry(now));
    }

    /// Looks into the journal.
    pub fn read_journal<R>(&self, look: impl FnOnce(&Journal) -> R) -> R {
        look(&self.journal.lock())
    }

    /// Empties the journal; answers how many entries it had.
    pub fn clear_journal(&self) -> usize {
        self.journal.lock().clear()
    }
}
