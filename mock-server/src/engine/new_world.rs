//! What a world is to be made from, under which name, opened by which keys.

use std::sync::Arc;

use super::ids::{Ids, Kind};
use super::registry::Plan;
use super::snapshot::Snapshot;
use super::world_file::WorldFile;
use crate::domain::ids::OrganizationId;

/// How many worlds a server holds: ten thousand branches and then some. A branch costs a few kilobytes.
pub const WORLDS_KEPT: usize = 20_000;
/// How long a name may be that somebody gives to a world, a snapshot or a key.
const LONGEST_NAME: usize = 64;

/// A world to be made. The default: as the first one started, everything else fresh.
#[derive(Default)]
pub struct NewWorld {
    /// What it starts with.
    pub source: Source,
    /// What URLs call it; drawn when left out.
    pub alias: Option<String>,
    /// Keys of its organizations; those of others are drawn.
    pub keys: Vec<GivenKey>,
    /// What its ids are drawn from; when left out, a branch goes on with those of its source, and any other world has a
    /// seed of its own.
    pub seed: Option<u64>,
}

/// What a world starts with.
#[derive(Default)]
pub enum Source {
    /// What the first one started with.
    #[default]
    Beginning,
    /// A world file, which must have been checked.
    File(Arc<WorldFile>),
    /// A snapshot, or a living world as it stands.
    Snapshot {
        /// What that is called.
        name: String,
        /// What it holds.
        snapshot: Box<Snapshot>,
    },
}

impl Source {
    /// What aliases of worlds made from it begin with.
    pub(super) fn name(&self, plan: &Plan) -> String {
        match self {
            Self::Beginning => plan.file.alias.clone(),
            Self::File(file) => file.alias.clone(),
            Self::Snapshot { name, .. } => name.clone(),
        }
    }
}

/// A key that somebody wants an organization to have.
#[derive(Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenKey {
    /// The organization.
    pub organization: OrganizationId,
    /// Public half.
    pub secret_id: String,
    /// Secret half.
    pub secret_key: String,
}

impl GivenKey {
    /// Whether a key can be called so: what fits into the header that names it, and into a list of worlds.
    #[must_use]
    pub fn may_be_secret_id(text: &str) -> bool {
        is_name(text)
    }
}

/// Whether a world, a snapshot or a key may be called so: up to 64 letters, digits, dots, dashes and underscores.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let fits = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    (1..=LONGEST_NAME).contains(&text.len()) && text.chars().all(fits) && text.starts_with(|sign| sign != '.')
}

/// Why a world is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// There are too many.
    #[error("this server holds {WORLDS_KEPT} worlds, and no more fit: delete or reset one of them")]
    TooMany,
    /// Another world or key has the name.
    #[error("alias: another world or key is called `{0}`")]
    AliasTaken(String),
    /// Another key has the name.
    #[error("keys: another key or world is called `{0}`")]
    SecretIdTaken(String),
    /// It is named twice.
    #[error("keys: `{0}` is named twice")]
    NamedTwice(String),
    /// A key is for somebody who is not there.
    #[error("keys: the world has no organization `{0}`")]
    OrganizationUnknown(OrganizationId),
}

/// Draws names that are free.
pub(super) struct Names(Ids);

impl Names {
    pub(super) fn new(seed: u64) -> Self {
        Self(Ids::new(seed))
    }

    pub(super) fn alias(&mut self, base: &str, is_taken: impl Fn(&str) -> bool) -> String {
        loop {
            let alias = format!("{base}-{}", self.0.draw(Kind::Key).hex(8));
            if !is_taken(&alias) {
                return alias;
            }
        }
    }

    /// A key for each organization, given or drawn, in this order.
    pub(super) fn keys<'a>(
        &mut self,
        organizations: impl Iterator<Item = &'a OrganizationId>,
        mut given: Vec<GivenKey>,
        is_taken: impl Fn(&str) -> bool,
    ) -> Result<Vec<GivenKey>, NotMade> {
        for (place, key) in given.iter().enumerate() {
            if is_taken(&key.secret_id) {
                return Err(NotMade::SecretIdTaken(key.secret_id.clone()));
            }
            if given[..place].iter().any(|other| other.secret_id == key.secret_id) {
                return Err(NotMade::NamedTwice(key.secret_id.clone()));
            }
            if given[..place].iter().any(|other| other.organization == key.organization) {
                return Err(NotMade::NamedTwice(key.organization.to_string()));
            }
        }
        let mut keys = Vec::new();
        for organization in organizations {
            let found = given.iter().position(|key| &key.organization == organization);
            keys.push(found.map_or_else(|| self.fresh_key(organization, &is_taken), |place| given.swap_remove(place)));
        }
        match given.into_iter().next() {
            Some(left) => Err(NotMade::OrganizationUnknown(left.organization)),
            None => Ok(keys),
        }
    }

    fn fresh_key(&mut self, organization: &OrganizationId, is_taken: impl Fn(&str) -> bool) -> GivenKey {
        loop {
            let mut letters = self.0.draw(Kind::Key);
            let (secret_id, secret_key) = (format!("AKID{}", letters.alphanumeric(32)), letters.alphanumeric(32));
            if !is_taken(&secret_id) {
                return GivenKey { organization: organization.clone(), secret_id, secret_key };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_not_too_long() {
        for good in ["demo", "job-7", "AKIDdemo00000000000000000000000000000", "a.b_c"] {
            assert!(is_name(good), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "a b", "a/b", "合同", ".", "..", &long] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
