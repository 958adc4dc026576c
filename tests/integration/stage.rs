//! A server, and what a test needs to call it.

use ess_client::http::{Trust, client_builder};
use ess_client::{Client, Credentials};
use ess_mock_server::MockServer;
use ess_schemas::ess::UserInfo;
use ess_schemas::{ActionContract, Service};
use ess_tests::{Key, json_call};
use serde_json::{Value, json};

use crate::socket::{self, Answer};

/// A server on a clock that stands still, with the demo world.
pub(crate) struct Stage {
    pub(crate) server: MockServer,
    pub(crate) key: Key,
    /// What clients put into `Host`.
    pub(crate) host: String,
    pub(crate) world: Value,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        Self::with(MockServer::builder().frozen().start().await.unwrap()).await
    }

    pub(crate) async fn with(server: MockServer) -> Self {
        let key = server.key().unwrap();
        let key = Key::new(&key.secret_id, &key.secret_key);
        let host = server.address().to_string();
        let world = http().get(format!("{}/_mock/world", server.url())).send().await.unwrap();
        let world = serde_json::from_slice(&world.bytes().await.unwrap()).unwrap();
        Self { server, key, host, world }
    }

    /// One of the values of `/_mock/world`.
    pub(crate) fn value(&self, name: &str) -> String {
        self.world[name].as_str().unwrap().to_owned()
    }

    pub(crate) fn operator(&self) -> UserInfo {
        UserInfo { user_id: Some(self.value("OPERATOR_USER_ID")), ..UserInfo::default() }
    }

    /// The reference client, pointed here.
    pub(crate) fn client(&self) -> Client {
        let credentials = Credentials::new(self.key.id.clone(), self.key.secret.clone());
        Client::builder(credentials).server(self.server.url()).build().unwrap()
    }

    /// One correctly signed call with any body, on a connection of its own.
    pub(crate) async fn call(&self, action: &ActionContract, body: impl Into<Vec<u8>>) -> Answer {
        let request = json_call(&self.key, &self.host, action, now(), body);
        socket::exchange(self.server.address(), &request.bytes()).await
    }

    /// Moves the clock and waits for every callback on the way.
    pub(crate) async fn advance(&self, span: &str) {
        let moved = self.control("clock", &json!({ "advance": span })).await;
        assert_eq!(moved["settled"], true, "{moved}");
    }

    /// One POST to the control API.
    pub(crate) async fn control(&self, route: &str, body: &Value) -> Value {
        let url = format!("{}/_mock/{route}", self.server.url());
        let request = http().post(url).header("Content-Type", "application/json").body(body.to_string());
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{route}");
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }
}

/// What opens links and calls the control API: follows redirects, knows no certificates.
pub(crate) fn http() -> reqwest::Client {
    client_builder(Trust::Nobody).unwrap().build().unwrap()
}

/// The contract of an action that exists.
pub(crate) fn action(service: Service, name: &str) -> &'static ActionContract {
    ess_schemas::action(service, name).unwrap_or_else(|| panic!("no action {name}"))
}

/// Seconds since 1970 by the machine's clock, as clients sign with it.
#[allow(clippy::disallowed_methods, reason = "signatures are checked against real time, so a client must read it")]
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}
