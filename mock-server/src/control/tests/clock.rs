use serde_json::json;

use super::super::ControlOptions;
use super::{NOW, Server, launch};
use crate::engine::advance::{Target, advance};
use crate::engine::clock::Clock;

const DAY: i64 = 86_400;
const YEAR: i64 = 365 * DAY;

#[tokio::test]
async fn an_advance_over_the_deadline_expires_a_contract() {
    let server = Server::frozen();
    let flow = launch(&server.account());

    let moved = server.post("/_mock/clock", json!({ "advance": "365d" })).await;

    assert_eq!(
        moved,
        json!({ "now": NOW + YEAR, "fired": 2, "delivered": 0, "settled": true }),
        "a warning, and the end"
    );
    let shown = server.get(&format!("/_mock/flows/{flow}")).await;
    assert_eq!((&shown["status"], &shown["updated_at"]), (&json!("expired"), &json!(NOW + YEAR)));
}

#[tokio::test]
async fn next_goes_to_the_next_timer_and_nowhere_without_one() {
    let server = Server::frozen();
    assert_eq!(server.post("/_mock/clock", json!({ "advance": "next" })).await["now"], NOW);
    launch(&server.account());
    for expected in [NOW + YEAR - DAY, NOW + YEAR] {
        let moved = server.post("/_mock/clock", json!({ "advance": "next" })).await;
        assert_eq!((&moved["now"], &moved["fired"]), (&json!(expected), &json!(1)));
    }
}

#[tokio::test]
async fn a_frozen_clock_stands_runs_on_and_is_frozen_again() {
    let server = Server::frozen();
    assert_eq!(server.get("/_mock/clock").await, json!({ "now": NOW, "mode": "frozen" }));
    let running = server.post("/_mock/clock", json!({ "run": true })).await;
    assert_eq!(running["mode"], "shifted");
    let frozen = server.post("/_mock/clock", json!({ "freeze": true })).await;
    assert_eq!(frozen["mode"], "frozen");
    assert!((NOW..NOW + 60).contains(&frozen["now"].as_i64().unwrap()), "{frozen}");
    assert_eq!(server.get("/_mock/clock").await, frozen);
}

#[tokio::test]
async fn a_running_clock_that_was_advanced_is_shifted_and_goes_on() {
    let server = Server::new(Clock::Real, ControlOptions::default());
    let before = server.get("/_mock/clock").await;
    assert_eq!(before["mode"], "real");
    server.post("/_mock/clock", json!({ "advance": "1h30m" })).await;
    let after = server.get("/_mock/clock").await;
    assert_eq!(after["mode"], "shifted");
    let went = after["now"].as_i64().unwrap() - before["now"].as_i64().unwrap();
    assert!((5_400..5_460).contains(&went), "{went}");
}

#[tokio::test]
async fn a_clock_is_set_forward_and_never_back() {
    let server = Server::frozen();
    let set = json!({ "set": "2027-01-01T00:00:00+08:00" });
    assert_eq!(server.post("/_mock/clock", set.clone()).await["now"], 1_798_732_800);
    assert_eq!(server.post("/_mock/clock", set).await["now"], 1_798_732_800, "where it stands it may be put again");

    let error = server.bad("POST", "/_mock/clock", Some(json!({ "set": "2026-12-31T23:59:59+08:00" })), 409).await;

    assert!(error.contains("2026-12-31T15:59:59Z has passed") && error.contains("/_mock/worlds"), "{error}");
    assert_eq!(server.get("/_mock/clock").await["now"], 1_798_732_800);
}

#[tokio::test]
async fn what_is_no_change_of_the_clock_is_explained() {
    let server = Server::frozen();
    for (body, word) in [
        (json!({}), "exactly one"),
        (json!({ "advance": "1h", "freeze": true }), "exactly one"),
        (json!({ "freeze": false }), "exactly one"),
        (json!({ "advance": "soon" }), "30m"),
        (json!({ "advance": 30 }), "30m"),
        (json!({ "advance": "999999d" }), "hundred years"),
        (json!({ "set": "2027-01-01" }), "2027-01-01T00:00:00+08:00"),
        (json!({ "set": "2027-01-01T00:00:00" }), "offset"),
        (json!({ "set": 1_798_732_800 }), "RFC 3339"),
        (json!({ "advanse": "1h" }), "unknown field `advanse`"),
    ] {
        let error = server.bad("POST", "/_mock/clock", Some(body), 400).await;
        assert!(error.contains(word), "{error}");
    }
    assert_eq!(server.get("/_mock/clock").await, json!({ "now": NOW, "mode": "frozen" }));
}

#[tokio::test]
async fn a_reset_takes_the_clock_back_to_where_it_began() {
    let server = Server::frozen();
    server.post("/_mock/clock", json!({ "advance": "10d" })).await;
    server.post("/_mock/clock", json!({ "run": true })).await;
    assert_eq!(server.post("/_mock/reset", json!({})).await, json!({ "reset": ["demo"] }));
    assert_eq!(server.get("/_mock/clock").await, json!({ "now": NOW, "mode": "frozen" }));
}

#[tokio::test]
async fn an_advance_nobody_waits_for_lets_the_clock_go_on_as_before() {
    let server = Server::new(Clock::Real, ControlOptions::default());
    let account = server.account();
    // Nobody answers there, so that the advance has something to wait for.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    server.post("/_mock/callbacks/addresses", json!({ "url": url })).await;
    launch(&account);

    let waiting = advance(&account, Target::By(std::time::Duration::from_secs(3600)));
    assert!(tokio::time::timeout(std::time::Duration::from_millis(20), waiting).await.is_err());

    assert_ne!(server.get("/_mock/clock").await["mode"], "frozen");
    assert!(server.registry.alarms().next().is_some(), "a pinned clock would wake nobody");
}
