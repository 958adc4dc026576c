//! `ess-mock world check FILE`

use std::path::Path;

use ess_mock_server::config::{read_text, read_world};
use ess_mock_server::engine::snapshot::text;

use super::say;

/// Says whether a world file can be served, or a written snapshot brought along.
pub(super) fn check(file: &Path) -> Result<(), String> {
    let written = read_text(file)?;
    let name = file.display();
    if text::is_snapshot(&written) {
        let snapshot = text::read(&name.to_string(), &written).map_err(|error| error.to_string())?;
        let world = &snapshot.world;
        say(&format!(
            "{name}: good. A snapshot at {} with {} organizations, {} contracts and {} pending callbacks.",
            world.now,
            world.directory.organizations.len(),
            world.flows.len(),
            world.callbacks.waiting()
        ));
        return Ok(());
    }
    let world = read_world(file)?;
    say(&format!(
        "{name}: good. World `{}` with {} organizations, {} applications and {} contracts.",
        world.alias,
        world.organizations.len(),
        world.applications.len(),
        world.contracts.len() + world.groups.iter().map(|group| group.contracts.len()).sum::<usize>()
    ));
    Ok(())
}
