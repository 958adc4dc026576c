//! A server, a connection to it, and a world full of contracts.
//!
//! The world is filled by the domain's own rules: every contract is launched, and signed. The small world is filled anew
//! after some hundred calls, so that it stays small; the large one may grow. Neither shares anything with a copy of itself,
//! which would make its first changes dearer.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_mock_server::MockServer;
use ess_mock_server::domain::event::Happening;
use ess_mock_server::domain::flow::Flow;
use ess_mock_server::engine::account::Account;
use ess_mock_server::engine::clock::EdgeTime;
use ess_mock_server::engine::world::{Outbox, World};
use ess_schemas::Service;
use ess_tests::{Key, Request, json_call};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::connection::Connection;

/// How many calls are timed in a row.
const IN_A_ROW: u64 = 250;
/// From this size on a few hundred contracts more are nothing.
const LARGE: usize = 100_000;

pub(crate) struct Scene {
    server: MockServer,
    connection: Connection,
    account: Arc<Account>,
    /// A contract that waits for its one signer; all others are copies of it.
    sample: Flow,
    /// An uploaded PDF.
    document: String,
    /// The world without contracts.
    empty: World,
    /// How many contracts there are.
    contracts: usize,
    /// How many waiting contracts were added to be called about.
    waiting: Cell<usize>,
}

impl Scene {
    pub(crate) fn set(runtime: &Runtime, contracts: usize) -> Self {
        let server = runtime.block_on(MockServer::builder().frozen().start()).unwrap();
        let connection = Connection::open(server.address());
        let account = server.registry().first().unwrap();
        let pdf = BASE64_STANDARD.encode(include_bytes!("../../../fixtures/pdf/keywords.pdf"));
        let uploaded = json!({"BusinessType": "DOCUMENT", "FileInfos": [{"FileName": "a.pdf", "FileBody": pdf}]});
        let uploaded = connection.call(&signed(&server, "UploadFiles", &uploaded));
        let document = uploaded["FileIds"][0].as_str().unwrap().to_owned();
        let empty = account.enter(EdgeTime::read(), |world, _, _| {
            let company = server.registry().file().organizations[0].id.as_str().into();
            world.quota_mut(&company).unwrap().set_left(u64::MAX / 4);
            world.clone()
        });
        let launched = connection.call(&signed(&server, "CreateFlowByFiles", &launch(&server, &document)));
        let id = launched["FlowId"].as_str().unwrap();
        let sample = account.enter(EdgeTime::read(), |world, _, _| (**world.flows.get(id).unwrap()).clone());
        let scene = Self { server, connection, account, sample, document, empty, contracts, waiting: Cell::new(0) };
        let (began, resident) = (Instant::now(), resident_bytes());
        scene.fill();
        let weight = resident_bytes().saturating_sub(resident) / contracts as u64;
        println!("{contracts:>9} contracts in {:.1?}; one weighs {weight} bytes", began.elapsed());
        scene
    }

    /// Launches and signs every contract in a world that has none.
    fn fill(&self) {
        self.account.enter(EdgeTime::read(), |world, now, _| {
            *world = self.empty.clone();
            for number in 0..self.contracts {
                let flow = self.copy(&format!("finished-{number}"));
                let (id, signer) = (flow.id.clone(), flow.approvers[0].recipient.clone());
                add(world, flow);
                world.sign_flow(&id, &signer, now, &mut Outbox::new()).unwrap();
            }
        });
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

    /// How long so many calls take.
    pub(crate) fn time(&self, action: &str, calls: u64) -> Duration {
        let mut took = Duration::ZERO;
        let mut left = calls;
        while left > 0 {
            if self.contracts < LARGE {
                self.fill();
            }
            let now = left.min(IN_A_ROW);
            took += self.time_in_a_row(action, now);
            left -= now;
        }
        took
    }

    fn time_in_a_row(&self, action: &str, calls: u64) -> Duration {
        let calls = 0..usize::try_from(calls).unwrap();
        let request = |call| signed(&self.server, action, &self.body(action, call)).bytes();
        let requests: Vec<_> = calls.map(request).collect();
        let (began, mut length) = (Instant::now(), 0);
        for request in &requests {
            length = self.connection.exchange(request);
        }
        let took = began.elapsed();
        let last = self.connection.last_answer(length);
        assert!(last.get("Error").is_none(), "{action}: {last}");
        took
    }

    /// The n-th call, each about another contract.
    fn body(&self, action: &str, call: usize) -> Value {
        let operator = operator(&self.server);
        let finished = format!("finished-{}", call.wrapping_mul(7_919) % self.contracts);
        match action {
            "CreateFlowByFiles" => launch(&self.server, &self.document),
            "DescribeFlowBriefs" | "DescribeFlowInfo" => json!({"Operator": operator, "FlowIds": [finished]}),
            "CancelFlow" => json!({"Operator": operator, "FlowId": self.waiting(), "CancelMessage": "不签了"}),
            "CreateFlowSignUrl" => json!({"Operator": operator, "FlowId": self.waiting(), "FlowApproverInfos": [
                {"ApproverName": "张三", "ApproverMobile": "18888888888", "ApproverType": 1}]}),
            other => panic!("nobody measures {other}"),
        }
    }

    /// A contract nobody has signed yet.
    fn waiting(&self) -> String {
        let name = format!("waiting-{}", self.waiting.replace(self.waiting.get() + 1));
        self.account.enter(EdgeTime::read(), |world, _, _| add(world, self.copy(&name)));
        name
    }
}

fn add(world: &mut World, flow: Flow) {
    world.add_flow(flow, vec![Happening::Charged, Happening::Started], &mut Outbox::new()).unwrap();
}

fn operator(server: &MockServer) -> Value {
    json!({"UserId": server.registry().file().organizations[0].employees[0].id})
}

fn launch(server: &MockServer, document: &str) -> Value {
    let component = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
        "ComponentPosY": 60, "ComponentWidth": 100, "ComponentHeight": 40});
    let signer = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888", "NotifyType": "NONE",
        "SignComponents": [component]});
    json!({"Operator": operator(server), "FlowName": "采购合同", "FileIds": [document], "Approvers": [signer]})
}

/// A call as a client signs it. Signatures are checked against real time.
fn signed(server: &MockServer, action: &str, body: &Value) -> Request {
    let row = server.registry().file().organizations[0].key.as_ref().unwrap();
    let key = Key { id: row.secret_id.clone(), secret: row.secret_key.clone() };
    let action = ess_schemas::action(Service::Ess, action).unwrap();
    let now = EdgeTime::read().seconds();
    json_call(&key, &server.address().to_string(), action, now, body.to_string())
}

/// What the process holds in memory.
fn resident_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
