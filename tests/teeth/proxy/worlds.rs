//! The worlds that were made through the proxy: their keys, and copies of them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

/// A company's key in one world.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) organization: String,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
}

/// The keys of every world, by its alias.
#[derive(Default)]
pub(crate) struct Worlds(Mutex<BTreeMap<String, Vec<Key>>>);

impl Worlds {
    /// What `POST /_mock/worlds` answered.
    pub(crate) fn remember(&self, made: &Value) {
        let text = |key: &Value, name: &str| key[name].as_str().unwrap_or_default().to_owned();
        let keys = made["keys"].as_array().into_iter().flatten().map(|key| Key {
            organization: text(key, "ORGANIZATION_ID"),
            secret_id: text(key, "SECRET_ID"),
            secret_key: text(key, "SECRET_KEY"),
        });
        self.0.lock().unwrap().insert(text(made, "alias"), keys.collect());
    }

    pub(crate) fn forget(&self, alias: &str) {
        self.0.lock().unwrap().remove(alias);
    }

    /// The world and the key with this SecretId.
    pub(crate) fn owner(&self, secret_id: &str) -> Option<(String, Key)> {
        let worlds = self.0.lock().unwrap();
        let found = |(alias, keys): (&String, &Vec<Key>)| {
            keys.iter().find(|key| key.secret_id == secret_id).map(|key| (alias.clone(), key.clone()))
        };
        worlds.iter().find_map(found)
    }

    /// A company's key in a world.
    pub(crate) fn key(&self, alias: &str, organization: &str) -> Option<Key> {
        self.0.lock().unwrap().get(alias)?.iter().find(|key| key.organization == organization).cloned()
    }

    /// A world that is not this one.
    pub(crate) fn other_than(&self, alias: &str) -> Option<String> {
        self.0.lock().unwrap().keys().find(|other| *other != alias).cloned()
    }
}
