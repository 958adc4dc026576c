//! Differences that are known and accepted for a while: each with a reason and a day on which it is looked at again.
//!
//! ```yaml
//! - case: ess/cancel_flow/limits/message_too_long
//!   differs: [Error.Code]
//!   reason: the test environment still answers as it did before the change of May
//!   expires: 2027-03-01
//! ```

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::outcome::Outcome;
use crate::report::{Report, Standing};
use crate::suite::mistake::{self, Mistake};

/// What is accepted.
#[derive(Debug, Default)]
pub struct Baseline {
    accepted: BTreeMap<String, Accepted>,
}

/// A difference that is accepted.
#[derive(Debug)]
struct Accepted {
    line: u64,
    differs: BTreeSet<String>,
    reason: String,
    expires: Date,
}

/// As it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    case: Spanned<String>,
    differs: Spanned<Vec<String>>,
    reason: Spanned<String>,
    expires: Spanned<String>,
}

impl Baseline {
    /// Reads a baseline and checks it against the day and the suite.
    ///
    /// # Errors
    /// All mistakes with their lines: an unknown case, one twice, a missing reason, a day that is none or is over.
    pub fn read(file: &str, text: &str, today: Date, is_case: impl Fn(&str) -> bool) -> Result<Self, Vec<Mistake>> {
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        let written: Vec<Written> = mistake::parse(file, text).map_err(|mistake| vec![mistake])?;
        let mut mistakes = Vec::new();
        let mut accepted = BTreeMap::new();
        for one in written {
            let id = one.case.value.clone();
            if !is_case(&id) {
                mistakes.push(Mistake::with(file, &one.case, format!("there is no case `{id}` (any more)")));
            }
            if one.differs.value.is_empty() {
                let what = "name the places that differ, as the report does, or `broken`, `flaky` or `fake`";
                mistakes.push(Mistake::with(file, &one.differs, what));
            }
            if one.reason.value.trim().is_empty() {
                mistakes.push(Mistake::with(file, &one.reason, "say why this is accepted"));
            }
            let expires = match one.expires.value.parse::<Date>() {
                Ok(expires) if expires < today => {
                    let what = format!("accepted until {expires}, and today is {today}: decide anew");
                    mistakes.push(Mistake::with(file, &one.expires, what));
                    expires
                }
                Ok(expires) => expires,
                Err(error) => {
                    let what = format!("expected a day such as 2027-03-01, found `{}`: {error}", one.expires.value);
                    mistakes.push(Mistake::with(file, &one.expires, what));
                    continue;
                }
            };
            let line = one.case.referenced.line();
            let differs = one.differs.value.into_iter().collect();
            if let Some(earlier) =
                accepted.insert(id.clone(), Accepted { line, differs, reason: one.reason.value, expires })
            {
                let what = format!("`{id}` stands in line {} already", earlier.line);
                mistakes.push(Mistake::with(file, &one.case, what));
            }
        }
        if mistakes.is_empty() { Ok(Self { accepted }) } else { Err(mistakes) }
    }

    /// Why what came of a case is accepted: its entry names every place that differs.
    pub fn reason_for(&self, id: &str, places: &BTreeSet<String>) -> Option<&str> {
        let accepted = self.accepted.get(id)?;
        (!places.is_empty() && places.is_subset(&accepted.differs)).then_some(accepted.reason.as_str())
    }

    /// Entries whose case was run and was as it says: nothing is left to accept. Line and case.
    pub fn outlived(&self, report: &Report) -> Vec<(u64, String)> {
        let agrees = report.cases.iter().filter(|entry| entry.standing == Standing::Agrees);
        agrees.filter_map(|entry| Some((self.accepted.get(&entry.id)?.line, entry.id.clone()))).collect()
    }

    /// A baseline that accepts what fails in a report: what this one has stays as it is, what is new lacks its reason.
    pub fn written_for(&self, report: &Report, expires: Date) -> String {
        let mut text =
            "# Accepted differences. Each needs a reason, and is looked at again when it expires.\n".to_owned();
        for entry in report.cases.iter().filter(|entry| entry.fails || entry.accepted.is_some()) {
            let differs: Vec<&str> = entry.differs.iter().map(String::as_str).collect();
            let kept = self.accepted.get(&entry.id).filter(|_| entry.accepted.is_some());
            let (reason, expires) = kept.map_or(("", expires), |kept| (kept.reason.as_str(), kept.expires));
            // JSON is YAML.
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            text += &format!(
                "- case: {}\n  differs: {}\n  reason: {}\n  expires: {expires}\n",
                entry.id,
                serde_json::Value::from(differs),
                quoted(reason),
            );
        }
        text
    }
}

/// By which words an entry names what is otherwise: the places, or `broken`, `flaky`, or `fake` when only that is wrong.
pub fn places(standing: Standing, outcome: &Outcome, fake_is_wrong: bool) -> BTreeSet<String> {
    let word = |word: &str| BTreeSet::from([word.to_owned()]);
    match (standing, outcome) {
        (Standing::Agrees, _) if fake_is_wrong => word("fake"),
        (Standing::Agrees | Standing::Declined | Standing::Skipped, _) => BTreeSet::new(),
        (Standing::Flaky, _) => word("flaky"),
        (Standing::Differs | Standing::Broken, Outcome::Differs { differences, .. }) => {
            let place = |place: &str| if place.is_empty() { "$".to_owned() } else { place.to_owned() };
            differences.iter().map(|one| place(&one.place)).collect()
        }
        (Standing::Differs | Standing::Broken, _) => word("broken"),
    }
}

#[cfg(test)]
mod tests;
