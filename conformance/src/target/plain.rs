//! A service that only answers calls: the vendor's test environment, or anything at a URL.

use std::time::Duration;

use ess_client::http::{Trust, client_builder};
use ess_client::{Client, Credentials, RetryPolicy};
use reqwest::Url;
use tokio::net::TcpStream;

use super::profile::{Key, Profile};
use super::{PATIENCE, World};
use crate::inbox::Mailbox;
use crate::stage::human::Human;

/// The vendor's hosts of its test environment. (api, page test environment)
const VENDORS: [&str; 3] = ["ess.test.ess.tencent.cn", "essbasic.test.ess.tencent.cn", "file.test.ess.tencent.cn"];
/// How long a connection may take to come about.
const CONNECTING: Duration = Duration::from_secs(10);

/// A service that only answers calls.
pub struct Plain {
    /// Everything goes there; the vendor's test hosts without one.
    pub url: Option<String>,
    /// Hosts that may be spoken to, each with its port where there is only one.
    pub hosts: Vec<String>,
    /// What fetches files.
    pub http: reqwest::Client,
    /// Between two calls.
    pub pace: Duration,
    /// Somebody who signs when asked.
    pub human: Option<Human>,
    /// Where its callbacks come to.
    pub mailbox: Option<Mailbox>,
}

impl Plain {
    /// Everything at one URL, or at the vendor's test hosts without one; `more` may be spoken to besides.
    ///
    /// # Errors
    /// The URL is none, or this machine has no certificates.
    pub fn new(url: Option<String>, more: &[String], pace: Duration) -> Result<Self, String> {
        let mut hosts = match &url {
            Some(url) => vec![host(url)?],
            None => VENDORS.map(str::to_owned).to_vec(),
        };
        hosts.extend(more.iter().cloned());
        let trust =
            if url.as_ref().is_some_and(|url| url.starts_with("http://")) { Trust::Nobody } else { Trust::System };
        // A redirection would lead to a host nobody has looked at.
        let http = client_builder(trust)
            .and_then(|builder| Ok(builder.redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build()?))
            .map_err(|error| error.to_string())?;
        Ok(Self { url, hosts, http, pace, human: None, mailbox: None })
    }

    /// Whether something listens at each of its own hosts. Nothing is sent.
    ///
    /// # Errors
    /// Which does not.
    pub async fn reach(&self) -> Result<(), String> {
        let own = match &self.url {
            Some(url) => vec![url.clone()],
            None => VENDORS.map(|host| format!("https://{host}")).to_vec(),
        };
        for url in own {
            let parsed: Url = url.parse().map_err(|error| format!("{url}: {error}"))?;
            let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
            let port = parsed.port_or_known_default().unwrap_or(443);
            let connected = tokio::time::timeout(CONNECTING, TcpStream::connect((host, port))).await;
            let failed = match connected {
                Ok(Ok(_)) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(_) => format!("no connection within {} s", CONNECTING.as_secs()),
            };
            return Err(format!("{url}: {failed}"));
        }
        Ok(())
    }

    pub(super) fn world(&self, profile: &Profile) -> Result<World, String> {
        let clients = profile.keys.iter().map(|(name, key)| Ok((name.clone(), self.client(key)?)));
        Ok(World {
            clients: clients.collect::<Result<_, String>>()?,
            values: profile.values.clone(),
            instead: profile.instead.clone(),
            fake: None,
            human: self.human.clone(),
            mailbox: self.mailbox.as_ref().map(Mailbox::from_now_on),
            http: self.http.clone(),
            hosts: Some(self.hosts.clone()),
            pace: self.pace,
        })
    }

    fn client(&self, key: &Key) -> Result<Client, String> {
        let builder = Client::builder(Credentials::new(&key.secret_id, &key.secret_key));
        let builder = match &self.url {
            Some(url) => builder.server(url),
            None => builder.test_environment(),
        };
        let builder = builder.timeout(PATIENCE).retry(RetryPolicy::never()).only_hosts(self.hosts.iter().cloned());
        builder.build().map_err(|error| error.to_string())
    }
}

/// `host:port` of a URL that names a port, else its host.
fn host(url: &str) -> Result<String, String> {
    let parsed: Url = url.parse().map_err(|error| format!("`{url}` is no URL: {error}"))?;
    let host = parsed.host_str().ok_or_else(|| format!("`{url}` has no host"))?;
    Ok(parsed.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
