//! Every world of the server, and the keys that open them.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use tokio::sync::{Notify, mpsc};

use super::account::{Account, Job};
use super::clock::{Clock, EdgeTime};
use super::ids::{Ids, Kind, RequestIds};
use super::world_file::WorldFile;
use crate::documents::Fonts;
use crate::domain::ids::OrganizationId;

/// A key to one organization in one world.
pub struct Key {
    /// Public half.
    pub secret_id: String,
    /// Secret half; never logged.
    pub secret_key: String,
    /// The world it opens.
    pub account: Arc<Account>,
    /// The organization it acts for.
    pub organization: OrganizationId,
}

/// All worlds. Keys are looked up on every call, worlds are made rarely.
pub struct Registry {
    plan: Plan,
    shelves: RwLock<Shelves>,
    outgoing: mpsc::UnboundedSender<Job>,
    changed: Arc<Notify>,
    strangers: Mutex<RequestIds>,
}

/// How new worlds are made.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What a new world holds.
    pub file: Arc<WorldFile>,
    /// The seed of the first world; the n-th has this plus n.
    pub seed: u64,
    /// The clock of a new world.
    pub clock: Clock,
    /// What URLs begin with.
    pub public_url: String,
    /// What documents are set in.
    pub fonts: Arc<Fonts>,
}

#[derive(Default)]
struct Shelves {
    keys: HashMap<String, Arc<Key>>,
    accounts: Vec<Arc<Account>>,
}

impl Registry {
    /// A registry with its first world. `changed` is told whenever a timer moves, `outgoing` gets what is to be sent.
    #[must_use]
    pub fn new(plan: Plan, outgoing: mpsc::UnboundedSender<Job>, changed: Arc<Notify>) -> Arc<Self> {
        let strangers = Mutex::new(RequestIds::new(plan.seed.wrapping_add(u64::MAX / 2)));
        let registry = Self { plan, shelves: RwLock::default(), outgoing, changed, strangers };
        let clock = registry.plan.clock;
        registry.make_world(registry.plan.file.clone(), clock, Keys::AsWritten);
        Arc::new(registry)
    }

    /// Makes one more world with everything the first one started with, and keys of its own.
    pub fn add_world(&self) -> Arc<Account> {
        self.add_world_from(self.plan.file.clone())
    }

    /// Makes one more world from this file, with keys of its own. The file must have been checked.
    pub fn add_world_from(&self, file: Arc<WorldFile>) -> Arc<Account> {
        self.make_world(file, self.plan.clock, Keys::Fresh)
    }

    /// The key with this SecretId.
    #[must_use]
    pub fn key(&self, secret_id: &str) -> Option<Arc<Key>> {
        self.shelves.read().keys.get(secret_id).cloned()
    }

    /// The key of the first organization of the first world: who unsigned calls come from, where they are allowed.
    #[must_use]
    pub fn first_key(&self) -> Option<Arc<Key>> {
        self.first().and_then(|account| self.keys_of(&account).into_iter().next())
    }

    /// What worlds start with unless something else is said.
    #[must_use]
    pub fn file(&self) -> &WorldFile {
        &self.plan.file
    }

    /// What documents are set in.
    #[must_use]
    pub fn fonts(&self) -> &Arc<Fonts> {
        &self.plan.fonts
    }

    /// What URLs of this server begin with.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.plan.public_url
    }

    /// Every world, the first one first.
    #[must_use]
    pub fn accounts(&self) -> Vec<Arc<Account>> {
        self.shelves.read().accounts.clone()
    }

    /// The first world.
    #[must_use]
    pub fn first(&self) -> Option<Arc<Account>> {
        self.shelves.read().accounts.first().cloned()
    }

    /// The world with this alias, or the one this SecretId opens.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Arc<Account>> {
        let shelves = self.shelves.read();
        let by_alias = shelves.accounts.iter().find(|one| &*one.alias == name);
        by_alias.cloned().or_else(|| shelves.keys.get(name).map(|key| key.account.clone()))
    }

    /// The keys of a world, in the order its file names the organizations.
    #[must_use]
    pub fn keys_of(&self, account: &Arc<Account>) -> Vec<Arc<Key>> {
        let shelves = self.shelves.read();
        let mut keys: Vec<_> =
            shelves.keys.values().filter(|key| Arc::ptr_eq(&key.account, account)).cloned().collect();
        let place = |key: &Key| account.file.organizations.iter().position(|one| one.id == key.organization.as_str());
        keys.sort_by_key(|key| (place(key), key.secret_id.clone()));
        keys
    }

    /// The RequestId of a call nobody is known for.
    pub fn stranger_request_id(&self) -> String {
        self.strangers.lock().refused()
    }

    fn make_world(&self, file: Arc<WorldFile>, clock: Clock, keys: Keys) -> Arc<Account> {
        let mut shelves = self.shelves.write();
        let number = shelves.accounts.len() as u64;
        let seed = self.plan.seed.wrapping_add(number);
        let mut draw = Ids::new(seed);
        let alias =
            if number == 0 { file.alias.clone() } else { format!("{}-{}", file.alias, draw.draw(Kind::Key).hex(8)) };
        let clock = file.begins.map_or(clock, |begins| clock.continuing_from(begins.0, EdgeTime::read()));
        let (outgoing, changed) = (self.outgoing.clone(), self.changed.clone());
        let account = Account::new(&alias, &self.plan, file.clone(), clock, seed, outgoing, changed);
        for organization in &file.organizations {
            let written = organization.key.as_ref().filter(|_| keys == Keys::AsWritten);
            let (secret_id, secret_key) = match written {
                Some(key) => (key.secret_id.clone(), key.secret_key.clone()),
                None => {
                    let mut letters = draw.draw(Kind::Key);
                    (format!("AKID{}", letters.alphanumeric(32)), letters.alphanumeric(32))
                }
            };
            let key = Key {
                secret_id: secret_id.clone(),
                secret_key,
                account: account.clone(),
                organization: organization.id.as_str().into(),
            };
            shelves.keys.insert(secret_id, Arc::new(key));
        }
        shelves.accounts.push(account.clone());
        drop(shelves);
        self.changed.notify_one();
        account
    }
}

/// Which keys open a new world.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Those of its file.
    AsWritten,
    /// New ones: those of its file open another world already.
    Fresh,
}
