//! What was asked of a world and what was answered, in the order of arrival.
//!
//! Bounded by bytes: the oldest entries go first, and whoever asks about a time that is gone is told so ([`Count::Unknown`]),
//! never that nothing happened. Long texts (uploads) are kept as their hash. It belongs to the running thing around a world,
//! not to the world: no snapshot has it, and putting a world back empties it.

pub mod assumed;
mod body;
pub mod entry;
pub mod likeness;
pub mod query;
mod tables;
pub mod unread;

use std::collections::VecDeque;
use std::sync::Arc;

pub use body::Body;
pub use entry::Entry;
pub use query::{Count, Query};

/// How many bytes a world's journal holds unless something else is said.
pub const BYTES_KEPT: usize = 16 * 1024 * 1024;

/// The entries of a world that are still there.
#[derive(Debug)]
pub struct Journal {
    entries: VecDeque<Arc<Entry>>,
    bytes: usize,
    most_bytes: usize,
    /// The number of the next entry.
    next: u64,
    /// How many entries went to make room.
    evicted: u64,
}

impl Journal {
    /// An empty journal for so many bytes.
    #[must_use]
    pub fn new(most_bytes: usize) -> Self {
        Self { entries: VecDeque::new(), bytes: 0, most_bytes, next: 1, evicted: 0 }
    }

    /// Writes an entry down and gives it its number. The newest entry stays whatever its size.
    pub fn add(&mut self, mut entry: Entry) {
        entry.number = self.next;
        self.next += 1;
        self.bytes += entry.bytes();
        self.entries.push_back(Arc::new(entry));
        while self.bytes > self.most_bytes && self.entries.len() > 1 {
            if let Some(oldest) = self.entries.pop_front() {
                self.bytes -= oldest.bytes();
                self.evicted += 1;
            }
        }
    }

    /// The entry with this number.
    #[must_use]
    pub fn entry(&self, number: u64) -> Option<&Arc<Entry>> {
        let first = self.entries.front()?.number;
        self.entries.get(usize::try_from(number.checked_sub(first)?).ok()?)
    }

    /// Every entry after this number, oldest first.
    pub fn since(&self, number: u64) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        let start = self.entries.partition_point(|entry| entry.number <= number);
        self.entries.range(start..)
    }

    /// Whether every entry after this number is still there.
    #[must_use]
    pub fn is_whole_since(&self, number: u64) -> bool {
        let gone_up_to = self.entries.front().map_or(self.next, |first| first.number) - 1;
        self.evicted == 0 || number >= gone_up_to
    }

    /// How many entries went to make room.
    #[must_use]
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    /// The number of the newest entry; what comes later has a greater one.
    #[must_use]
    pub fn latest(&self) -> u64 {
        self.next - 1
    }

    /// Forgets everything, as if nothing had been asked so far; numbers go on. Answers how many entries there were.
    pub fn clear(&mut self) -> usize {
        let cleared = self.entries.len();
        self.entries.clear();
        self.bytes = 0;
        self.evicted = 0;
        cleared
    }
}

#[cfg(test)]
mod tests {
    use super::entry::samples::entry;
    use super::*;

    fn journal(entries: usize, most_bytes: usize) -> Journal {
        let mut journal = Journal::new(most_bytes);
        for _ in 0..entries {
            journal.add(entry("CancelFlow", "{}"));
        }
        journal
    }

    #[test]
    fn entries_are_numbered_in_their_order_and_found_by_it() {
        let journal = journal(3, BYTES_KEPT);

        assert_eq!(journal.since(1).map(|one| one.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(journal.entry(3).unwrap().number, 3);
        assert!(journal.entry(0).is_none() && journal.entry(4).is_none());
        assert_eq!(journal.latest(), 3);
    }

    #[test]
    fn the_oldest_go_first_and_what_is_gone_is_known_to_be_gone() {
        let size = entry("CancelFlow", "{}").bytes();
        let journal = journal(5, 2 * size);

        assert_eq!(journal.since(0).map(|one| one.number).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(journal.evicted(), 3);
        assert!(!journal.is_whole_since(2) && journal.is_whole_since(3));
        assert!(journal.entry(3).is_none() && journal.entry(4).is_some());
    }

    #[test]
    fn one_entry_stays_however_big_it_is() {
        assert_eq!(journal(2, 1).since(0).count(), 1);
    }

    #[test]
    fn after_clearing_nothing_is_missing_and_numbers_go_on() {
        let mut journal = journal(5, 1);

        assert_eq!(journal.clear(), 1);

        assert!(journal.is_whole_since(0));
        journal.add(entry("CancelFlow", "{}"));
        assert_eq!(journal.since(0).map(|one| one.number).collect::<Vec<_>>(), [6]);
        assert!(journal.is_whole_since(0));
    }
}
