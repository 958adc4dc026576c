//! Does a receiver that hangs slow down anybody else? It must not.
//!
//! `cargo bench -p ess-tests --bench callbacks` launches contracts over the socket until 10,000 callbacks have reached a
//! receiver that answers after a millisecond: once alone, once beside a receiver that takes every message and never answers.
//! It prints how long the good receiver took and how long calls to the API took meanwhile, and checks what must hold however
//! fast the machine is: the good receiver got everything in order, and the hanging one's backlog stayed within its bound.
//! `cargo test -p ess-tests --bench callbacks` does the same with 300 callbacks, unoptimised; figures of that say nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops where it stands")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![allow(clippy::print_stdout, reason = "its report is its purpose")]

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_client::http::{Trust, client_builder};
use ess_mock_server::MockServer;
use ess_mock_server::engine::account::Account;
use ess_mock_server::engine::clock::EdgeTime;
use ess_mock_server::engine::settings::Settings;
use ess_mock_server::engine::world_file::AddressRow;
use ess_schemas::Service;
use ess_tests::{Key, json_call};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Callbacks until the good receiver is done; a launch causes three.
const CALLBACKS: usize = if cfg!(debug_assertions) { 300 } else { 10_000 };
/// Unfinished callbacks an address may have.
const BACKLOG: u32 = if cfg!(debug_assertions) { 100 } else { 1_000 };
/// How long the good receiver thinks.
const THINKS: Duration = Duration::from_millis(1);
/// How often somebody looks at a contract meanwhile.
const LOOKS_EVERY: Duration = Duration::from_millis(5);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    println!(
        "{CALLBACKS} callbacks   {:>9} {:>8}   {:>11} {:>8}   {:>11} {:>8}   {:>8} {:>8}",
        "good took", "each", "launch p50", "p99", "look p50", "p99", "backlog", "dropped"
    );
    for hanging in [false, true] {
        let measured = runtime.block_on(measure(hanging));
        measured.print(if hanging { "beside a hanging" } else { "alone" });
    }
}

/// What a run showed.
struct Measured {
    took: Duration,
    launches: Vec<Duration>,
    looks: Vec<Duration>,
    /// The most the hanging receiver had unfinished, and what was dropped.
    backlog: usize,
    dropped: u64,
}

impl Measured {
    fn print(mut self, name: &str) {
        let millis = |span: Duration| span.as_secs_f64() * 1e3;
        let mut part = |times: fn(&mut Self) -> &mut Vec<Duration>, part: f64| {
            let times = times(&mut self);
            times.sort_unstable();
            #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a part of a length is one")]
            millis(times[((times.len() - 1) as f64 * part) as usize])
        };
        let (launch, launch_late) = (part(|one| &mut one.launches, 0.5), part(|one| &mut one.launches, 0.99));
        let (look, look_late) = (part(|one| &mut one.looks, 0.5), part(|one| &mut one.looks, 0.99));
        println!(
            "{name:<16} {:>9.2} s {:>5.2} ms {launch:>8.2} ms {launch_late:>5.2} ms {look:>8.2} ms {look_late:>5.2} ms {:>8} {:>8}",
            self.took.as_secs_f64(),
            millis(self.took) / CALLBACKS as f64,
            self.backlog,
            self.dropped
        );
    }
}

async fn measure(hanging: bool) -> Measured {
    let (good, arrived) = good_receiver().await;
    let mut builder = MockServer::builder().callback(AddressRow::to(good));
    // Bound, not accepted from: connections are made and nothing ever comes back.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    if hanging {
        builder = builder.callback(AddressRow::to(format!("http://{}/", silent.local_addr().unwrap())));
    }
    let server = builder.start().await.unwrap();
    let account = server.registry().first().unwrap();
    account.enter(EdgeTime::read(), |world, _, _| {
        let callback_backlog = NonZeroU32::new(BACKLOG).unwrap();
        world.choose(Settings { callback_backlog, ..world.settings.clone() });
        let company = world.directory.organizations.iter().next().unwrap().id.clone();
        world.quota_mut(&company).unwrap().set_left(u64::MAX / 4);
    });
    let addresses: Vec<String> =
        account.enter(EdgeTime::read(), |world, _, _| world.callbacks.addresses().map(|one| one.id.clone()).collect());

    let caller = Caller::new(&server);
    let document = caller.upload().await;
    let flow = caller.launch(&document).await;
    let began = Instant::now();
    let looking = tokio::spawn(look_until_done(caller.clone(), flow, arrived.clone()));
    let (mut launches, mut backlog) = (Vec::new(), 0);
    for _ in 1..CALLBACKS.div_ceil(3) {
        // Callbacks come as fast as the good receiver takes them, so that its own backlog stays small.
        while unfinished(&account, &addresses[0]).0 > BACKLOG as usize / 2 {
            tokio::time::sleep(THINKS).await;
        }
        let began = Instant::now();
        caller.launch(&document).await;
        launches.push(began.elapsed());
        backlog = backlog.max(addresses.get(1).map_or(0, |hanging| unfinished(&account, hanging).0));
    }
    let looks = looking.await.unwrap();
    let took = began.elapsed();
    assert_eq!(unfinished(&account, &addresses[0]).1, 0, "the good receiver lost nothing");
    assert!(backlog <= BACKLOG as usize, "{backlog} unfinished callbacks, the bound is {BACKLOG}");
    let dropped = addresses.get(1).map_or(0, |hanging| unfinished(&account, hanging).1);
    server.stop().await;
    Measured { took, launches, looks, backlog, dropped }
}

