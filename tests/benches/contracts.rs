//! Does a call get slower as the world fills up? It must not.
//!
//! `cargo bench -p ess-tests --bench contracts` measures whole calls, from the signed request to the answer's bytes, through
//! the edge as the server runs it but without a socket, in a world of 1,000 contracts and in one of 1,000,000. It fails when a
//! call takes more than 1.3 times as long in the large one, and prints what a finished contract weighs.
//!
//! The worlds are filled by the domain's own rules: every contract is launched, and signed. After each sample the world is
//! put back, so that the calls measured do not fill it further.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops where it stands")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![allow(clippy::print_stdout, reason = "its report is its purpose")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use criterion::Criterion;
use ess_mock_server::domain::event::Happening;
use ess_mock_server::domain::flow::Flow;
use ess_mock_server::domain::time::Timestamp;
use ess_mock_server::edge::{Edge, EdgeOptions};
use ess_mock_server::engine::account::{Account, Job};
use ess_mock_server::engine::clock::{Clock, EdgeTime};
use ess_mock_server::engine::registry::{Plan, Registry};
use ess_mock_server::engine::world::{Outbox, World};
use ess_mock_server::engine::world_file::{DEMO, WorldFile};
use ess_schemas::Service;
use ess_tests::{Key, json_call};
use http::Request;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::sync::{Notify, mpsc};

/// Contracts in the small world and in the large one.
const SIZES: [usize; 2] = [1_000, 1_000_000];
/// How much longer a call may take in the large one.
const BOUND: f64 = 1.3;
const ACTIONS: [&str; 5] =
    ["CreateFlowByFiles", "DescribeFlowBriefs", "CancelFlow", "CreateFlowSignUrl", "DescribeFlowInfo"];

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let scenes = SIZES.map(|contracts| Scene::set(&runtime, contracts));
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    let mut ratios = Vec::new();
    for action in ACTIONS {
        let [few, many] = [0, 1].map(|place| {
            let mut fastest = f64::MAX;
            criterion.bench_function(&format!("{action} at {}", SIZES[place]), |bencher| {
                bencher.iter_custom(|calls| {
                    let took = scenes[place].time(&runtime, action, calls);
                    // A handful of calls says more about the clock than about the call.
                    if calls >= 50 {
                        fastest = fastest.min(took.as_secs_f64() / calls as f64);
                    }
                    took
                });
            });
            fastest
        });
        ratios.push((action, few, many));
    }
    println!("\n{:<20} {:>12} {:>12} {:>7}   the fastest samples", "call", SIZES[0], SIZES[1], "ratio");
    for (action, few, many) in &ratios {
        println!("{action:<20} {:>9.1} us {:>9.1} us {:>7.2}", few * 1e6, many * 1e6, many / few);
    }
    let slow: Vec<_> = ratios.iter().filter(|(_, few, many)| many / few > BOUND).map(|(action, ..)| action).collect();
    assert!(slow.is_empty(), "slower than {BOUND} times in a large world: {slow:?}");
}

/// A server without a socket, and a world full of contracts.
struct Scene {
    edge: Arc<Edge>,
    account: Arc<Account>,
    file: Arc<WorldFile>,
    /// A contract that waits for its one signer; all others are copies of it.
    sample: Flow,
    /// An uploaded PDF.
    document: String,
    /// How many contracts there are.
    contracts: usize,
    _jobs: mpsc::UnboundedReceiver<Job>,
}

impl Scene {
    fn set(runtime: &Runtime, contracts: usize) -> Self {
        let file = Arc::new(WorldFile::parse("demo", DEMO).unwrap());
        let clock = Clock::Frozen(Timestamp::from_seconds(1_700_000_000));
        let plan = Plan { file: file.clone(), seed: 7, clock, public_url: "http://mock".into(), fonts: Arc::default() };
        let (outgoing, jobs) = mpsc::unbounded_channel();
        let registry = Registry::new(plan, outgoing, Arc::new(Notify::new()));
        let edge = Edge::new(registry.clone(), EdgeOptions::default());
        let account = registry.first().unwrap();
        let pdf = BASE64_STANDARD.encode(include_bytes!("../../fixtures/pdf/keywords.pdf"));
        let uploaded = json!({"BusinessType": "DOCUMENT", "FileInfos": [{"FileName": "a.pdf", "FileBody": pdf}]});
        let uploaded = runtime.block_on(call(&edge, &file, "UploadFiles", uploaded.to_string()));
        let document = uploaded["FileIds"][0].as_str().unwrap().to_owned();
        let launched = runtime.block_on(call(&edge, &file, "CreateFlowByFiles", launch(&file, &document)));
        let id = launched["FlowId"].as_str().unwrap();
        let sample = account.enter(EdgeTime::read(), |world, _, _| {
            let company = file.organizations[0].id.as_str().into();
            world.quota_mut(&company).unwrap().set_left(u64::MAX / 4);
            (**world.flows.get(id).unwrap()).clone()
        });
        let mut scene = Self { edge, account, file, sample, document, contracts, _jobs: jobs };
        scene.fill();
        scene
    }

