//! The snapshots a server keeps, by name. They belong to no world: one taken in a world may be put back there, and any
//! number of worlds may be made from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::snapshot::Snapshot;

/// How many are kept. What two of them have in common is kept once, so most cost little.
pub const SNAPSHOTS_KEPT: usize = 1000;

/// A snapshot with a name.
#[derive(Clone, Debug)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// The alias of the world it was taken in; `None` for one that was brought along.
    pub taken_in: Option<Arc<str>>,
    /// What it holds.
    pub snapshot: Snapshot,
}

/// Why a snapshot is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// Another one has the name.
    #[error("there is a snapshot `{0}` already: delete it, or take another name")]
    NameTaken(String),
    /// There are too many.
    #[error("this server keeps {SNAPSHOTS_KEPT} snapshots, and no more fit: delete one of them")]
    TooMany,
}

/// See the module's comment.
#[derive(Default)]
pub struct Snapshots(Mutex<BTreeMap<String, Arc<Named>>>);

impl Snapshots {
    /// Keeps one.
    ///
    /// # Errors
    /// The name is taken, or there are too many.
    pub fn keep(&self, named: Named) -> Result<Arc<Named>, NotKept> {
        let mut kept = self.0.lock();
        if kept.contains_key(&named.name) {
            return Err(NotKept::NameTaken(named.name));
        }
        if kept.len() >= SNAPSHOTS_KEPT {
            return Err(NotKept::TooMany);
        }
        let named = Arc::new(named);
        kept.insert(named.name.clone(), named.clone());
        Ok(named)
    }

    /// The one with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<Named>> {
        self.0.lock().get(name).cloned()
    }

    /// Forgets one; says whether there was one. Worlds made from it stay as they are.
    pub fn remove(&self, name: &str) -> bool {
        self.0.lock().remove(name).is_some()
    }

    /// Every one, by name.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Named>> {
        self.0.lock().values().cloned().collect()
    }
}
