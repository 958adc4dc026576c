use serde_json::{Value, json};

use super::{Server, launch};

/// Where the contract stands, `span` later.
async fn status_after(server: &Server, flow: &str, span: &str) -> Value {
    server.post("/_mock/clock", json!({ "advance": span })).await;
    server.get(&format!("/_mock/flows/{flow}")).await["status"].clone()
}

async fn pilot(server: &Server, rules: Value) {
    let settings = server.good("PUT", "/_mock/settings", Some(json!({ "autopilot": rules }))).await;
    assert_eq!(settings["autopilot"].as_array().map(Vec::len), rules.as_array().map(Vec::len));
}

#[tokio::test]
async fn nobody_signs_by_themselves_unless_told_to() {
    let server = Server::frozen();
    assert_eq!(server.get("/_mock/settings").await["autopilot"], json!([]));
    let flow = launch(&server.account());
    assert_eq!(status_after(&server, &flow, "1h").await, "signing");
}

#[tokio::test]
async fn a_person_signs_after_the_delay_on_the_worlds_clock_also_in_a_contract_that_waits() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    pilot(&server, json!([{ "who": "person", "act": "sign", "after": 60 }])).await;
    assert_eq!(status_after(&server, &flow, "59s").await, "signing", "time stands still unless it is moved");
    assert_eq!(status_after(&server, &flow, "1s").await, "partly_signed");
    assert_eq!(status_after(&server, &flow, "59s").await, "partly_signed", "it counts from everybody's own turn");
    assert_eq!(status_after(&server, &flow, "1s").await, "signed");
}

#[tokio::test]
async fn a_rule_taken_back_lets_a_contract_wait() {
    let server = Server::frozen();
    pilot(&server, json!([{ "act": "sign", "after": 60 }])).await;
    let flow = launch(&server.account());
    pilot(&server, json!([])).await;
    assert_eq!(status_after(&server, &flow, "1h").await, "signing");
}

#[tokio::test]
async fn the_first_rule_that_fits_decides() {
    let server = Server::frozen();
    pilot(
        &server,
        json!([
            { "contract": "销售*", "act": "sign" },
            { "contract": "采购*", "name": "张三", "act": "reject", "reason": "价格不对", "after": 5 },
            { "act": "sign" },
        ]),
    )
    .await;
    let flow = launch(&server.account());
    assert_eq!(status_after(&server, &flow, "5s").await, "rejected");
    assert_eq!(server.get(&format!("/_mock/flows/{flow}")).await["message"], "价格不对");
}

#[tokio::test]
async fn a_rule_that_cannot_be_is_refused_by_name() {
    let server = Server::frozen();
    let refused = server.bad("PUT", "/_mock/settings", Some(json!({ "autopilot": [{ "act": "dance" }] })), 400).await;
    assert!(refused.contains("autopilot"), "{refused}");
}
