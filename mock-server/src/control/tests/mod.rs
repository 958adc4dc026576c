//! The control API through its router, without a socket. Every answer of every test is held against `openapi.json`.

mod autopilot;
mod by_hand;
mod callbacks;
mod clock;
mod customers;
mod description;
mod disorder;
mod employees;
mod faults;
mod flows;
mod notices;
mod quota;
mod refusals;
mod requests;
mod scenarios;
mod settings;
mod snapshots;
mod waiting;
mod worlds;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use ess_schemas::Service;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower::ServiceExt as _;

use super::{ControlOptions, router};
use crate::actions::{self, Reply};
use crate::callbacks::courier::{self, Timeouts};
use crate::callbacks::receiver;
use crate::documents::sample_contract;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::call::{Call, Caller};
use crate::engine::clock::{Clock, EdgeTime};
use crate::engine::driver;
use crate::engine::registry::{Plan, Registry};
use crate::engine::world_file::{DEMO, WorldFile};
use crate::journal::BYTES_KEPT;

/// When frozen worlds start: 2023-11-14T22:13:20Z.
const NOW: i64 = 1_700_000_000;

const SEED: u64 = 7;

/// A server without a socket: worlds, a courier, a driver, the control API.
struct Server {
    registry: Arc<Registry>,
    router: Router,
}

impl Server {
    /// The demo world, standing still.
    fn frozen() -> Self {
        Self::frozen_with_seed(SEED)
    }

    /// The same, with other chances.
    fn frozen_with_seed(seed: u64) -> Self {
        Self::made(seed, Clock::Frozen(Timestamp::from_seconds(NOW)), ControlOptions::default(), BYTES_KEPT)
    }

    /// The same with a journal of so many bytes.
    fn with_journal(most_bytes: usize) -> Self {
        Self::made(SEED, Clock::Frozen(Timestamp::from_seconds(NOW)), ControlOptions::default(), most_bytes)
    }

    fn new(clock: Clock, options: ControlOptions) -> Self {
        Self::made(SEED, clock, options, BYTES_KEPT)
    }

    fn made(seed: u64, clock: Clock, options: ControlOptions, journal_bytes: usize) -> Self {
        let (outgoing, jobs) = mpsc::unbounded_channel();
        let file = Arc::new(WorldFile::parse("the demo world", DEMO).unwrap());
        let plan = Plan {
            file,
            seed,
            clock,
            public_url: "http://127.0.0.1:8480".into(),
            fonts: Arc::default(),
            open: false,
            journal_bytes,
        };
        let registry = Registry::new(plan, outgoing);
        let timeout = Duration::from_millis(150);
        tokio::spawn(courier::carry(jobs, Timeouts { running: timeout, frozen: timeout }));
        tokio::spawn(driver::drive(Arc::downgrade(&registry), registry.alarms().clone()));
        Self { router: router(registry.clone(), options), registry }
    }

    fn account(&self) -> Arc<Account> {
        self.registry.first().unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        self.good("GET", path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.good("POST", path, Some(body)).await
    }

    /// An answer that must be a success.
    async fn good(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.ask(request(method, path, body)).await;
        assert_eq!(status, StatusCode::OK, "{method} {path}: {answer}");
        answer
    }

    /// A refusal that must have this status; its sentence.
    async fn bad(&self, method: &str, path: &str, body: Option<Value>, expected: u16) -> String {
        let (status, answer) = self.ask(request(method, path, body)).await;
        assert_eq!(status.as_u16(), expected, "{method} {path}: {answer}");
        answer["error"].as_str().unwrap().to_owned()
    }

    /// Any answer, held against the description.
    async fn ask(&self, request: Request<Body>) -> (StatusCode, Value) {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let (status, answer) = read(self.router.clone().oneshot(request).await.unwrap()).await;
        description::check(&method, &path, status, &answer);
        (status, answer)
    }
}

async fn read(response: Response<Body>) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{error}: {bytes:?}")))
}

fn request(method: &str, path: &str, body: Option<Value>) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    match body {
        Some(body) => request.header("Content-Type", "application/json").body(Body::from(body.to_string())),
        None => request.body(Body::empty()),
    }
    .unwrap()
}

/// Performs an API action as the first organization's operator, behind the gateway.
fn act(account: &Arc<Account>, action: &str, parameters: Value) -> Value {
    let contract = ess_schemas::action(Service::Ess, action).unwrap();
    let handler = actions::handler(contract).unwrap();
    let edge = EdgeTime::read();
    let work = handler.prepare(account, edge, parameters).unwrap();
    let answer = account.try_enter(edge, |world, now, outbox| {
        let organization = world.directory.organizations.iter().next().unwrap().clone();
        let operator = world.directory.employees.iter().next().cloned();
        let caller = Caller { organization, operator, rights: crate::domain::right::Rights::all(), agent: None };
        work(&mut Call { world, caller: &caller, now, outbox, urls: &account.urls })
    });
    let Reply::Response(answer) = answer.unwrap() else { panic!("{action} answers by itself") };
    serde_json::from_slice(&answer).unwrap()
}

/// Launches a contract that two people sign one after the other; its id.
fn launch(account: &Arc<Account>) -> String {
    launch_with(account, json!([person("张三", "18888888888"), person("李四", "18888888889")]))
}

fn person(name: &str, mobile: &str) -> Value {
    json!({ "ApproverType": 1, "ApproverName": name, "ApproverMobile": mobile, "SignComponents": [{
        "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1,
        "ComponentPosX": 100.0, "ComponentPosY": 100.0, "ComponentWidth": 100.0, "ComponentHeight": 50.0,
    }] })
}

fn launch_with(account: &Arc<Account>, approvers: Value) -> String {
    launch_wishing(account, json!({ "Approvers": approvers }))
}

/// Launches with these parameters besides the operator, a name and a file.
fn launch_wishing(account: &Arc<Account>, wishes: Value) -> String {
    use base64::Engine as _;
    let operator = json!({ "UserId": "yDemoUUckp1b3eumUzG2tFvHGQaK46Qr" });
    let body = base64::engine::general_purpose::STANDARD.encode(sample_contract());
    let upload = json!({ "Caller": { "OperatorId": operator["UserId"] }, "BusinessType": "DOCUMENT",
        "FileInfos": [{ "FileName": "a.pdf", "FileBody": body }] });
    let uploaded = act(account, "UploadFiles", upload);
    let mut create = wishes;
    create["Operator"] = operator;
    create["FlowName"] = json!("采购合同");
    create["FileIds"] = uploaded["FileIds"].clone();
    act(account, "CreateFlowByFiles", create)["FlowId"].as_str().unwrap().to_owned()
}
