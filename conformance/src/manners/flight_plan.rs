//! What a run is about to cause, added up before anything is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::effects::{self, Effects};
use crate::stage::service_and_action;
use crate::suite::Suite;
use crate::suite::case::Case;
use crate::suite::rehearsal::{Part, Rehearsal};
use crate::target::{Reach, Target};

/// How often a run plays a case again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Every case, at most so many times.
    Each(usize),
    /// One of them at most, so many times: a random story that is shortened.
    One(usize),
}

/// What a run is about to cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlightPlan {
    /// The target.
    pub target: String,
    /// Hosts that are spoken to.
    pub hosts: Vec<String>,
    /// Cases that are played.
    pub played: usize,
    /// Cases that are not, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// What they cause when everything is as they say.
    pub expected: Effects,
    /// What they cause at most: refused calls succeed, every row needs its preparation anew, and cases are run again.
    pub bound: Effects,
    /// Calls that are made when everything is as they say.
    pub calls: usize,
    /// How many contracts may be created.
    pub cap: Option<u64>,
}

impl FlightPlan {
    /// Adds up what these cases cause at this target.
    pub fn of(suite: &Suite, target: &Target, cases: &[Case], again: Again, cap: Option<u64>) -> Self {
        let mut plan = Self { target: target.name.clone(), hosts: hosts(target), cap, ..Self::default() };
        let mut prepared = BTreeSet::new();
        let mut dearest = Effects::default();
        for case in cases {
            let rehearsal = Rehearsal::of(suite, &target.profile, case);
            if let Some(reason) = rehearsal.lacking(&target.profile) {
                *plan.skipped.entry(reason).or_default() += 1;
                continue;
            }
            plan.played += 1;
            // Rows share what comes before them, unless one fails.
            if prepared.insert(&case.path) {
                plan.expect(&rehearsal.before);
            }
            plan.expect(&rehearsal.own);
            let mut once = bound(&rehearsal.before);
            once += bound(&rehearsal.own);
            plan.bound += once;
            dearest = dearest.at_least(once);
        }
        let times = |number| u64::try_from(number).unwrap_or(u64::MAX);
        plan.bound += match again {
            Again::Each(reruns) => plan.bound.times(times(reruns)),
            Again::One(reruns) => dearest.times(times(reruns)),
        };
        plan
    }

    fn expect(&mut self, part: &Part) {
        self.calls += part.calls.len();
        for call in part.calls.iter().filter(|call| !call.refused) {
            let (service, action) = service_and_action(&call.action);
            self.expected += effects::of(service, action, &call.request);
        }
        self.expected += scans(part);
    }
}

fn bound(part: &Part) -> Effects {
    let mut sum = scans(part);
    for call in &part.calls {
        let (service, action) = service_and_action(&call.action);
        let times = if call.repeated { crate::stage::MOST_TRIES } else { 1 };
        sum += effects::of(service, action, &call.request).times(times);
    }
    sum
}

/// Whoever scans a code launches a contract.
fn scans(part: &Part) -> Effects {
    Effects { contracts: 1, quota: 1, ..Effects::default() }.times(part.scans)
}

fn hosts(target: &Target) -> Vec<String> {
    match &target.reach {
        Reach::Plain(plain) => plain.hosts.clone(),
        Reach::Fake(fake) => vec![fake.url().trim_start_matches("http://").to_owned()],
    }
}

impl fmt::Display for FlightPlan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, bound) = (&self.expected, &self.bound);
        writeln!(out, "Flight plan for {}", self.target)?;
        writeln!(out, "  hosts reached      {}", self.hosts.join(", "))?;
        writeln!(out, "  cases played       {}, with {} calls", self.played, self.calls)?;
        for (what, expected, bound) in [
            ("contracts created", expected.contracts, bound.contracts),
            ("contract quota", expected.quota, bound.quota),
            ("evidence reports", expected.reports, bound.reports),
            ("messages to people", expected.messages, bound.messages),
            ("files uploaded", expected.files, bound.files),
            ("QR codes made", expected.codes, bound.codes),
        ] {
            write!(out, "  {what:<18} {expected}")?;
            if bound > expected {
                write!(out, ", at most {bound} if cases differ")?;
            }
            writeln!(out)?;
        }
        if let Some(cap) = self.cap {
            let stops = if bound.contracts > cap { ": the run stops creating there" } else { "" };
            writeln!(out, "  --max-flows        {cap}{stops}")?;
        }
        let skipped: usize = self.skipped.values().sum();
        writeln!(out, "  cases skipped      {skipped}")?;
        let mut reasons: Vec<_> = self.skipped.iter().collect();
        reasons.sort_by(|one, other| other.1.cmp(one.1).then_with(|| one.0.cmp(other.0)));
        for (reason, count) in reasons {
            writeln!(out, "  {count:>6}  {reason}")?;
        }
        Ok(())
    }
}
