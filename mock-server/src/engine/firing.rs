//! What happens by itself, inside a world: timers fire when they are due, and follow the settings.

use super::settings::Settings;
use super::timers::Timer;
use super::timetable::timers_of;
use super::world::{Outbox, World};
use crate::domain::event::Happening;
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl World {
    /// Runs the first timer that is due at `now`; says whether there was one.
    pub fn fire_next(&mut self, now: Timestamp, outbox: &mut Outbox) -> bool {
        let Some((at, timer)) = self.timers.take_due(now) else { return false };
        // A timer may have been due before it was set, e.g. by other settings: it acts now, not in the past.
        self.now = self.now.max(at);
        let at = self.now;
        match timer {
            Timer::Deadline(number) => self.change_numbered(number, at, outbox, |flow| Ok(flow.expire(at))),
            Timer::Composition(number) => self.change_numbered(number, at, outbox, |flow| Ok(flow.compose(at))),
            Timer::AutoSign(number, place) => {
                let slot = self
                    .flows
                    .at(number)
                    .and_then(|flow| Some((flow.clone(), flow.approvers.get(place)?.recipient.clone())));
                if let Some((flow, recipient)) = slot {
                    // A machine that may not sign any more leaves the contract as it is, until its deadline (ASSUMED).
                    let signer = flow.approver(recipient.as_str());
                    let may = signer.map_or(Ok(()), |one| self.directory.ensure_machine_may_sign(&flow, one, at));
                    let seal = may.and_then(|()| self.seal_for(&flow, &recipient, at));
                    let signs = seal.is_ok();
                    self.change_numbered(number, at, outbox, |flow| flow.sign(&recipient, seal?, at));
                    if signs {
                        self.seal_was_used(&flow.id, &recipient, at, outbox);
                    }
                }
            }
            Timer::CancelTask(number) => self.run_cancel_task(number, None, at, outbox),
            Timer::Autopilot(number, place) => self.act_by_itself(number, place, at, outbox),
            Timer::NearExpiry(number) => self.warn_of_expiry(number, at),
            Timer::Renewal(number) => self.remind_of_renewal(number, at),
            Timer::IntelligenceTask(kind, number) => self.end_intelligence_task(kind, number, at, outbox),
            Timer::Attempt(number) => self.callbacks.wake(number, at, &mut self.timers),
        }
        true
    }

    fn change_numbered(
        &mut self,
        number: u64,
        at: Timestamp,
        outbox: &mut Outbox,
        rule: impl FnOnce(&mut Flow) -> Result<Vec<Happening>, Refusal>,
    ) {
        let Some(id) = self.flows.at(number).map(|flow| flow.id.clone()) else { return };
        // A timer's rule refuses when the contract moved on since the timer was set: then there is nothing to do.
        if let Err(refusal) = self.change_flow(&id, at, outbox, rule) {
            tracing::debug!(flow = %id, ?refusal, "a timer came too late");
        }
    }

    /// Takes other assumptions. They hold at once, for what waits already too: timers are a function of them.
    pub fn choose(&mut self, settings: Settings) {
        for (number, flow) in self.flows.numbered() {
            for (at, timer) in timers_of(number, flow, &self.settings, self.now) {
                self.timers.cancel(at, timer);
            }
            for (at, timer) in timers_of(number, flow, &settings, self.now) {
                self.timers.set(at, timer);
            }
        }
        self.callbacks.resize(&settings, &mut self.timers);
        self.settings = settings;
    }
}
