//! The files a company may choose from on a page, newest first.

use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::extension;
use crate::domain::time::Timestamp;
use crate::engine::world::World;

/// How many are shown.
const SHOWN: usize = 50;

/// Files of these kinds that can be used: id and name.
pub(super) fn usable(world: &World, company: &OrganizationId, kinds: &[&str], now: Timestamp) -> Vec<(String, String)> {
    let own = world.files.iter().rev().filter(|file| &file.owner == company && now < file.expires_at);
    let of_kind = own.filter(|file| kinds.contains(&extension(&file.name).as_str()));
    of_kind.take(SHOWN).map(|file| (file.id.to_string(), file.name.clone())).collect()
}
