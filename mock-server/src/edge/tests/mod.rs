//! Whole calls, bytes in and bytes out, without a socket.

mod hostile;
mod refusals;
mod stage;
mod story;

use ess_schemas::Service;

use crate::domain::refusal::Refusal;

#[test]
fn every_refusal_of_the_domain_has_its_row() {
    for row in Refusal::ROWS {
        assert!(ess_schemas::refusal(Service::Ess, row).is_some(), "{row} has no row in refusals.yaml of ess");
    }
}
