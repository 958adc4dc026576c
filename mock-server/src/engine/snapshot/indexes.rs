//! What follows from the rest of a world, and is therefore not written down.

use imbl::{OrdMap, OrdSet};

use crate::engine::open_flows::OpenFlows;
use crate::engine::world::World;

/// Makes the indexes of a world that was just read.
pub(super) fn rebuild(world: &mut World) {
    world.file_expiries = world.files.iter().map(|file| (file.expires_at, file.id.clone())).collect::<OrdSet<_>>();
    let documents =
        world.flows.numbered().filter_map(|(number, flow)| Some((flow.document.as_ref()?.id.clone(), number)));
    world.documents = documents.collect::<OrdMap<_, _>>();
    world.callbacks.reindex();
    world.callbacks.resize(&world.settings, &mut world.timers);
    world.open_flows = OpenFlows::default();
    for (number, flow) in world.flows.numbered() {
        world.open_flows.follow(number, flow);
    }
}
