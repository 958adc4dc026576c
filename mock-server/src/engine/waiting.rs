//! Waiting until a world has come to something, without asking it again and again.

use super::account::Account;
use super::world::World;

impl Account {
    /// Waits until `look` sees what it looks for. It looks now, and after every change; nothing is locked in between.
    pub async fn until<Seen>(&self, mut look: impl FnMut(&World) -> Option<Seen>) -> Seen {
        loop {
            let change = self.changed.notified();
            tokio::pin!(change);
            // Registered before looking, so that a change between the look and the wait is not missed.
            change.as_mut().enable();
            if let Some(seen) = self.look(&mut look) {
                return seen;
            }
            change.await;
        }
    }
}
