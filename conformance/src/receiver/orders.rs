//! All orders of a number of things, the simplest first.

/// Every order of `0..count`. First the one in which they happened; then those that differ least from it, by how many pairs are swapped.
#[must_use]
pub fn simplest_first(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for _ in 0..count {
        let longer = orders.into_iter().flat_map(|order: Vec<usize>| {
            let next = (0..count).filter(|one| !order.contains(one)).collect::<Vec<_>>();
            next.into_iter().map(move |one| [order.as_slice(), &[one]].concat())
        });
        orders = longer.collect();
    }
    // Stable: among equally simple ones the earlier message comes first.
    orders.sort_by_key(|order| swapped(order));
    orders
}

/// How many pairs are not in the order in which they happened.
#[must_use]
pub fn swapped(order: &[usize]) -> usize {
    let later = |place: usize| order[place + 1..].iter().filter(move |one| **one < order[place]).count();
    (0..order.len()).map(later).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_order_is_there_once_and_the_simplest_first() {
        let orders = simplest_first(6);

        assert_eq!(orders.len(), 720);
        assert_eq!(orders.iter().collect::<BTreeSet<_>>().len(), 720);
        assert!(orders.is_sorted_by_key(|order| swapped(order)));
        assert_eq!(orders[0], [0, 1, 2, 3, 4, 5]);
        assert_eq!(orders[1], [0, 1, 2, 3, 5, 4]);
        assert_eq!(orders[719], [5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn nothing_has_one_order() {
        assert_eq!(simplest_first(0), [[0_usize; 0]]);
    }
}
