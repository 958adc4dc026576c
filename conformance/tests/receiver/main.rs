//! The judge of receivers, at receivers in this process: two that the repository ships as examples, and many with one planted defect each.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod command;
mod exploring;
mod judging;
mod planted;

#[path = "../../examples/correct_receiver.rs"]
mod correct_receiver;
#[path = "../../examples/naive_receiver.rs"]
mod naive_receiver;

use std::time::Duration;

use axum::Router;
use ess_client::callback::{CallbackKey, Generation};
use ess_conformance::receiver::explorer::Exploring;
use ess_conformance::receiver::report::Verdict;
use ess_conformance::receiver::stories::{ORDERS, bodies, shipped};
use ess_conformance::receiver::{Failure, Programme, Subject, judge};
use indicatif::ProgressBar;

// A key whose halves are so different that a wrong initial vector shows.
const KEY: &str = "h7Tq0ZpL2mXc9VbNs4RdKf6WgYj1EuAo";
const TOKEN: &str = "mock-callback-token";

fn key() -> CallbackKey {
    CallbackKey::new(KEY).unwrap()
}

/// Serves a receiver on a port of its own; answers where.
async fn serve(app: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, app).await });
    root
}

fn subject(root: &str) -> Subject {
    Subject {
        url: format!("{root}/callback"),
        key: KEY.to_owned(),
        token: Some(TOKEN.to_owned()),
        probe: format!("{root}/state/{{flow}}").parse().unwrap(),
        generation: Generation::Company,
        patience: Duration::from_secs(30),
        settle: Duration::ZERO,
        ends_only: false,
    }
}

/// Every scenario and every body, and no orders.
fn stories() -> Programme {
    let pieces = shipped().unwrap().into_iter().chain(bodies().unwrap()).collect();
    Programme { pieces, orders: None, seed: 1 }
}

/// Every order, and nothing else.
fn orders() -> Programme {
    let exploring = Exploring { file: "orders".to_owned(), text: ORDERS.to_owned(), bound: 6, again: true };
    Programme { pieces: Vec::new(), orders: Some(exploring), seed: 1 }
}

async fn judged(subject: Subject, programme: Programme) -> Result<Verdict, Failure> {
    judge(subject, programme, &ProgressBar::hidden()).await
}
