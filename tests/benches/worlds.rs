//! What do ten thousand worlds cost?
//!
//! `cargo bench -p ess-tests --bench worlds` branches 10,000 worlds from one of 1,000 contracts and prints what that takes in
//! time and memory; then withdraws a contract in each, and looks whether the worlds beside it noticed. Nothing here fails by
//! the clock.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops where it stands")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![allow(clippy::print_stdout, reason = "its report is its purpose")]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use ess_mock_server::domain::status::FlowStatus;
use ess_mock_server::domain::time::Timestamp;
use ess_mock_server::engine::account::Account;
use ess_mock_server::engine::clock::{Clock, EdgeTime};
use ess_mock_server::engine::new_world::{NewWorld, Source};
use ess_mock_server::engine::registry::{Plan, Registry};
use ess_mock_server::engine::snapshot::text::{Notation, read, write};
use ess_mock_server::engine::world_file::WorldFile;
use tokio::sync::mpsc;

const CONTRACTS: usize = 1_000;
const WORLDS: usize = 10_000;

fn main() {
    let file = Arc::new(WorldFile::parse("a world of a thousand contracts", &world()).unwrap());
    let clock = Clock::Frozen(Timestamp::from_seconds(1_700_000_000));
    let plan = Plan {
        file,
        seed: 7,
        clock,
        public_url: "http://mock".into(),
        fonts: Arc::default(),
        open: false,
        journal_bytes: 0,
    };
    let (outgoing, _jobs) = mpsc::unbounded_channel();
    let registry = Registry::new(plan, outgoing);
    let first = registry.first().unwrap();
    let snapshot = measured("one snapshot of it", 1, || first.snapshot(EdgeTime::read()));

    let worlds: Vec<Arc<Account>> = measured("branches", WORLDS, || {
        let source = || Source::Snapshot { name: "base".into(), snapshot: Box::new(snapshot.clone()) };
        (0..WORLDS).map(|_| registry.make(NewWorld { source: source(), ..NewWorld::default() }).unwrap()).collect()
    });
    measured("a contract withdrawn in each", WORLDS, || {
        for (number, account) in worlds.iter().enumerate() {
            let withdrawn = account.try_enter(EdgeTime::read(), |world, now, outbox| {
                world.cancel_flow(&contract(number).as_str().into(), "不签了", now, outbox)
            });
            withdrawn.unwrap();
        }
    });
    for (number, account) in worlds.iter().enumerate() {
        let withdrawn = account.enter(EdgeTime::read(), |world, _, _| {
            let flows = world.flows.iter().filter(|flow| flow.status() == FlowStatus::Cancelled);
            flows.map(|flow| flow.id.to_string()).collect::<Vec<_>>()
        });
        assert_eq!(withdrawn, [contract(number)], "a world sees its own writes, and no other's");
    }
    let names: Vec<String> = worlds.iter().map(|account| account.alias.to_string()).collect();
    measured("looked up by alias", WORLDS, || names.iter().for_each(|name| drop(registry.account(name).unwrap())));
    measured("put back", WORLDS, || worlds.iter().for_each(|account| account.reset(EdgeTime::read())));
    let text = measured("written down once", 1, || write(&snapshot, Notation::Json).unwrap());
    let again = measured("read once", 1, || read("the bench", &text).unwrap());
    assert!(again == snapshot, "what was written is what is read");
    println!("the written form has {} kB", text.len() / 1024);
}

/// Every contract waits for its signer.
fn world() -> String {
    let mut text = format!(
        "alias: base\ncallback_key: \"\"\ncallback_token: \"\"\norganizations:\n  - {{ id: company, name: 测试有限公司, edition: \
         flagship, contracts: {CONTRACTS}, employees: [{{ id: operator, name: 卫操作, mobile: \"13900000099\", roles: \
         [super_admin] }}] }}\ncontracts:\n"
    );
    for number in 0..CONTRACTS {
        let id = contract(number);
        writeln!(text, "  - {{ id: {id}, approvers: [{{ kind: person, name: 卫国安, mobile: \"13100000001\" }}] }}")
            .unwrap();
    }
    text
}

fn contract(number: usize) -> String {
    format!("contract-{}", number % CONTRACTS)
}

/// Does it, and prints what it took.
fn measured<R>(what: &str, times: usize, work: impl FnOnce() -> R) -> R {
    let (began, resident) = (Instant::now(), resident_bytes());
    let result = work();
    let (took, grown) = (began.elapsed(), resident_bytes().saturating_sub(resident));
    let each = took / u32::try_from(times).unwrap_or(u32::MAX);
    println!(
        "{times:>6} x {what:<30} {took:>10.1?}  {:>10.2?} each  {:>8} kB, {} bytes each",
        each,
        grown / 1024,
        grown / times as u64
    );
    result
}

/// What the process holds in memory.
fn resident_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
