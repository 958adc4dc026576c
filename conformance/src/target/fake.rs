//! The fake as a target: a world for every case, moved by the control API.

use std::collections::BTreeMap;
use std::time::Duration;

use ess_client::http::{Trust, client_builder};
use ess_client::{Client, Credentials, RetryPolicy};
use ess_mock_server::MockServer;
use ess_mock_server::domain::time::Timestamp;
use ess_mock_server::engine::world_file::WorldFile;
use serde_json::{Map, Value, json};

use super::profile::Profile;
use super::{PATIENCE, World};
use crate::inbox::Inbox;
use crate::suite::folder::Folder;

/// When worlds of the suite begin: 2023-11-15T06:13:20+08:00.
const BEGINS: i64 = 1_700_000_000;
/// How long the suite's receiver may be silent. Under a frozen clock a silence counts five seconds of the world's, whatever it costs.
const RECEIVER_PATIENCE: Duration = Duration::from_millis(150);

/// A server of ours.
pub struct Fake {
    url: String,
    token: Option<String>,
    http: reqwest::Client,
    /// The world file, as JSON, from which worlds are made.
    world: Value,
    /// Kept running as long as the target is used.
    _server: Option<MockServer>,
}

/// A world of the fake's.
pub struct FakeWorld {
    url: String,
    token: Option<String>,
    http: reqwest::Client,
    alias: String,
    /// The company that acts.
    pub organization: String,
}

impl Fake {
    /// Starts one in this process.
    ///
    /// # Errors
    /// It does not start, or the suite has no world.
    pub async fn start(folder: &Folder) -> Result<Self, String> {
        let world = world_file(folder)?;
        let file = WorldFile::parse("worlds/suite.yaml", &world).map_err(|error| error.to_string())?;
        let server = MockServer::builder()
            .world(file)
            .frozen_at(Timestamp::from_seconds(BEGINS))
            .rate_limit(false)
            .callback_timeout(RECEIVER_PATIENCE)
            .start()
            .await
            .map_err(|error| error.to_string())?;
        let url = server.url().to_owned();
        Self::at(url, None, &world, Some(server))
    }

    /// One that runs at a URL already.
    ///
    /// # Errors
    /// The suite has no world, or nothing answers there.
    pub fn running(url: &str, token: Option<String>, folder: &Folder) -> Result<Self, String> {
        Self::at(url.trim_end_matches('/').to_owned(), token, &world_file(folder)?, None)
    }

    fn at(url: String, token: Option<String>, world: &str, server: Option<MockServer>) -> Result<Self, String> {
        let world = serde_saphyr::from_str(world).map_err(|error| format!("worlds/suite.yaml: {error}"))?;
        let http =
            client_builder(Trust::Nobody).and_then(|builder| Ok(builder.no_proxy().timeout(PATIENCE).build()?));
        Ok(Self { url, token, http: http.map_err(|error| error.to_string())?, world, _server: server })
    }

    /// Where calls go.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A new world, its clock standing still.
    pub(super) async fn world(&self, profile: &Profile, number: usize, inbox: Option<&Inbox>) -> Result<World, String> {
        let wanted = json!({"from": self.world, "alias": format!("case-{number}-{}", std::process::id())});
        let made =
            control(&self.http, &self.url, self.token.as_deref(), None, "POST", "/_mock/worlds", Some(wanted)).await?;
        let alias = made["alias"].as_str().unwrap_or_default().to_owned();
        let fake = FakeWorld {
            url: self.url.clone(),
            token: self.token.clone(),
            http: self.http.clone(),
            alias,
            organization: made["ORGANIZATION_ID"].as_str().unwrap_or_default().to_owned(),
        };
        if self._server.is_none() {
            fake.control("POST", "/_mock/clock", Some(json!({"freeze": true}))).await?;
        }
        let mailbox = match inbox {
            Some(inbox) => {
                let mailbox = inbox.open(number);
                fake.control("POST", "/_mock/callbacks/addresses", Some(mailbox.address())).await?;
                // What happens in a platform's application is told to the application's addresses only.
                for application in self.world["applications"].as_array().into_iter().flatten() {
                    let mut address = mailbox.address();
                    address["generation"] = json!("partner");
                    address["application"] = application["id"].clone();
                    fake.control("POST", "/_mock/callbacks/addresses", Some(address)).await?;
                }
                Some(mailbox)
            }
            None => None,
        };
        let clients = self.clients(profile, &made)?;
        Ok(World {
            clients,
            values: profile.values.clone(),
            instead: BTreeMap::new(),
            human: None,
            pace: Duration::ZERO,
            fake: Some(fake),
            mailbox,
            http: self.http.clone(),
            hosts: None,
        })
    }

