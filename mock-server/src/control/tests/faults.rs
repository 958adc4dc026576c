use serde_json::{Value, json};

use super::Server;

#[tokio::test]
async fn a_rule_is_added_shown_and_taken_away() {
    let server = Server::frozen();
    let rule = json!({ "action": "CancelFlow", "first": 2, "ttl": "30m", "latency": "50ms..2s", "effect": "drop" });

    let added = server.post("/_mock/faults", rule).await;

    assert_eq!(
        added,
        json!({
            "id": "fault-1", "action": ["CancelFlow"], "first": 2, "ttl": "30m", "latency": "50ms..2s", "effect": "drop",
            "state": "live", "seen": 0, "struck": 0, "expires_at": super::NOW + 1800,
        })
    );
    assert_eq!(server.get("/_mock/faults").await, json!([added]));
    server.post("/_mock/clock", json!({ "advance": "30m" })).await;
    assert_eq!(server.get("/_mock/faults/fault-1").await["state"], "expired");
    assert_eq!(server.good("DELETE", "/_mock/faults/fault-1", None).await, json!({ "removed": "fault-1" }));
    let error = server.bad("DELETE", "/_mock/faults/fault-1", None, 404).await;
    assert!(error.contains("fault-1") && error.contains("GET /_mock/faults"), "{error}");
}

#[tokio::test]
async fn all_rules_are_taken_away_at_once() {
    let server = Server::frozen();
    for effect in [json!("html"), json!({ "http": 502 }), json!({ "error": { "code": "InternalError" } })] {
        server.post("/_mock/faults", json!({ "effect": effect })).await;
    }
    assert_eq!(server.good("DELETE", "/_mock/faults", None).await, json!({ "removed": 3 }));
    assert_eq!(server.get("/_mock/faults").await, json!([]));
}

#[tokio::test]
async fn a_rule_that_makes_no_sense_is_refused_with_what_would() {
    let server = Server::frozen();
    let error = async |rule: Value| server.bad("POST", "/_mock/faults", Some(rule), 400).await;
    for (rule, hint) in [
        (json!({ "action": "CancelFlows", "effect": "drop" }), "CancelFlow"),
        (
            json!({ "action": "CancelFlow", "effect": { "error": { "code": "ResourceNotFound.Flw" } } }),
            "ResourceNotFound.Flow",
        ),
        (json!({ "organization": "nobody", "effect": "drop" }), "its companies are"),
        (json!({ "effect": "drop", "nth": 1, "every": 2 }), "nth and every contradict each other"),
        (json!({ "effect": "explode" }), "`truncate`"),
        (json!({ "effekt": "drop" }), "`effect`"),
        (json!({ "latency": "soon" }), "50ms..2s"),
        (json!({ "action": 7, "effect": "drop" }), "the name of an action, or a list of names"),
    ] {
        let error = error(rule).await;
        assert!(error.contains(hint), "{error}");
    }
    assert_eq!(server.get("/_mock/faults").await, json!([]));
}

#[tokio::test]
async fn the_magic_inputs_are_listed() {
    let server = Server::frozen();
    let rows = server.get("/_mock/faults/magic").await;
    assert!(rows.as_array().unwrap().iter().any(|row| row["input"] == "[MOCK nightmare]"), "{rows}");
}
