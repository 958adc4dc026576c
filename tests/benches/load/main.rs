//! How fast is the server beside the least a server could do?
//!
//! `cargo bench -p ess-tests` runs the release binary and, interleaved with it, a bare axum handler ([`bare`]) that verifies
//! the signature, validates the parameters and answers the same bytes. Both run as processes of their own and get the
//! same requests, signed beforehand, over connections that stay open. `-- --quick` makes fewer calls.
//!
//! The load generator shares the machine with the server it measures, so requests per second say less than the CPU time a
//! call costs the server; both are printed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops where it stands")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![allow(clippy::print_stdout, reason = "its report is its purpose")]

mod bare;
mod generator;
mod process;
mod scene;

use std::time::Duration;

use crate::generator::{Load, Measured};
use crate::process::Process;
use crate::scene::Scene;

/// How often each target is measured at each load; the median counts.
const ROUNDS: usize = 5;
const CONNECTIONS: [usize; 2] = [16, 64];
const COLD_STARTS: usize = 9;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, answers @ ..] = arguments.as_slice()
        && mode == bare::MODE
    {
        bare::serve(answers);
        return;
    }
    let quick = arguments.iter().any(|flag| flag == "--quick");
    // One thread: what is left of the machine belongs to the server.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(measure(if quick { 10 } else { 1 }));
}

async fn measure(divisor: usize) {
    let binary = process::build();
    cold_start(&binary).await;

    let mock = Process::mock(&binary);
    let scene = Scene::set(&mock).await;
    let bare = Process::bare(&[&scene.reading.answer, &scene.changing.answer]);
    println!(
        "\n{:<18} {:>5}  {:>9} {:>9} {:>6}   {:>9} {:>9} {:>6}   {:>8} {:>8}",
        "call", "conns", "mock/s", "bare/s", "ratio", "mock CPU", "bare CPU", "ratio", "mock p99", "bare p99"
    );
    for connections in CONNECTIONS {
        for call in [&scene.reading, &scene.changing] {
            let load = |target: &Process| Load {
                address: target.address,
                request: call.request(target),
                connections,
                calls: call.calls / divisor,
            };
            // Once without counting: caches, allocators and connection tables get warm.
            load(&mock).run(&mock).await;
            load(&bare).run(&bare).await;
            let (mut of_mock, mut of_bare) = (Vec::new(), Vec::new());
            for round in 0..ROUNDS {
                // Whoever goes first in one round goes second in the next.
                for turn in [round % 2, (round + 1) % 2] {
                    if turn == 0 {
                        of_mock.push(load(&mock).run(&mock).await);
                    } else {
                        of_bare.push(load(&bare).run(&bare).await);
                    }
                }
            }
            report(call.name, connections, &of_mock, &of_bare);
        }
    }
    println!("\nmemory of the server after all that: {}", megabytes(mock.resident()));
}

fn report(call: &str, connections: usize, mock: &[Measured], bare: &[Measured]) {
    let rate = |runs: &[Measured]| median(runs.iter().map(Measured::per_second));
    let cpu = |runs: &[Measured]| median(runs.iter().map(|run| run.cpu_per_call.as_secs_f64() * 1e6));
    let p99 = |runs: &[Measured]| median(runs.iter().map(|run| run.p99.as_secs_f64() * 1e3));
    println!(
        "{call:<18} {connections:>5}  {:>9.0} {:>9.0} {:>6.2}   {:>6.1} µs {:>6.1} µs {:>6.2}   {:>5.1} ms {:>5.1} ms",
        rate(mock),
        rate(bare),
        rate(mock) / rate(bare),
        cpu(mock),
        cpu(bare),
        cpu(mock) / cpu(bare),
        p99(mock),
        p99(bare),
    );
}

/// From the start of the process to its first signed answer, and the memory it has then.
async fn cold_start(binary: &std::path::Path) {
    let mut times = Vec::new();
    let mut resident = None;
    for _ in 0..COLD_STARTS {
        let port = process::free_port();
        let request = scene::first_call(port);
        let started = std::time::Instant::now();
        let mock = Process::mock_at(binary, port);
        generator::first_answer(mock.address, &request).await;
        times.push(started.elapsed());
        resident = mock.resident();
    }
    times.sort();
    println!(
        "cold start to the first signed answer: median {:.1} ms, worst of {COLD_STARTS} {:.1} ms (goal 50 ms)",
        millis(times[COLD_STARTS / 2]),
        millis(times[COLD_STARTS - 1])
    );
    println!("memory after that answer: {} (goal 30 MB)", megabytes(resident));
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(kilobytes: Option<u64>) -> String {
    kilobytes.map_or_else(|| "not measured on this system".to_owned(), |kb| format!("{:.1} MB", kb as f64 / 1024.0))
}
