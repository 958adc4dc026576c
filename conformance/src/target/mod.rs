//! What the suite runs against: the fake, in process or at a URL, or a service that only answers calls.
//!
//! [`address`] is what `--target` says, [`opening`] makes a target of it.

pub mod address;
pub mod fake;
pub mod opening;
pub mod plain;
pub mod profile;

use std::collections::BTreeMap;
use std::time::Duration;

use ess_client::Client;
use reqwest::Url;
use serde_json::{Map, Value};

use self::fake::{Fake, FakeWorld};
use self::plain::Plain;
use self::profile::Profile;
use crate::inbox::{Inbox, Mailbox};
use crate::stage::human::Human;
use crate::suite::folder::Folder;
use crate::suite::marks::Capability;

/// Something that answers calls.
pub struct Target {
    /// What it is called in reports.
    pub name: String,
    /// What it can do, and what cases may name.
    pub profile: Profile,
    /// How it is reached.
    pub reach: Reach,
}

/// How a target is reached, and what moves it besides calls.
pub enum Reach {
    /// The fake: every case gets a world, and the control API moves it.
    Fake(Fake),
    /// A service that only answers calls, at one address or at the vendor's hosts.
    Plain(Plain),
}

/// A world of a target in which one case plays.
pub struct World {
    /// A client for each of the profile's keys.
    pub clients: BTreeMap<String, Client>,
    /// Values that cases may name.
    pub values: Map<String, Value>,
    /// Preparations that stand in for others.
    pub instead: BTreeMap<String, String>,
    /// Somebody who signs when asked, where no program can.
    pub human: Option<Human>,
    /// Between two calls.
    pub pace: Duration,
    /// What moves it, when it is the fake's.
    pub fake: Option<FakeWorld>,
    /// Where its callbacks come to, when a case listens.
    pub mailbox: Option<Mailbox>,
    /// What fetches files.
    pub http: reqwest::Client,
    /// Hosts that may be spoken to; any, without a list.
    pub hosts: Option<Vec<String>>,
}

/// No call of a suite takes longer; the vendor's own limit is 30 s. (gw)
const PATIENCE: Duration = Duration::from_secs(40);

impl Target {
    /// The fake, started in this process, with the profile the suite has of it.
    ///
    /// # Errors
    /// It does not start, or the suite has no profile or no world for it.
    pub async fn fake(folder: &Folder) -> Result<Self, String> {
        let text = folder.bytes("targets", "fake.yaml").map_err(|mistake| mistake.to_string())?;
        let text = String::from_utf8(text).map_err(|error| format!("targets/fake.yaml: {error}"))?;
        let profile = Profile::read("targets/fake.yaml", &text, |name| std::env::var(name).ok());
        let profile = profile.map_err(|mistake| mistake.to_string())?;
        Ok(Self { name: "fake".to_owned(), profile, reach: Reach::Fake(Fake::start(folder).await?) })
    }

    /// Whether it is ours, which has no excuse.
    pub fn is_fake(&self) -> bool {
        matches!(self.reach, Reach::Fake(_))
    }

    /// Whether it can do this.
    pub fn can(&self, capability: Capability) -> bool {
        self.profile.capabilities.contains(&capability)
    }

    /// A world for a case.
    ///
    /// # Errors
    /// What keeps the target from giving one.
    pub async fn world(&self, number: usize, inbox: Option<&Inbox>) -> Result<World, String> {
        match &self.reach {
            Reach::Fake(fake) => fake.world(&self.profile, number, inbox).await,
            Reach::Plain(plain) => plain.world(&self.profile),
        }
    }
}

impl World {
    /// Fetches a file: the HTTP status and the bytes.
    ///
    /// # Errors
    /// Nothing answers, or the host must not be spoken to.
    pub async fn fetch(&self, url: &str) -> Result<(u16, Vec<u8>), String> {
        let url: Url = url.parse().map_err(|error| format!("{url}: {error}"))?;
        if let Some(hosts) = &self.hosts
            && !hosts.iter().any(|host| allows(host, &url))
        {
            return Err(format!("{url}: the host is not among those that may be spoken to: {}", hosts.join(", ")));
        }
        let response = self.http.get(url.clone()).send().await.map_err(|error| format!("{url}: {error}"))?;
        let status = response.status().as_u16();
        let bytes = response.bytes().await.map_err(|error| format!("{url}: {error}"))?;
        Ok((status, bytes.to_vec()))
    }
}

/// `host` allows every port of it, `host:port` one.
fn allows(allowed: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    allowed == host || url.port_or_known_default().is_some_and(|port| allowed == format!("{host}:{port}"))
}
