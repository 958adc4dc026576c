//! Which entries somebody asks about, and how many there were.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::Journal;
use super::assumed;
use super::entry::{Entry, Outcome};
use super::likeness::{Likeness, differences};
use super::unread;

/// What an entry must be like. Everything that is not said matches.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// The action's name.
    pub action: Option<String>,
    /// Whose key signed it.
    pub organization: Option<String>,
    /// A text that stands in request or answer, such as a contract's id.
    pub mentions: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The error's code.
    pub code: Option<String>,
    /// Whether a fault struck it.
    pub injected: Option<bool>,
    /// Whether the answer rests on an assumed rule.
    pub assumed: Option<bool>,
    /// Whether the request has fields that no rule reads.
    pub unread: Option<bool>,
    /// Only entries after this number.
    #[serde(default)]
    pub since: u64,
}

/// What a request's parameters must be like.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The parameters.
    pub body: Value,
    /// How they are compared.
    pub likeness: Likeness,
}

/// How many entries fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(usize),
    /// So many that are still there; some of the time asked about is gone.
    Unknown {
        /// What is known.
        at_least: usize,
    },
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// The entries that fit, oldest first.
    pub entries: Vec<Arc<Entry>>,
    /// How many there were.
    pub count: Count,
    /// The number of the newest entry, to go on from.
    pub latest: u64,
    /// How many entries of this world went to make room.
    pub evicted: u64,
}

impl Query {
    /// Finds what fits, and whose parameters are as `wanted`.
    #[must_use]
    pub fn find(&self, journal: &Journal, wanted: Option<&Wanted>) -> Found {
        let fits = |entry: &&Arc<Entry>| self.fits(entry) && wanted.is_none_or(|wanted| wanted.fits(entry));
        let entries: Vec<_> = journal.since(self.since).filter(fits).cloned().collect();
        let count = if journal.is_whole_since(self.since) {
            Count::Exactly(entries.len())
        } else {
            Count::Unknown { at_least: entries.len() }
        };
        Found { entries, count, latest: journal.latest(), evicted: journal.evicted() }
    }

    fn fits(&self, entry: &Entry) -> bool {
        let is = |wanted: &Option<String>, value: Option<&str>| wanted.is_none() || wanted.as_deref() == value;
        let answered = &entry.answered;
        is(&self.action, Some(&entry.asked.action))
            && is(&self.organization, entry.asked.organization.as_ref().map(|id| id.as_str()))
            && self.outcome.is_none_or(|wanted| wanted == answered.outcome)
            && is(&self.code, answered.error.as_ref().map(|error| error.code.as_ref()))
            && self.injected.is_none_or(|wanted| wanted == answered.injected.is_some())
            && self.mentions.as_ref().is_none_or(|text| entry.mentions(text))
            && self.assumed.is_none_or(|wanted| wanted != assumed::rules_behind(entry).is_empty())
            && self.unread.is_none_or(|wanted| wanted != unread::fields_of(entry).is_empty())
    }
}

impl Wanted {
    fn fits(&self, entry: &Entry) -> bool {
        differences(&self.body, &entry.asked.body.value(), self.likeness).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::samples::entry;
    use super::*;

    fn journal() -> Journal {
        let mut journal = Journal::new(super::super::BYTES_KEPT);
        journal.add(entry("CancelFlow", r#"{"FlowId":"yD1","CancelMessage":"a"}"#));
        journal.add(entry("CancelFlow", r#"{"FlowId":"yD2","CancelMessage":"a"}"#));
        journal.add(entry("DescribeFlowInfo", r#"{"FlowIds":["yD1"]}"#));
        journal
    }

    fn numbers(query: &Query) -> Vec<u64> {
        query.find(&journal(), None).entries.iter().map(|one| one.number).collect()
    }

    #[test]
    fn entries_are_found_by_what_is_said_of_them() {
        let cancels = Query { action: Some("CancelFlow".into()), ..Query::default() };
        assert_eq!(numbers(&cancels), [1, 2]);
        assert_eq!(numbers(&Query { since: 1, ..cancels }), [2]);
        assert_eq!(numbers(&Query { mentions: Some("yD1".into()), ..Query::default() }), [1, 3]);
        assert_eq!(numbers(&Query { organization: Some("another".into()), ..Query::default() }), Vec::<u64>::new());
        assert_eq!(numbers(&Query { injected: Some(false), ..Query::default() }), [1, 2, 3]);
        assert_eq!(numbers(&Query { outcome: Some(Outcome::Refused), ..Query::default() }), Vec::<u64>::new());
    }

    #[test]
    fn what_reaches_into_what_is_gone_is_unknown_and_never_none() {
        let mut journal = Journal::new(1);
        for _ in 0..3 {
            journal.add(entry("CancelFlow", "{}"));
        }
        let about = |action: &str, since| {
            Query { action: Some(action.into()), since, ..Query::default() }.find(&journal, None).count
        };

        assert_eq!(about("DescribeFlowInfo", 0), Count::Unknown { at_least: 0 });
        assert_eq!(about("CancelFlow", 1), Count::Unknown { at_least: 1 });
        assert_eq!(about("CancelFlow", 2), Count::Exactly(1));
    }

    #[test]
    fn parameters_may_be_asked_for_in_part_or_as_a_whole() {
        let of = |body: Value, likeness| {
            let wanted = Wanted { body, likeness };
            Query::default().find(&journal(), Some(&wanted)).count
        };

        assert_eq!(of(serde_json::json!({"FlowId": "yD2"}), Likeness::Contains), Count::Exactly(1));
        assert_eq!(of(serde_json::json!({"FlowId": "yD2"}), Likeness::Equals), Count::Exactly(0));
    }
}
