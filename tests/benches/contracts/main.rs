//! Does a call get slower as the world fills up? It must not.
//!
//! `cargo bench -p ess-tests --bench contracts` measures whole calls as a client makes them, from the signed request's first byte
//! to the answer's last one over an open connection, to a server whose world holds 1,000 contracts and to one that holds
//! 1,000,000. It fails when a call takes more than 1.3 times as long in the large world, and prints what a finished contract
//! weighs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops where it stands")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![allow(clippy::print_stdout, reason = "its report is its purpose")]

mod connection;
mod scene;

use std::time::Duration;

use criterion::Criterion;

use crate::scene::Scene;

/// Contracts in the small world and in the large one.
const SIZES: [usize; 2] = [1_000, 1_000_000];
/// How much longer a call may take in the large one.
const BOUND: f64 = 1.3;
const ACTIONS: [&str; 5] =
    ["CreateFlowByFiles", "DescribeFlowBriefs", "CancelFlow", "CreateFlowSignUrl", "DescribeFlowInfo"];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let scenes = SIZES.map(|contracts| Scene::set(&runtime, contracts));
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    let mut ratios = Vec::new();
    for action in ACTIONS {
        let [few, many] = [0, 1].map(|place| {
            let mut samples = Vec::new();
            criterion.bench_function(&format!("{action} at {}", SIZES[place]), |bencher| {
                bencher.iter_custom(|calls| {
                    let took = scenes[place].time(action, calls);
                    // A handful of calls says more about the clock than about the call.
                    if calls >= 50 {
                        samples.push(took.as_secs_f64() / calls as f64);
                    }
                    took
                });
            });
            median(samples)
        });
        ratios.push((action, few, many));
    }
    println!("\n{:<20} {:>12} {:>12} {:>7}   medians", "call", SIZES[0], SIZES[1], "ratio");
    for (action, few, many) in &ratios {
        println!("{action:<20} {:>9.1} us {:>9.1} us {:>7.2}", few * 1e6, many * 1e6, many / few);
    }
    let slow: Vec<_> = ratios.iter().filter(|(_, few, many)| many / few > BOUND).map(|(action, ..)| action).collect();
    assert!(slow.is_empty(), "slower than {BOUND} times in a large world: {slow:?}");
}

/// Not the fastest: over a connection that is luck, of which core the two sides wake up on.
fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