    /// Launches and signs every contract, and says what that weighs.
    fn fill(&mut self) {
        let (began, resident) = (Instant::now(), resident_bytes());
        self.account.enter(EdgeTime::read(), |world, now, _| {
            for number in 0..self.contracts {
                let flow = self.copy(&format!("finished-{number}"));
                let (id, signer) = (flow.id.clone(), flow.approvers[0].recipient.clone());
                add(world, flow);
                world.sign_flow(&id, &signer, now, &mut Outbox::new()).unwrap();
            }
        });
        let weight = resident_bytes().saturating_sub(resident) / self.contracts as u64;
        println!("{:>9} contracts in {:.1?}; one weighs {weight} bytes", self.contracts, began.elapsed());
    }

    /// The sample under other ids.
    fn copy(&self, name: &str) -> Flow {
        let mut flow = self.sample.clone();
        flow.id = name.into();
        flow.document.as_mut().unwrap().id = format!("document-{name}").into();
        flow.approvers[0].recipient = format!("recipient-{name}").into();
        flow.approvers[0].sign = format!("sign-{name}").into();
        flow
    }

    /// How long so many calls take; the world is as before afterwards.
    fn time(&self, runtime: &Runtime, action: &str, calls: u64) -> Duration {
        let before = self.account.enter(EdgeTime::read(), |world, _, _| world.clone());
        let calls = 0..usize::try_from(calls).unwrap();
        let requests: Vec<_> = calls.map(|call| signed(&self.file, action, self.body(action, call))).collect();
        let took = runtime.block_on(async {
            let began = Instant::now();
            let mut last = Value::Null;
            for request in requests {
                last = answer(&self.edge, request).await;
            }
            let took = began.elapsed();
            assert!(last.get("Error").is_none(), "{action}: {last}");
            took
        });
        self.account.enter(EdgeTime::read(), |world, _, _| *world = before);
        took
    }

    /// The n-th call, each about another contract.
    fn body(&self, action: &str, call: usize) -> String {
        let operator = json!({"UserId": self.file.organizations[0].employees[0].id});
        let finished = format!("finished-{}", call.wrapping_mul(7_919) % self.contracts);
        let about = match action {
            "CreateFlowByFiles" => return launch(&self.file, &self.document),
            "DescribeFlowBriefs" | "DescribeFlowInfo" => json!({"Operator": operator, "FlowIds": [finished]}),
            "CancelFlow" => json!({"Operator": operator, "FlowId": self.waiting(call), "CancelMessage": "不签了"}),
            "CreateFlowSignUrl" => json!({"Operator": operator, "FlowId": self.waiting(call), "FlowApproverInfos": [
                {"ApproverName": "张三", "ApproverMobile": "18888888888", "ApproverType": 1}]}),
            other => panic!("nobody measures {other}"),
        };
        about.to_string()
    }

    /// A contract nobody has signed yet.
    fn waiting(&self, call: usize) -> String {
        let name = format!("waiting-{call}");
        self.account.enter(EdgeTime::read(), |world, _, _| add(world, self.copy(&name)));
        name
    }
}

fn add(world: &mut World, flow: Flow) {
    world.add_flow(flow, vec![Happening::Charged, Happening::Started], &mut Outbox::new()).unwrap();
}

fn launch(file: &WorldFile, document: &str) -> String {
    let component = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
        "ComponentPosY": 60, "ComponentWidth": 100, "ComponentHeight": 40});
    let signer = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888", "NotifyType": "NONE",
        "SignComponents": [component]});
    let operator = json!({"UserId": file.organizations[0].employees[0].id});
    json!({"Operator": operator, "FlowName": "采购合同", "FileIds": [document], "Approvers": [signer]}).to_string()
}

/// A call as a client signs it.
fn signed(file: &WorldFile, action: &str, body: String) -> Request<Body> {
    let row = file.organizations[0].key.as_ref().unwrap();
    let key = Key { id: row.secret_id.clone(), secret: row.secret_key.clone() };
    let action = ess_schemas::action(Service::Ess, action).unwrap();
    let call = json_call(&key, "mock", action, seconds_now(), body);
    let mut request = Request::post("/");
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    request.body(Body::from(call.body)).unwrap()
}

async fn call(edge: &Arc<Edge>, file: &WorldFile, action: &str, body: String) -> Value {
    answer(edge, signed(file, action, body)).await
}

async fn answer(edge: &Arc<Edge>, request: Request<Body>) -> Value {
    let response = edge.clone().answer(request).await;
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice::<Value>(&bytes).unwrap()["Response"].take()
}

/// Signatures are checked against real time.
fn seconds_now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// What the process holds in memory.
fn resident_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
