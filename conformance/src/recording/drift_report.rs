//! All drifts of a recording, for people and for programs.

use std::fmt;

use serde::Serialize;

use super::drift::{Drift, Kind, drifts, is_comparable};
use super::{RecordedCase, Recording};
use crate::outcome::CaseResult;
use crate::redaction::Redaction;

/// Where a recording and the fake part.
#[derive(Clone, Debug, Serialize)]
pub struct DriftReport {
    /// How many cases both speak of.
    pub compared: usize,
    /// Cases the recorded target had nothing to say about: it declined, lacked something, or broke off.
    pub not_comparable: Vec<String>,
    /// Cases of the recording that the suite does not have any more.
    pub unknown: Vec<String>,
    /// What is otherwise, by case and call.
    pub drifts: Vec<Drift>,
}

impl DriftReport {
    /// Compares a recording with what came of the same cases at the fake.
    pub fn of(
        recording: &Recording,
        fake: &[CaseResult],
        redaction: &Redaction,
        is_case: impl Fn(&str) -> bool,
    ) -> Self {
        let mut report = Self { compared: 0, not_comparable: Vec::new(), unknown: Vec::new(), drifts: Vec::new() };
        let fake: std::collections::BTreeMap<&str, &CaseResult> =
            fake.iter().map(|result| (result.id.as_str(), result)).collect();
        for (id, recorded) in recording.cases() {
            match fake.get(id) {
                Some(_) if !is_comparable(recorded) => report.not_comparable.push(id.to_owned()),
                Some(result) => {
                    report.compared += 1;
                    report.drifts.extend(drifts(id, recorded, &RecordedCase::of(result, redaction)));
                }
                // One that was not asked for is of no interest.
                None if is_case(id) => {}
                None => report.unknown.push(id.to_owned()),
            }
        }
        report
    }
}

impl fmt::Display for DriftReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut case = "";
        for drift in &self.drifts {
            if drift.case != case {
                case = &drift.case;
                writeln!(out, "{case}")?;
            }
            let call = if drift.call == 0 { String::new() } else { format!("call {} {} ", drift.call, drift.action) };
            let place = if drift.place.is_empty() { String::new() } else { format!(" {}", drift.place) };
            writeln!(out, "  {call}{}{place}: recorded {}, the fake {}", drift.of, drift.recorded, drift.fake)?;
        }
        for id in &self.not_comparable {
            writeln!(out, "not comparable: {id}")?;
        }
        for id in &self.unknown {
            writeln!(out, "not in the suite any more: {id}")?;
        }
        let count = |of: Kind| self.drifts.iter().filter(|drift| drift.of == of).count();
        let counts: Vec<String> = Kind::ALL.into_iter().map(|of| format!("{} {of}", count(of))).collect();
        writeln!(out, "{} cases compared, {} drifts: {}", self.compared, self.drifts.len(), counts.join(", "))
    }
}