    fn clients(&self, profile: &Profile, made: &Value) -> Result<BTreeMap<String, Client>, String> {
        let keys = made["keys"].as_array().cloned().unwrap_or_default();
        let client = |(name, key): (&String, &super::profile::Key)| {
            let own = keys.iter().find(|own| own["ORGANIZATION_ID"] == key.organization.as_str());
            let own = own.ok_or_else(|| format!("the world has no key of the company `{}`", key.organization))?;
            let text = |field: &str| own[field].as_str().unwrap_or_default();
            let credentials = Credentials::new(text("SECRET_ID"), text("SECRET_KEY"));
            let builder = Client::builder(credentials).server(&self.url).timeout(PATIENCE).retry(RetryPolicy::never());
            Ok((name.clone(), builder.build().map_err(|error| error.to_string())?))
        };
        profile.keys.iter().map(client).collect()
    }
}

fn world_file(folder: &Folder) -> Result<String, String> {
    let bytes = folder.bytes("worlds", "suite.yaml").map_err(|mistake| mistake.to_string())?;
    String::from_utf8(bytes).map_err(|error| format!("worlds/suite.yaml: {error}"))
}

impl FakeWorld {
    /// Asks the control API about this world.
    ///
    /// # Errors
    /// What it says against it.
    pub async fn control(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        control(&self.http, &self.url, self.token.as_deref(), Some(&self.alias), method, path, body).await
    }

    /// Opens a page as a browser does: the HTTP status and the text.
    ///
    /// # Errors
    /// Nothing answers.
    pub async fn open(&self, url: &str) -> Result<(u16, String), String> {
        self.visit(self.http.get(url)).await.map(|(_, status, text)| (status, text))
    }

    /// Opens a page and does something there, as JSON: the HTTP status and the text.
    ///
    /// # Errors
    /// Nothing answers.
    pub async fn act(&self, url: &str, wish: &Value) -> Result<(u16, String), String> {
        // A short link leads elsewhere.
        let (url, status, text) = self.visit(self.http.get(url).header("accept", "application/json")).await?;
        if status >= 400 {
            return Ok((status, text));
        }
        let post = self.http.post(url).header("accept", "application/json").header("content-type", "application/json");
        self.visit(post.body(wish.to_string())).await.map(|(_, status, text)| (status, text))
    }

    async fn visit(&self, request: reqwest::RequestBuilder) -> Result<(reqwest::Url, u16, String), String> {
        let response = request.send().await.map_err(|error| error.to_string())?;
        let (url, status) = (response.url().clone(), response.status().as_u16());
        let text = response.text().await.map_err(|error| format!("{url}: {error}"))?;
        Ok((url, status, text))
    }

    /// Its time, in unix seconds.
    ///
    /// # Errors
    /// It does not say.
    pub async fn now(&self) -> Result<i64, String> {
        let clock = self.control("GET", "/_mock/clock", None).await?;
        clock["now"].as_i64().ok_or_else(|| format!("the clock says {clock}"))
    }

    /// Moves its time; whatever is due on the way has happened, and every callback has its outcome.
    ///
    /// # Errors
    /// It does not come to rest.
    pub async fn advance(&self, span: &str) -> Result<(), String> {
        let moved = self.control("POST", "/_mock/clock", Some(json!({"advance": span}))).await?;
        if moved["settled"] == true { Ok(()) } else { Err(format!("the world does not come to rest: {moved}")) }
    }

    /// Takes it away.
    ///
    /// # Errors
    /// It is not there any more.
    pub async fn remove(&self) -> Result<(), String> {
        self.control("DELETE", &format!("/_mock/worlds/{}", self.alias), None).await.map(drop)
    }
}

async fn control(
    http: &reqwest::Client,
    url: &str,
    token: Option<&str>,
    world: Option<&str>,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> Result<Value, String> {
    let method = method.parse().map_err(|_| format!("`{method}` is no method"))?;
    let mut request = http.request(method, format!("{url}{path}"));
    if let Some(world) = world {
        request = request.header("X-Mock-World", world);
    }
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let response = request.send().await.map_err(|error| format!("{path}: {error}"))?;
    let status = response.status();
    let text = response.text().await.map_err(|error| format!("{path}: {error}"))?;
    if !status.is_success() {
        return Err(format!("{path}: HTTP {status}: {text}"));
    }
    if text.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))
}
