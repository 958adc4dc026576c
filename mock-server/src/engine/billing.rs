//! A world's bills: a row for every contract that is taken from a quota, and one for each that is given back.

use std::cmp::Ordering;

use super::world::World;
use crate::domain::bill::{BillRow, Days};
use crate::domain::event::Happening;
use crate::domain::flow::Flow;
use crate::domain::time::Timestamp;

/// How many rows a world keeps; the oldest go first.
const ROWS_KEPT: usize = 20_000;

impl World {
    /// Writes down what a change of a contract has cost. Rows stand in order of time, whatever the order they come in: a world file
    /// may launch contracts long ago.
    pub(super) fn bill(&mut self, flow: &Flow, happened: &[Happening], at: Timestamp) {
        let count = |what: &Happening| i64::from(*what == Happening::Charged) - i64::from(*what == Happening::Refunded);
        for count in happened.iter().map(count).filter(|count| *count != 0) {
            let row = BillRow { at, organization: flow.initiator.organization.clone(), flow: flow.id.clone(), count };
            let place = self.first_row(|earlier| if earlier.at <= at { Ordering::Less } else { Ordering::Greater });
            self.bill.insert(place, row);
        }
        while self.bill.len() > ROWS_KEPT {
            self.bill.pop_front();
        }
    }

    /// Rows of these days, of all companies, oldest first.
    pub fn billed(&self, days: Days) -> impl Iterator<Item = &BillRow> {
        let from = self.first_row(|row| days.place(row.at).then(Ordering::Greater));
        let to = self.first_row(|row| days.place(row.at).then(Ordering::Less));
        self.bill.focus().narrow(from..to).into_iter()
    }

    /// The number of the first row that is not `Less`.
    fn first_row(&self, place: impl Fn(&BillRow) -> Ordering) -> usize {
        match self.bill.binary_search_by(place) {
            Ok(found) | Err(found) => found,
        }
    }
}
