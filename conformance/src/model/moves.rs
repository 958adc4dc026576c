//! What can happen in a story.

use proptest::collection::vec;
use proptest::prelude::*;

/// One thing that happens. Contracts are numbered in the order they were launched; a number beyond the last one wraps around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// A contract is launched.
    Launch {
        /// How many persons sign it.
        signers: usize,
        /// Whether one after the other.
        ordered: bool,
        /// In how many hours it expires.
        hours: i64,
    },
    /// A signer signs.
    Sign(usize, usize),
    /// A signer refuses.
    Reject(usize, usize),
    /// The initiator withdraws it.
    Cancel(usize),
    /// The deadline is moved to so many hours from now.
    Extend(usize, i64),
    /// A sign link is asked for.
    Link(usize, usize),
    /// So many minutes pass.
    Pass(i64),
}

impl Move {
    /// Whether a target needs a clock for it.
    pub fn moves_time(&self) -> bool {
        matches!(self, Self::Pass(_))
    }

    /// Whether a target needs somebody who signs when told to.
    pub fn needs_a_signer(&self) -> bool {
        matches!(self, Self::Sign(..) | Self::Reject(..))
    }
}

/// The most signers of a contract: as many as a profile has persons for.
const MOST_SIGNERS: usize = 3;

/// Stories that begin with a contract.
pub(super) fn stories(longest: usize) -> impl Strategy<Value = Vec<Move>> {
    (launch(), vec(any_move(), 0..longest.max(1))).prop_map(|(first, rest)| {
        let mut moves = vec![first];
        moves.extend(rest);
        moves
    })
}

fn launch() -> impl Strategy<Value = Move> {
    (1..=MOST_SIGNERS, any::<bool>(), 1..6_i64).prop_map(|(signers, ordered, hours)| Move::Launch {
        signers,
        ordered,
        hours,
    })
}

fn any_move() -> impl Strategy<Value = Move> {
    let who = || (0..3_usize, 0..MOST_SIGNERS);
    prop_oneof![
        2 => launch(),
        8 => who().prop_map(|(contract, signer)| Move::Sign(contract, signer)),
        2 => who().prop_map(|(contract, signer)| Move::Reject(contract, signer)),
        2 => (0..3_usize).prop_map(Move::Cancel),
        2 => (0..3_usize, 1..9_i64).prop_map(|(contract, hours)| Move::Extend(contract, hours)),
        2 => who().prop_map(|(contract, signer)| Move::Link(contract, signer)),
        3 => (1..200_i64).prop_map(Move::Pass),
    ]
}
