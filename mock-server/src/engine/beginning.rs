//! What the plan's worlds start with, built from the world file once and copied from then on.

use std::sync::Arc;

use parking_lot::Mutex;

use super::account::Origin;
use super::clock::{Clock, EdgeTime};
use super::registry::Plan;
use super::snapshot::Snapshot;
use super::world_file::WorldFile;
use crate::domain::time::MINUTE;

/// The world of the plan, as it was built last.
pub(super) struct Beginning(Mutex<(EdgeTime, Origin)>);

impl Beginning {
    pub(super) fn of(plan: &Plan) -> Self {
        let edge = EdgeTime::read();
        Self(Mutex::new((edge, built(&plan.file, plan.seed, plan.clock, edge))))
    }

    /// A world that starts now. Where time runs, what was built a minute ago would begin in the past and is built anew.
    pub(super) fn origin(&self, plan: &Plan, edge: EdgeTime) -> Origin {
        let mut last = self.0.lock();
        let age = |built: EdgeTime| u128::try_from(edge.millis().saturating_sub(built.millis())).unwrap_or(0);
        let stands = plan.clock.is_frozen();
        if !stands && age(last.0) >= MINUTE.as_millis() {
            *last = (edge, built(&plan.file, plan.seed, plan.clock, edge));
        }
        last.1.clone()
    }
}

/// What a world file's world starts with.
pub(super) fn built(file: &Arc<WorldFile>, seed: u64, clock: Clock, edge: EdgeTime) -> Origin {
    let clock = file.begins.map_or(clock, |begins| clock.continuing_from(begins.0, edge));
    let world = file.build(seed, clock.at(edge));
    Origin { snapshot: Snapshot::beginning(world, clock, seed), clock: Some(clock) }
}
