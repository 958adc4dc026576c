//! Delta debugging: from a schedule that fails to the shortest and simplest one that still does.

use std::collections::BTreeMap;

/// Shrinks a failing schedule: first no delivery can be left out any more, then none can come in its right place any more. `fails` plays a
/// schedule and says whether it still fails in the same way; no schedule is asked for twice.
///
/// # Errors
/// What `fails` says.
pub async fn shrink<Failure>(
    failing: Vec<usize>,
    mut fails: impl AsyncFnMut(&[usize]) -> Result<bool, Failure>,
) -> Result<Vec<usize>, Failure> {
    let mut known = BTreeMap::from([(failing.clone(), true)]);
    let mut shortest = failing;
    loop {
        let candidates = shorter(&shortest).into_iter().chain(simpler(&shortest));
        let mut next = None;
        for candidate in candidates {
            let failed = match known.get(&candidate) {
                Some(failed) => *failed,
                None => fails(&candidate).await?,
            };
            known.insert(candidate.clone(), failed);
            if failed {
                next = Some(candidate);
                break;
            }
        }
        // Every step is shorter, or as long and better ordered: this ends.
        let Some(next) = next else { return Ok(shortest) };
        shortest = next;
    }
}

/// The schedule without a part of it: without a half, a quarter, ..., a single delivery. Large parts first.
fn shorter(schedule: &[usize]) -> Vec<Vec<usize>> {
    let mut candidates = Vec::new();
    let mut part = schedule.len().div_ceil(2);
    while part > 0 {
        for start in (0..schedule.len()).step_by(part) {
            let end = (start + part).min(schedule.len());
            candidates.push([&schedule[..start], &schedule[end..]].concat());
        }
        part = if part > 1 { part.div_ceil(2) } else { 0 };
    }
    candidates
}

/// The schedule with two neighbours in the order in which they happened.
fn simpler(schedule: &[usize]) -> Vec<Vec<usize>> {
    let wrong = (1..schedule.len()).filter(|place| schedule[place - 1] > schedule[*place]);
    let swapped = wrong.map(|place| {
        let mut candidate = schedule.to_vec();
        candidate.swap(place - 1, place);
        candidate
    });
    swapped.collect()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// Shrinks by a rule, and counts how often it was asked.
    async fn shrunk(failing: &[usize], rule: impl Fn(&[usize]) -> bool) -> (Vec<usize>, usize) {
        let mut asked = 0;
        let fails = async |schedule: &[usize]| -> Result<bool, Infallible> {
            asked += 1;
            Ok(rule(schedule))
        };
        let Ok(shortest) = shrink(failing.to_vec(), fails).await;
        (shortest, asked)
    }

    fn before(schedule: &[usize], first: usize, second: usize) -> bool {
        let at = |wanted: usize| schedule.iter().position(|one| *one == wanted);
        let last = |wanted: usize| schedule.iter().rposition(|one| *one == wanted);
        matches!((at(first), last(second)), (Some(first), Some(second)) if first < second)
    }

    #[tokio::test]
    async fn what_does_not_matter_is_left_out() {
        let (shortest, asked) = shrunk(&[5, 3, 0, 4, 1, 2], |schedule| before(schedule, 3, 1)).await;

        assert_eq!(shortest, [3, 1]);
        assert!(asked < 30, "{asked}");
    }

    #[tokio::test]
    async fn what_remains_comes_in_the_order_in_which_it_happened_where_that_does_not_matter() {
        let all_of_them = |schedule: &[usize]| [1, 2, 5].iter().all(|one| schedule.contains(one));

        assert_eq!(shrunk(&[5, 3, 2, 0, 1], all_of_them).await.0, [1, 2, 5]);
    }

    #[tokio::test]
    async fn a_duplicate_that_matters_stays() {
        let twice = |schedule: &[usize]| schedule.iter().filter(|one| **one == 4).count() > 1;

        assert_eq!(shrunk(&[0, 4, 2, 4, 4, 1], twice).await.0, [4, 4]);
    }

    #[tokio::test]
    async fn what_fails_always_shrinks_to_nothing() {
        assert_eq!(shrunk(&[2, 1, 0], |_| true).await.0, [0_usize; 0]);
    }
}
