//! Every world of the server, and the keys that open them.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use tokio::sync::mpsc;

use super::account::{Account, Job, Origin};
use super::alarms::Alarms;
use super::beginning::{Beginning, built};
use super::clock::{Clock, EdgeTime};
use super::ids::RequestIds;
use super::new_world::{GivenKey, Names, NewWorld, NotMade, Source, WORLDS_KEPT};
use super::shelves::Shelves;
use super::snapshot::Snapshot;
use super::snapshots::Snapshots;
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
    beginning: Beginning,
    shelves: RwLock<Shelves>,
    snapshots: Snapshots,
    outgoing: mpsc::UnboundedSender<Job>,
    alarms: Arc<Alarms>,
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
    /// Whether a SecretId nobody knows gets a world of its own (`--worlds open`).
    pub open: bool,
    /// How many bytes each world's journal holds.
    pub journal_bytes: usize,
}

impl Registry {
    /// A registry with its first world. `outgoing` gets what is to be sent.
    #[must_use]
    pub fn new(plan: Plan, outgoing: mpsc::UnboundedSender<Job>) -> Arc<Self> {
        let strangers = Mutex::new(RequestIds::new(plan.seed.wrapping_add(u64::MAX / 2)));
        let beginning = Beginning::of(&plan);
        let registry = Self {
            plan,
            beginning,
            shelves: RwLock::default(),
            snapshots: Snapshots::default(),
            outgoing,
            alarms: Arc::default(),
            strangers,
        };
        let written = registry.plan.file.organizations.iter().filter_map(|organization| {
            let key = organization.key.as_ref()?;
            let (secret_id, secret_key) = (key.secret_id.clone(), key.secret_key.clone());
            Some(GivenKey { organization: organization.id.as_str().into(), secret_id, secret_key })
        });
        let alias = Some(registry.plan.file.alias.clone());
        let first = NewWorld { alias, keys: written.collect(), ..NewWorld::default() };
        if let Err(error) = registry.make(first) {
            // A checked world file has no key twice and names its own organizations, and nothing else is there yet.
            tracing::error!(%error, "the first world");
        }
        Arc::new(registry)
    }

    /// Makes one more world with everything the first one started with, and keys of its own.
    ///
    /// # Errors
    /// No more worlds fit.
    pub fn add_world(&self) -> Result<Arc<Account>, NotMade> {
        self.make(NewWorld::default())
    }

    /// Makes one more world.
    ///
    /// # Errors
    /// No more worlds fit, its alias or one of its SecretIds is taken, or a key is for an organization it does not have.
    pub fn make(&self, new: NewWorld) -> Result<Arc<Account>, NotMade> {
        let edge = EdgeTime::read();
        let mut shelves = self.shelves.write();
        if shelves.len() >= WORLDS_KEPT {
            return Err(NotMade::TooMany);
        }
        let number = shelves.next_number();
        let own_seed = self.plan.seed.wrapping_add(number);
        let base = new.source.name(&self.plan);
        let (origin, own_ids) = match new.source {
            Source::Beginning => (self.beginning.origin(&self.plan, edge), true),
            Source::File(file) => (built(&file, own_seed, self.plan.clock, edge), false),
            Source::Snapshot { snapshot, .. } => (Origin { snapshot: *snapshot, clock: None }, false),
        };
        // A branch goes on with the ids of its source.
        let seed = new.seed.or_else(|| own_ids.then_some(own_seed));
        let snapshot = seed.into_iter().fold(origin.snapshot, Snapshot::reseeded);
        let origin = Origin { snapshot, ..origin };

        let is_taken = |id: &str| shelves.key(id).is_some() || shelves.with_alias(id).is_some();
        let mut names = Names::new(own_seed);
        let alias = match new.alias {
            Some(alias) if is_taken(&alias) => {
                return Err(NotMade::AliasTaken(alias));
            }
            Some(alias) => alias,
            None => names.alias(&base, is_taken),
        };
        let organizations = &origin.snapshot.world.directory.organizations;
        let keys = names.keys(organizations.iter().map(|one| &one.id), new.keys, is_taken)?;
        let (outgoing, alarms) = (self.outgoing.clone(), self.alarms.clone());
        let account = Account::new((number, &alias), &self.plan, origin, edge, outgoing, alarms);
        let key = |GivenKey { organization, secret_id, secret_key }| {
            Arc::new(Key { secret_id, secret_key, account: account.clone(), organization })
        };
        shelves.put(&account, keys.into_iter().map(key).collect());
        Ok(account)
    }

