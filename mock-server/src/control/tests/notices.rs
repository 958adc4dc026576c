use serde_json::{Value, json};

use super::{NOW, Server, launch, launch_wishing, person};

const DAY: i64 = 86_400;

/// Whom the notices that fit the query go to.
async fn told(server: &Server, query: &str) -> Vec<Value> {
    let notices = server.get(&format!("/_mock/notices?{query}")).await;
    notices.as_array().unwrap().iter().map(|one| one["to"].clone()).collect()
}

#[tokio::test]
async fn notices_hold_the_link_a_browser_opens() {
    let server = Server::frozen();
    launch(&server.account());
    let notices = server.get("/_mock/notices").await;
    let [notice] = notices.as_array().unwrap().as_slice() else { panic!("one is due: {notices}") };
    assert_eq!((&notice["to"], &notice["at"]), (&json!("18888888888"), &json!(NOW)));
    assert!(notice["text"].as_str().unwrap().contains("采购合同"));
    assert!(notice["link"].as_str().unwrap().starts_with("http://127.0.0.1:8480/s/demo/"), "{notice}");
    assert_eq!(server.get("/_mock/notices?to=13000000000").await, json!([]));
}

#[tokio::test]
async fn a_day_before_the_deadline_whoever_is_due_is_warned() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "364d" })).await;
    assert_eq!(told(&server, &format!("occasion=near_expiry&flow={flow}")).await, ["18888888888"]);
    assert_eq!(told(&server, "occasion=turn&channel=sms").await, ["18888888888"], "one is due, one waits");
    assert!(told(&server, "flow=another").await.is_empty());
}

#[tokio::test]
async fn the_initiator_is_reminded_when_they_wished_to_be_also_of_a_signed_contract() {
    let server = Server::frozen();
    let reminded_on = NOW + 30 * DAY;
    let approvers = json!([person("张三", "18888888888")]);
    let flow = launch_wishing(&server.account(), json!({ "Approvers": approvers, "RemindedOn": reminded_on }));
    server.post(&format!("/_mock/flows/{flow}/sign"), json!({})).await;
    server.post("/_mock/clock", json!({ "advance": "29d" })).await;
    assert!(told(&server, "occasion=renewal").await.is_empty());
    server.post("/_mock/clock", json!({ "advance": "31d" })).await;
    let notices = server.get("/_mock/notices?occasion=renewal").await;
    assert_eq!((&notices[0]["at"], &notices[0]["to"]), (&json!(reminded_on), &json!("13200000000")));
    assert_eq!(notices.as_array().unwrap().len(), 1, "once");
}

#[tokio::test]
async fn copies_are_told_of_by_sms_when_everybody_has_signed_if_so_wished() {
    let server = Server::frozen();
    let wishes = json!({
        "Approvers": [person("张三", "18888888888")], "CcNotifyType": 1,
        "CcInfos": [{ "Name": "李四", "Mobile": "13700000009", "CcType": 1 }],
    });
    let flow = launch_wishing(&server.account(), wishes);
    assert!(told(&server, "occasion=copy").await.is_empty());
    server.post(&format!("/_mock/flows/{flow}/sign"), json!({})).await;
    assert_eq!(told(&server, "occasion=copy").await, ["13700000009"]);
}

#[tokio::test]
async fn who_wants_mail_gets_mail() {
    let server = Server::frozen();
    let mut signer = person("张三", "18888888888");
    signer["NotifyType"] = json!("EMAIL");
    signer["ApproverEmail"] = json!("zhang@example.com");
    launch_wishing(&server.account(), json!({ "Approvers": [signer] }));
    assert_eq!(told(&server, "channel=email").await, ["zhang@example.com"]);
    assert!(told(&server, "channel=sms").await.is_empty());
}
