//! The one task that wakes worlds whose clocks run by themselves.

use std::sync::{Arc, Weak};
use std::time::Duration;

use super::alarms::Alarms;
use super::clock::EdgeTime;
use super::registry::Registry;

/// How long it sleeps when no world waits for anything; an alarm that is set meanwhile wakes it.
const IDLE: Duration = Duration::from_secs(3600);

/// Sleeps until the next timer of any world is due, wakes that world, and so on, until the registry has gone.
pub async fn drive(registry: Weak<Registry>, alarms: Arc<Alarms>) {
    loop {
        let edge = EdgeTime::read();
        {
            let Some(registry) = registry.upgrade() else { return };
            for number in alarms.take_due(edge) {
                if let Some(account) = registry.account_numbered(number) {
                    account.wake(edge);
                }
            }
        }
        let pause = alarms
            .next()
            .map_or(IDLE, |at| Duration::from_millis(u64::try_from(at.millis() - edge.millis()).unwrap_or(0).max(1)));
        tokio::select! {
            () = tokio::time::sleep(pause) => (),
            () = alarms.moved() => (),
        }
    }
}
