//! Everything a client can be told before its first call.

use std::sync::Arc;
use std::time::Duration;

use ess_schemas::Service;

use crate::client::Settings;
use crate::endpoint::Addresses;
use crate::hosts::AllowedHosts;
use crate::transport::Transport;
use crate::{BuildError, Client, Clock, Credentials, RetryPolicy, SystemClock};

/// The language of the gateway's messages, `X-TC-Language`. The services' own messages are Chinese regardless. (api common)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `zh-CN`
    Chinese,
    /// `en-US`
    English,
}

impl Language {
    /// The header's value.
    pub fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en-US",
        }
    }
}

/// Builds a [`Client`]. What is not said is as the vendor's SDKs have it: production hosts, no region, 60 seconds for a call. (wire)
///
/// ```
/// use ess_client::{Client, Credentials, Language, RetryPolicy};
///
/// let client = Client::builder(Credentials::new("AKID...", "secret"))
///     .server("http://127.0.0.1:8480") // everything to a local ess-mock
///     .language(Language::English)
///     .retry(RetryPolicy::never())
///     .build()?;
/// # Ok::<(), ess_client::BuildError>(())
/// ```
#[must_use = "nothing is called before `build`"]
pub struct ClientBuilder {
    credentials: Credentials,
    addresses: Addresses,
    file_address: Option<String>,
    region: Option<String>,
    language: Option<Language>,
    unsigned_payload: bool,
    timeout: Duration,
    connect_timeout: Duration,
    only_hosts: Option<Vec<String>>,
    retry: RetryPolicy,
    clock: Arc<dyn Clock>,
}

impl ClientBuilder {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            addresses: Addresses::production(),
            file_address: None,
            region: None,
            language: None,
            unsigned_payload: false,
            timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
            only_hosts: None,
            retry: RetryPolicy::default(),
            clock: Arc::new(SystemClock),
        }
    }

    /// Calls the vendor's test environment.
    pub fn test_environment(mut self) -> Self {
        self.addresses = Addresses::test_environment();
        self
    }

    /// Calls one server for everything: both services and their files.
    pub fn server(mut self, url: &str) -> Self {
        Service::ALL.into_iter().for_each(|service| self.addresses.set_service(service, url));
        self
    }

    /// Calls a service elsewhere. Its files go there too, unless [`file_endpoint`](Self::file_endpoint) says otherwise.
    pub fn endpoint(mut self, service: Service, url: &str) -> Self {
        self.addresses.set_service(service, url);
        self
    }

    /// Sends `UploadFiles` of both services elsewhere.
    pub fn file_endpoint(mut self, url: &str) -> Self {
        self.file_address = Some(url.to_owned());
        self
    }

    /// Reaches these hosts and no other, in calls and downloads alike: what would go elsewhere is refused before a connection is made, as
    /// [`ErrorKind::ForeignHost`](crate::ErrorKind::ForeignHost). `ess.test.ess.tencent.cn` allows every port of that host, `127.0.0.1:8480` one.
    ///
    /// The list is about the address that is asked for. A proxy of the environment, if `https://` goes through one, is the environment's choice.
    pub fn only_hosts<H: Into<String>>(mut self, hosts: impl IntoIterator<Item = H>) -> Self {
        self.only_hosts = Some(hosts.into_iter().map(Into::into).collect());
        self
    }

    /// Sends `X-TC-Region`. Neither service needs one.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Asks for the gateway's messages in a language; without this, in English.
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Leaves the body out of the signature (`UNSIGNED-PAYLOAD`), which saves hashing big files and proves nothing about them.
    pub fn unsigned_payload(mut self, unsigned: bool) -> Self {
        self.unsigned_payload = unsigned;
        self
    }

    /// The longest one attempt may take, from connecting to the last byte of the answer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest connecting may take.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How often a call is tried. Whether it may be tried again at all is the error's to say.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Signs with the time of another clock than the machine's.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Checks what was said. Nothing is opened or loaded yet: that waits for the first call.
    pub fn build(mut self) -> Result<Client, BuildError> {
        if let Some(url) = &self.file_address {
            self.addresses.set_files(url);
        }
        in_a_header("SecretId", &self.credentials.secret_id)?;
        for (what, text) in [("token", &self.credentials.token), ("region", &self.region)] {
            text.as_deref().map_or(Ok(()), |text| in_a_header(what, text))?;
        }
        if self.credentials.secret_key.is_empty() {
            return Err(BuildError::SecretKeyEmpty);
        }
        let allowed = self.only_hosts.map(AllowedHosts::parse).transpose()?;
        Ok(Client::with(Settings {
            endpoints: self.addresses.parse()?,
            credentials: self.credentials,
            region: self.region,
            language: self.language,
            unsigned_payload: self.unsigned_payload,
            transport: Transport::new(allowed, self.timeout, self.connect_timeout),
            retry: self.retry,
            clock: self.clock,
        }))
    }
}

/// Catches the line break that came along when a secret was read from a file.
fn in_a_header(what: &'static str, text: &str) -> Result<(), BuildError> {
    let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(()) } else { Err(BuildError::HeaderText { what }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(credentials: Credentials) -> Result<Client, BuildError> {
        Client::builder(credentials).build()
    }

    #[test]
    fn a_secret_with_a_line_break_is_caught_before_the_first_call() {
        let expected = |what| Some(BuildError::HeaderText { what });

        assert_eq!(build(Credentials::new("AKID\n", "key")).err(), expected("SecretId"));
        assert_eq!(build(Credentials::new("", "key")).err(), expected("SecretId"));
        assert_eq!(build(Credentials::new("AKID", "key").with_token("t t")).err(), expected("token"));
        assert_eq!(build(Credentials::new("AKID", "")).err(), Some(BuildError::SecretKeyEmpty));
    }

    #[test]
    fn a_client_never_prints_its_secrets() {
        let client = build(Credentials::new("AKID", "hidden").with_token("hidden")).unwrap();

        assert!(!format!("{client:?}").contains("hidden"));
    }
}