    /// Takes a world away, with its keys. Says whether there was one; the first world stays.
    pub fn remove(&self, account: &Account) -> bool {
        let mut shelves = self.shelves.write();
        if shelves.first().is_none_or(|first| first.number == account.number) {
            return false;
        }
        let removed = shelves.take(account.number);
        drop(shelves);
        if let Some(account) = &removed {
            account.retire();
        }
        removed.is_some()
    }

    /// The key with this SecretId.
    #[must_use]
    pub fn key(&self, secret_id: &str) -> Option<Arc<Key>> {
        self.shelves.read().key(secret_id).cloned()
    }

    /// The SecretKey that somebody with a SecretId nobody knows would have to sign with to get a world of their own.
    /// `None` where there is none to be had.
    #[must_use]
    pub fn key_of_stranger<'a>(&self, secret_id: &'a str) -> Option<&'a str> {
        (self.plan.open && GivenKey::may_be_secret_id(secret_id)).then_some(secret_id)
    }

    /// Makes a world for somebody whose signature was right though nobody knew them; its first organization's key is theirs.
    pub fn admit(&self, secret_id: &str) -> Option<Arc<Key>> {
        let secret_key = self.key_of_stranger(secret_id)?.to_owned();
        let organization = self.plan.file.organizations.first()?.id.as_str().into();
        let given = GivenKey { organization, secret_id: secret_id.to_owned(), secret_key };
        match self.make(NewWorld { keys: vec![given], ..NewWorld::default() }) {
            Ok(account) => tracing::info!(world = &*account.alias, "a world of its own for a new SecretId"),
            // Somebody else's first call with this SecretId was quicker: that world is meant.
            Err(NotMade::SecretIdTaken(_)) => {}
            Err(error) => tracing::warn!(%error, "no world of its own for a new SecretId"),
        }
        self.key(secret_id)
    }

    /// The key of the first organization of the first world: who unsigned calls come from, where they are allowed.
    #[must_use]
    pub fn first_key(&self) -> Option<Arc<Key>> {
        let shelves = self.shelves.read();
        shelves.keys_of(shelves.first()?.number).first().cloned()
    }

    /// What worlds start with unless something else is said.
    #[must_use]
    pub fn file(&self) -> &WorldFile {
        &self.plan.file
    }

    /// The clock of a world that would be made now.
    #[must_use]
    pub fn clock_of_new_worlds(&self) -> Clock {
        self.plan.clock
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

    /// When which world is due.
    #[must_use]
    pub fn alarms(&self) -> &Arc<Alarms> {
        &self.alarms
    }

    /// The snapshots that were taken or brought along.
    #[must_use]
    pub fn snapshots(&self) -> &Snapshots {
        &self.snapshots
    }

    /// Every world, the first one first.
    #[must_use]
    pub fn accounts(&self) -> Vec<Arc<Account>> {
        self.shelves.read().accounts().cloned().collect()
    }

    /// The first world.
    #[must_use]
    pub fn first(&self) -> Option<Arc<Account>> {
        self.shelves.read().first().cloned()
    }

    /// The world with this number.
    #[must_use]
    pub fn account_numbered(&self, number: u64) -> Option<Arc<Account>> {
        self.shelves.read().numbered(number).cloned()
    }

    /// The world with this alias.
    #[must_use]
    pub fn account_with_alias(&self, alias: &str) -> Option<Arc<Account>> {
        self.shelves.read().with_alias(alias).cloned()
    }

    /// The world with this alias, or the one this SecretId opens.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Arc<Account>> {
        let shelves = self.shelves.read();
        shelves.with_alias(name).cloned().or_else(|| shelves.key(name).map(|key| key.account.clone()))
    }

    /// The keys of a world, in the order of its organizations.
    #[must_use]
    pub fn keys_of(&self, account: &Account) -> Vec<Arc<Key>> {
        self.shelves.read().keys_of(account.number).to_vec()
    }

    /// The RequestId of a call nobody is known for.
    pub fn stranger_request_id(&self) -> String {
        self.strangers.lock().refused()
    }
}
