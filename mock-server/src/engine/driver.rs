//! The one task that wakes worlds whose clocks run by themselves.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::clock::EdgeTime;
use super::registry::Registry;

/// Sleeps until the next timer of any world is due, wakes that world, and so on, until the registry has gone.
pub async fn drive(registry: std::sync::Weak<Registry>, changed: Arc<Notify>) {
    loop {
        let Some(alive) = registry.upgrade() else { return };
        let edge = EdgeTime::read();
        let mut next: Option<EdgeTime> = None;
        for account in alive.accounts() {
            match account.next_wake() {
                Some(at) if at <= edge => {
                    account.enter(edge, |_, _, _| ());
                    next = next.into_iter().chain(account.next_wake()).min();
                }
                Some(at) => next = Some(next.map_or(at, |soonest| soonest.min(at))),
                None => {}
            }
        }
        drop(alive);
        let pause = next.map_or(Duration::from_secs(3600), |at| {
            Duration::from_millis(u64::try_from(at.millis() - edge.millis()).unwrap_or(0).max(1))
        });
        tokio::select! {
            () = tokio::time::sleep(pause) => (),
            () = changed.notified() => (),
        }
    }
}
