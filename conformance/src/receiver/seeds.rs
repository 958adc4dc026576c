//! Every story a receiver is told is about contracts it has never heard of: each gets a seed of its own.

/// How many stories one run may tell before it comes into the seeds of the next.
const APART: u64 = 1_000_000;

/// Seeds, one after the other.
#[derive(Debug)]
pub struct Seeds {
    next: u64,
}

impl Seeds {
    /// The seeds of a run. Another run has others.
    #[must_use]
    pub fn of(run: u64) -> Self {
        Self { next: run.wrapping_mul(APART) }
    }

    /// One that was not used before.
    #[expect(clippy::should_implement_trait, reason = "an iterator would end")]
    pub fn next(&mut self) -> u64 {
        let seed = self.next;
        self.next = self.next.wrapping_add(1);
        seed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_share_no_seed() {
        let (mut first, mut second) = (Seeds::of(7), Seeds::of(8));
        let of_the_first: Vec<u64> = (0..3).map(|_| first.next()).collect();

        assert_eq!(of_the_first, [7_000_000, 7_000_001, 7_000_002]);
        assert_eq!(second.next(), 8_000_000);
    }
}
