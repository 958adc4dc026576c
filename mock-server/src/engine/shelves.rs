//! Where worlds and keys are found: by number, by alias, by SecretId, none of it by going through them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::account::Account;
use super::registry::Key;

/// All worlds and keys of a server.
#[derive(Default)]
pub(super) struct Shelves {
    keys: HashMap<String, Arc<Key>>,
    by_alias: HashMap<Arc<str>, u64>,
    worlds: BTreeMap<u64, Shelf>,
    next: u64,
}

/// A world with its keys.
struct Shelf {
    account: Arc<Account>,
    /// In the order of the world's organizations.
    keys: Vec<Arc<Key>>,
}

impl Shelves {
    /// The number of the next world to be made.
    pub(super) fn next_number(&self) -> u64 {
        self.next
    }

    /// Puts a world there. Its alias and its SecretIds must be free.
    pub(super) fn put(&mut self, account: &Arc<Account>, keys: Vec<Arc<Key>>) {
        self.next = self.next.max(account.number + 1);
        self.keys.extend(keys.iter().map(|key| (key.secret_id.clone(), key.clone())));
        self.by_alias.insert(account.alias.clone(), account.number);
        self.worlds.insert(account.number, Shelf { account: account.clone(), keys });
    }

    /// Takes a world away, with its keys.
    pub(super) fn take(&mut self, number: u64) -> Option<Arc<Account>> {
        let Shelf { account, keys } = self.worlds.remove(&number)?;
        self.by_alias.remove(&account.alias);
        for key in keys {
            self.keys.remove(&key.secret_id);
        }
        Some(account)
    }

    pub(super) fn key(&self, secret_id: &str) -> Option<&Arc<Key>> {
        self.keys.get(secret_id)
    }

    pub(super) fn keys_of(&self, number: u64) -> &[Arc<Key>] {
        self.worlds.get(&number).map_or(&[], |shelf| &shelf.keys)
    }

    pub(super) fn numbered(&self, number: u64) -> Option<&Arc<Account>> {
        self.worlds.get(&number).map(|shelf| &shelf.account)
    }

    pub(super) fn with_alias(&self, alias: &str) -> Option<&Arc<Account>> {
        self.numbered(*self.by_alias.get(alias)?)
    }

    pub(super) fn first(&self) -> Option<&Arc<Account>> {
        self.worlds.first_key_value().map(|(_, shelf)| &shelf.account)
    }

    pub(super) fn accounts(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.worlds.values().map(|shelf| &shelf.account)
    }

    pub(super) fn len(&self) -> usize {
        self.worlds.len()
    }
}