/// Backlog and dropped of an address.
fn unfinished(account: &Arc<Account>, address: &str) -> (usize, u64) {
    account.enter(EdgeTime::read(), |world, _, _| (world.callbacks.backlog(address), world.callbacks.dropped(address)))
}

/// A receiver that answers after a millisecond; its URL, and how many came.
async fn good_receiver() -> (String, Arc<AtomicUsize>) {
    let arrived = Arc::new(AtomicUsize::new(0));
    let counter = arrived.clone();
    let app = Router::new().fallback(move || async move {
        tokio::time::sleep(THINKS).await;
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, app).await });
    (url, arrived)
}

/// Looks at a contract again and again until every callback has arrived; how long each look took.
async fn look_until_done(caller: Caller, flow: String, arrived: Arc<AtomicUsize>) -> Vec<Duration> {
    let mut looks = Vec::new();
    while arrived.load(Ordering::Relaxed) < CALLBACKS {
        let began = Instant::now();
        caller.call("DescribeFlowBriefs", json!({ "FlowIds": [flow] })).await;
        looks.push(began.elapsed());
        tokio::time::sleep(LOOKS_EVERY).await;
    }
    looks
}

/// Somebody who calls the API over the socket.
#[derive(Clone)]
struct Caller {
    http: reqwest::Client,
    url: String,
    host: String,
    key: Arc<Key>,
    operator: String,
}

impl Caller {
    fn new(server: &MockServer) -> Self {
        let key = server.key().unwrap();
        let operator = key
            .account
            .enter(EdgeTime::read(), |world, _, _| world.directory.employees.iter().next().unwrap().id.to_string());
        Self {
            http: client_builder(Trust::Nobody).unwrap().build().unwrap(),
            url: server.url().to_owned(),
            host: server.address().to_string(),
            key: Arc::new(Key { id: key.secret_id.clone(), secret: key.secret_key.clone() }),
            operator,
        }
    }

    async fn call(&self, action: &str, mut parameters: Value) -> Value {
        let role = if action == "UploadFiles" { ("Caller", "OperatorId") } else { ("Operator", "UserId") };
        parameters[role.0] = json!({ role.1: self.operator });
        let action = ess_schemas::action(Service::Ess, action).unwrap();
        let call = json_call(&self.key, &self.host, action, EdgeTime::read().seconds(), parameters.to_string());
        let mut request = self.http.post(&self.url);
        for (name, value) in &call.headers {
            request = request.header(name.as_str(), value.as_str());
        }
        let answer = request.body(call.body).send().await.unwrap().bytes().await.unwrap();
        let answer = serde_json::from_slice::<Value>(&answer).unwrap()["Response"].take();
        assert!(answer.get("Error").is_none(), "{answer}");
        answer
    }

    /// An uploaded PDF.
    async fn upload(&self) -> String {
        let pdf = BASE64_STANDARD.encode(include_bytes!("../../fixtures/pdf/keywords.pdf"));
        let file = json!({ "BusinessType": "DOCUMENT", "FileInfos": [{ "FileName": "a.pdf", "FileBody": pdf }] });
        self.call("UploadFiles", file).await["FileIds"][0].as_str().unwrap().to_owned()
    }

    /// A launched contract, which causes three callbacks.
    async fn launch(&self, document: &str) -> String {
        let component = json!({ "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
            "ComponentPosY": 60, "ComponentWidth": 100, "ComponentHeight": 40 });
        let signer = json!({ "ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
            "NotifyType": "NONE", "SignComponents": [component] });
        let flow = json!({ "FlowName": "采购合同", "FileIds": [document], "Approvers": [signer] });
        self.call("CreateFlowByFiles", flow).await["FlowId"].as_str().unwrap().to_owned()
    }
}
