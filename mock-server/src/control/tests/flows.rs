use serde_json::json;

use super::{NOW, Server, launch, launch_with, person};

#[tokio::test]
async fn whoever_is_due_signs_until_the_contract_is_finished() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let path = format!("/_mock/flows/{flow}");
    let before = server.get(&path).await;
    assert_eq!((&before["status"], &before["approvers"][0]["due"]), (&json!("signing"), &json!(true)));
    assert_eq!(before["approvers"][0]["components"][0]["areas"][0]["width"], 100.0);

    let first = server.post(&format!("{path}/sign"), json!({})).await;
    let second = server.good("POST", &format!("{path}/sign"), None).await;

    assert_eq!(first["status"], "partly_signed");
    assert_eq!((&second["status"], &second["status_code"]), (&json!("signed"), &json!(4)));
    assert_eq!(second["approvers"][1]["signed_at"], NOW);
    assert_eq!(server.get(&path).await, second);
    let error = server.bad("POST", &format!("{path}/sign"), None, 409).await;
    assert!(error.contains("has ended: its status is signed"), "{error}");
}

#[tokio::test]
async fn an_approver_is_named_by_slot_task_or_number() {
    let server = Server::frozen();
    let signers = [person("张三", "18888888888"), person("李四", "18888888889"), person("王五", "18888888880")];
    let flow = launch_with(&server.account(), json!(signers));
    let path = format!("/_mock/flows/{flow}");
    let approvers = server.get(&path).await["approvers"].clone();
    let sign = async |approver| server.post(&format!("{path}/sign"), json!({ "approver": approver })).await;
    assert_eq!(sign(approvers[0]["recipient"].clone()).await["approvers"][0]["status"], "signed");
    assert_eq!(sign(approvers[1]["sign"].clone()).await["approvers"][1]["status"], "signed");
    assert_eq!(sign(json!(2)).await["status"], "signed");
}

#[tokio::test]
async fn who_cannot_act_is_told_whose_turn_it_is() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let path = format!("/_mock/flows/{flow}");
    let error = server.bad("POST", &format!("{path}/sign"), Some(json!({ "approver": 1 })), 409).await;
    assert!(error.contains("not_yet_due") && error.contains("turn of approver 0"), "{error}");
    for (approver, status) in [(json!(2), 404), (json!("nobody"), 404), (json!(-1), 404), (json!([0]), 400)] {
        let error = server.bad("POST", &format!("{path}/sign"), Some(json!({ "approver": approver })), status).await;
        assert!(error.starts_with("approver:") && error.contains("counted from 0"), "{error}");
    }
    assert_eq!(server.get(&path).await["status"], "signing", "a refused act changes nothing");
}

#[tokio::test]
async fn rejecting_with_a_reason_ends_the_contract() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let rejected =
        server.post(&format!("/_mock/flows/{flow}/reject"), json!({ "approver": 0, "message": "价格不对" })).await;
    assert_eq!((&rejected["status"], &rejected["message"]), (&json!("rejected"), &json!("价格不对")));
    assert_eq!(rejected["approvers"][1]["status"], "stopped");
    assert_eq!(server.get("/_mock/flows?status=rejected").await, json!([rejected]));
    assert_eq!(server.get("/_mock/flows?status=signing").await, json!([]));
}

#[tokio::test]
async fn acts_refuse_what_is_not_theirs() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let path = format!("/_mock/flows/{flow}");
    for (act, body, status, word) in [
        ("sign", json!({ "message": "ok" }), 400, "message:"),
        ("sign", json!({ "fields": {} }), 400, "fields:"),
        ("reject", json!({ "fields": {} }), 400, "fields:"),
        ("reject", json!({ "reason": "no" }), 400, "unknown field `reason`"),
        ("fill", json!({ "message": "x" }), 400, "message:"),
        ("fill", json!({ "fields": { "name": 1 } }), 400, "fields:"),
        ("fill", json!({ "fields": { "name": "x" } }), 409, "cannot act now"),
    ] {
        let error = server.bad("POST", &format!("{path}/{act}"), Some(body), status).await;
        assert!(error.contains(word), "{error}");
    }
    for act in ["sign", "reject", "fill"] {
        server.bad("POST", &format!("/_mock/flows/nothing/{act}"), None, 404).await;
    }
    server.bad("GET", "/_mock/flows/nothing", None, 404).await;
    server.bad("GET", "/_mock/flows?status=done", None, 400).await;
}

#[tokio::test]
async fn contracts_are_listed_oldest_first_and_the_newest_on_demand() {
    let server = Server::frozen();
    let (first, second) = (launch(&server.account()), launch(&server.account()));
    let listed = server.get("/_mock/flows").await;
    assert_eq!((&listed[0]["id"], &listed[1]["id"]), (&json!(first), &json!(second)));
    let newest = server.get("/_mock/flows?limit=1").await;
    assert_eq!(newest, json!([listed[1]]));
    assert_eq!(server.get("/_mock/flows?organization=nobody").await, json!([]));
}

#[tokio::test]
async fn a_changed_delay_holds_for_machines_that_wait_already() {
    let server = Server::frozen();
    let machine = json!([{ "ApproverType": 3, "SignComponents": [{
        "ComponentType": "SIGN_SEAL", "ComponentValue": "yDemoUUckp5bq0n4UxryVfChEv7Hg8t6", "FileIndex": 0,
        "ComponentPage": 1, "ComponentPosX": 9.0, "ComponentPosY": 9.0, "ComponentWidth": 90.0, "ComponentHeight": 90.0,
    }] }]);
    let flow = launch_with(&server.account(), machine);
    let settings = server.good("PUT", "/_mock/settings", Some(json!({ "auto_sign_delay": 600 }))).await;
    assert_eq!((&settings["auto_sign_delay"], &settings["billing_callbacks"]), (&json!(600), &json!("on")));
    assert_eq!(server.get("/_mock/settings").await, settings);

    let early = server.post("/_mock/clock", json!({ "advance": "599s" })).await;
    assert_eq!(early["fired"], 0, "the timer of the old delay is gone");
    server.post("/_mock/clock", json!({ "advance": "1s" })).await;

    assert_eq!(server.get(&format!("/_mock/flows/{flow}")).await["status"], "signed");
}

#[tokio::test]
async fn a_running_contract_is_made_void_from_outside() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let path = format!("/_mock/flows/{flow}");
    server.post(&format!("{path}/sign"), json!({})).await;

    let void = server.post(&format!("{path}/invalidate"), json!({ "message": "签署人更名" })).await;

    assert_eq!((&void["status"], &void["status_code"]), (&json!("invalidated"), &json!(16)));
    assert_eq!(void["message"], "签署人更名");
    assert_eq!(
        (&void["approvers"][0]["status"], &void["approvers"][1]["status"]),
        (&json!("signed"), &json!("stopped"))
    );
    let error = server.bad("POST", &format!("{path}/invalidate"), None, 409).await;
    assert!(error.contains("has ended: its status is invalidated"), "{error}");
    server.bad("POST", "/_mock/flows/nobody/invalidate", None, 404).await;
}
