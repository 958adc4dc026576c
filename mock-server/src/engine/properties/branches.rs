//! Branches of a world never meet, and a world that was written down goes on as the one it was written from.

use super::*;
use crate::domain::organization::Organization;
use crate::engine::ids::RequestIds;
use crate::engine::snapshot::text::{Notation, read, write};
use crate::engine::snapshot::{Pace, Snapshot};

impl Play {
    fn new() -> Self {
        let mut world = world();
        let own = world.directory.organizations.get("own").expect("the sample's company").as_ref().clone();
        // The sample has a seal of a company it leaves out.
        world.directory.organizations.insert(Organization { id: "other".into(), ..own });
        Self { world, now: NOW, heard: BTreeMap::new(), charged: 0, refunded: 0 }
    }

    /// The same world, to be played on by itself.
    fn branch(&self) -> Self {
        let (world, heard) = (self.world.clone(), self.heard.clone());
        Self { world, now: self.now, heard, charged: self.charged, refunded: self.refunded }
    }

    fn play(&mut self, (pause, what): &(i64, Move)) {
        let outbox = self.pass(*pause);
        self.world.tell(outbox);
        let mut outbox = Outbox::new();
        // What is refused changes nothing, which is held elsewhere.
        if self.try_move(what, &mut outbox).is_ok() {
            self.world.tell(outbox);
        }
    }

    fn played(mut self, moves: &[(i64, Move)]) -> Self {
        for one in moves {
            self.play(one);
        }
        self
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot { clock: Pace::Frozen, requests: RequestIds::new(1), world: self.world.clone() }
    }

    fn written(&self, notation: Notation) -> String {
        write(&self.snapshot(), notation).expect("every world can be written")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_write_in_one_branch_is_invisible_in_all_others(
        common in moves(),
        turns in proptest::collection::vec((0usize..3, moves()), 1..6),
    ) {
        let root = Play::new().played(&common);
        let before = root.written(Notation::Json);
        let mut branches = [root.branch(), root.branch(), root.branch()];
        for (number, moves) in &turns {
            let others: Vec<(usize, World)> =
                (0..3).filter(|other| other != number).map(|other| (other, branches[other].world.clone())).collect();
            for one in moves {
                branches[*number].play(one);
            }
            for (other, world) in others {
                prop_assert!(branches[other].world == world, "branch {number} wrote into branch {other}");
            }
        }
        for (number, branch) in branches.iter().enumerate() {
            let alone = turns.iter().filter(|(whose, _)| *whose == number).flat_map(|(_, moves)| moves.clone());
            let alone = root.branch().played(&alone.collect::<Vec<_>>());
            prop_assert_eq!(branch.written(Notation::Json), alone.written(Notation::Json));
        }
        prop_assert_eq!(root.written(Notation::Json), before, "what branches do is invisible where they come from");
    }

    #[test]
    fn a_world_that_was_written_down_and_read_goes_on_as_before(before in moves(), after in moves()) {
        let play = Play::new().played(&before);
        for notation in [Notation::Json, Notation::Yaml] {
            let text = play.written(notation);
            let read = read("test", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            prop_assert!(read == play.snapshot(), "not the same after {notation:?}");
            let again = Play { world: read.world, ..play.branch() };
            prop_assert_eq!(&again.written(notation), &text);
            prop_assert_eq!(again.played(&after).written(notation), play.branch().played(&after).written(notation));
        }
    }
}
