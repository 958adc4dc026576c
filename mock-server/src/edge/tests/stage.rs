//! A server without a socket: the demo world, a fixed seed, a clock that stands still.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::Service;
use http::Request;
use http_body_util::BodyExt as _;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::callbacks::courier::{self, Timeouts};
use crate::coverage::is_common;
use crate::documents::sample_contract;
use crate::domain::time::Timestamp;
use crate::edge::{Edge, EdgeOptions};
use crate::engine::account::{Account, Job};
use crate::engine::clock::{Clock, EdgeTime};
use crate::engine::registry::{Plan, Registry};
use crate::engine::world_file::{DEMO, OrganizationRow, WorldFile};
use crate::gateway::credential::Auth;
use crate::journal::BYTES_KEPT;

/// Whether an answer says that this server failed. One action of `ess` publishes no other code than `InternalError`, and
/// refuses with it.
pub(super) fn is_defect(action: &str, answer: &Value) -> bool {
    answer["Error"]["Code"] == "InternalError" && action != "VerifyDigitFile"
}

pub(super) struct Stage {
    edge: Arc<Edge>,
    pub(super) registry: Arc<Registry>,
    pub(super) file: Arc<WorldFile>,
    /// Which company of the file calls.
    pub(super) acting: usize,
    /// Callbacks that may go out; nobody carries them unless somebody receives.
    jobs: Mutex<Option<mpsc::UnboundedReceiver<Job>>>,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::of(WorldFile::parse("demo", DEMO).unwrap())
    }

    /// The same, where whoever comes gets a world of their own.
    pub(super) fn for_everybody() -> Self {
        Self::with(WorldFile::parse("demo", DEMO).unwrap(), true)
    }

    /// The same with another world.
    pub(super) fn of(file: WorldFile) -> Self {
        Self::with(file, false)
    }

    fn with(file: WorldFile, open: bool) -> Self {
        let file = Arc::new(file);
        let clock = Clock::Frozen(Timestamp::from_seconds(1_700_000_000));
        let plan = Plan {
            file: file.clone(),
            seed: 7,
            clock,
            public_url: "http://mock".into(),
            fonts: Arc::default(),
            open,
            journal_bytes: BYTES_KEPT,
        };
        let (outgoing, jobs) = mpsc::unbounded_channel();
        let registry = Registry::new(plan, outgoing);
        Self {
            edge: Edge::new(registry.clone(), EdgeOptions { auth: Auth::Off, ..EdgeOptions::default() }),
            registry,
            file,
            acting: 0,
            jobs: Mutex::new(Some(jobs)),
        }
    }

    /// Sends raw bytes to an action.
    pub(super) async fn exchange(&self, service: Service, action: &str, body: impl Into<Body>) -> Response {
        let key = &self.company().key.as_ref().expect("a company that calls has a key").secret_id;
        self.exchange_as(key, service, action, body).await
    }

    async fn exchange_as(&self, key: &str, service: Service, action: &str, body: impl Into<Body>) -> Response {
        let request = Request::post("/")
            .header("content-type", "application/json")
            .header("host", "mock")
            .header("x-tc-action", action)
            .header("x-tc-version", service.version())
            .header("x-tc-timestamp", "1700000000")
            .header("authorization", authorization(key))
            .body(body.into())
            .unwrap();
        self.edge.clone().answer(request).await
    }

    /// Sends raw bytes to an action; answers the body's `Response`.
    pub(super) async fn send(&self, service: Service, action: &str, body: impl Into<Body>) -> Value {
        let key = &self.company().key.as_ref().expect("a company that calls has a key").secret_id;
        self.send_as(key, service, action, body).await
    }

    async fn send_as(&self, key: &str, service: Service, action: &str, body: impl Into<Body>) -> Value {
        let response = self.exchange_as(key, service, action, body).await;
        assert_eq!(response.status(), 200, "the vendor always answers 200");
        assert_eq!(response.headers()["content-type"], "application/json");
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let mut envelope: Value = serde_json::from_slice(&bytes).expect("every answer is JSON");
        let answer = envelope["Response"].take();
        assert!(answer["RequestId"].as_str().is_some_and(|id| !id.is_empty()), "{answer}");
        if answer.get("Error").is_none() {
            let contract = ess_schemas::action(service, action).expect("an action that answers is known");
            let schema = jsonschema::validator_for(&ess_schemas::response_schema(contract)).unwrap();
            assert!(schema.is_valid(&answer), "{action}: {:?}", schema.validate(&answer));
        } else if let Some(contract) = ess_schemas::action(service, action) {
            let code = answer["Error"]["Code"].as_str().expect("an error has a code");
            assert!(contract.lists(code) || is_common(code), "{action} does not publish {code}: {answer}");
        }
        answer
    }

    /// Calls an action of `ess`.
    pub(super) async fn call(&self, action: &str, parameters: Value) -> Value {
        self.send(Service::Ess, action, parameters.to_string()).await
    }

    /// The same with this key, whosever it is.
    pub(super) async fn call_as(&self, key: &str, action: &str, parameters: Value) -> Value {
        self.send_as(key, Service::Ess, action, parameters.to_string()).await
    }

    /// Lets callbacks go out from now on.
    pub(super) fn carry_callbacks(&self) {
        let timeout = Duration::from_millis(500);
        let jobs = self.jobs.lock().take().expect("callbacks go out already");
        tokio::spawn(courier::carry(jobs, Timeouts { running: timeout, frozen: timeout }));
    }

    pub(super) fn account(&self) -> Arc<Account> {
        self.registry.first().unwrap()
    }

    pub(super) fn operator(&self) -> Value {
        json!({"UserId": self.company().employees[0].id})
    }

    /// The company that calls.
    pub(super) fn company(&self) -> &OrganizationRow {
        &self.file.organizations[self.acting]
    }

    /// Signs for whoever is due first.
    pub(super) fn sign_next(&self, flow: &str) {
        let signed = self.account().try_enter(EdgeTime::read(), |world, now, outbox| {
            let flow = world.flows.get(flow).unwrap().clone();
            let due = flow.approvers.iter().find(|one| one.is_due()).expect("somebody is due");
            world.sign_flow(&flow.id, &due.recipient.clone(), now, outbox)
        });
        signed.unwrap();
    }

    pub(super) async fn upload(&self) -> String {
        let file = json!({"FileName": "合同.pdf", "FileBody": sample_body()});
        let answer = self.call("UploadFiles", json!({"BusinessType": "DOCUMENT", "FileInfos": [file]})).await;
        answer["FileIds"][0].as_str().expect("a file id").to_owned()
    }

    /// A contract between the demo company, a person, and the company's machine.
    pub(super) async fn new_flow(&self) -> Value {
        let company = &self.file.organizations[0];
        let component = |kind: &str, x: i32| {
            json!({"ComponentType": kind, "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": x, "ComponentPosY": 600,
                   "ComponentWidth": 100, "ComponentHeight": 100})
        };
        let mut machine = component("SIGN_SEAL", 400);
        machine["ComponentValue"] = json!(company.seals[0].id);
        json!({
            "Operator": self.operator(),
            "FlowName": "采购合同",
            "FileIds": [self.upload().await],
            "Approvers": [
                {"ApproverType": 0, "OrganizationName": company.name, "ApproverName": "典子谦",
                 "ApproverMobile": "13200000000", "SignComponents": [component("SIGN_SEAL", 60)]},
                {"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
                 "SignComponents": [component("SIGN_SIGNATURE", 220)]},
                {"ApproverType": 3, "SignComponents": [machine]},
            ],
        })
    }

    pub(super) async fn launch(&self) -> String {
        let answer = self.call("CreateFlowByFiles", self.new_flow().await).await;
        answer["FlowId"].as_str().unwrap_or_else(|| panic!("no contract: {answer}")).to_owned()
    }
}

/// Names a key; nothing proves it, since the stage does not check signatures.
fn authorization(key: &str) -> String {
    format!("TC3-HMAC-SHA256 Credential={key}/2023-11-14/ess/tc3_request, SignedHeaders=host, Signature=0")
}

/// The sample contract as uploads carry it.
pub(super) fn sample_body() -> String {
    STANDARD.encode(sample_contract())
}
