//! `ess-mock world check FILE`

use std::path::Path;

use super::say;

pub(super) fn check(file: &Path) -> Result<(), String> {
    let world = ess_mock_server::config::read_world(file)?;
    say(&format!(
        "{}: good. World `{}` with {} organizations, {} applications and {} contracts.",
        file.display(),
        world.alias,
        world.organizations.len(),
        world.applications.len(),
        world.contracts.len() + world.groups.iter().map(|group| group.contracts.len()).sum::<usize>()
    ));
    Ok(())
}
