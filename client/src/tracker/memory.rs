//! Which messages have been here lately.

use std::collections::{HashSet, VecDeque};

/// The ids of the last so many messages.
#[derive(Clone, Debug)]
pub(super) struct Recent {
    limit: usize,
    order: VecDeque<String>,
    known: HashSet<String>,
}

impl Recent {
    pub(super) fn of(limit: usize) -> Self {
        Self { limit, order: VecDeque::new(), known: HashSet::new() }
    }

    /// Remembers an id; says whether it was known already.
    pub(super) fn remember(&mut self, id: String) -> bool {
        if self.known.contains(&id) {
            return true;
        }
        while self.order.len() >= self.limit {
            let Some(oldest) = self.order.pop_front() else { return false };
            self.known.remove(&oldest);
        }
        self.order.push_back(id.clone());
        self.known.insert(id);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_id_is_forgotten_first_and_nothing_grows() {
        let mut recent = Recent::of(2);

        assert!(!recent.remember("a".into()));
        assert!(!recent.remember("b".into()));
        assert!(recent.remember("a".into()));
        assert!(!recent.remember("c".into()), "which pushes out a");

        assert!(recent.remember("b".into()) && recent.remember("c".into()));
        assert!(!recent.remember("a".into()));
        assert_eq!((recent.order.len(), recent.known.len()), (2, 2));
    }

    #[test]
    fn without_room_nothing_is_remembered() {
        let mut none = Recent::of(0);

        assert!(!none.remember("a".into()) && !none.remember("a".into()));
    }
}
