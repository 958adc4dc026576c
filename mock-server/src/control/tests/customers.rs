use serde_json::{Value, json};

use super::Server;

fn happens(what: &str) -> Value {
    json!({ "customer": "org_half_onboarded", "happens": what })
}

#[tokio::test]
async fn the_vendors_people_turn_a_letter_down_and_then_let_another_pass() {
    let server = Server::frozen();
    let customers = server.get("/_mock/customers").await;
    let half = customers.as_array().unwrap().iter().find(|one| one["open_id"] == "org_half_onboarded").unwrap();
    assert_eq!(half["status"], "VERIFYINGAUTHORIZATIONFILEPENDING");

    let refused = json!({ "customer": "org_half_onboarded", "happens": "letter_refused", "reason": "照片不清晰" });
    let refused = server.good("POST", "/_mock/customers", Some(refused)).await;
    assert_eq!(refused["status"], "VERIFYINGAUTHORIZATIONFILEREJECT");
    let again = server.good("POST", "/_mock/customers", Some(happens("letter_uploaded"))).await;
    assert_eq!((&again["status"], &again["submitted"]), (&half["status"], &json!(false)));

    let passed = server.good("POST", "/_mock/customers", Some(happens("letter_passed"))).await;
    assert_eq!(passed["status"], "VERIFIED");
    assert!(passed["proxy_app"].is_string(), "{passed}");
    assert_eq!(passed["operators"][0]["verified"], true, "who proved it is its administrator");
    assert_eq!(passed["licensed_until"], Value::Null, "a licence is another matter");
}

#[tokio::test]
async fn money_comes_before_the_letter_that_needs_it_passes() {
    let server = Server::frozen();
    server.good("POST", "/_mock/customers", Some(happens("voided"))).await;
    server.good("POST", "/_mock/customers", Some(happens("submitted"))).await;
    let letter = json!({ "customer": "org_half_onboarded", "happens": "letter_uploaded", "transfer": "pending" });
    assert_eq!(server.good("POST", "/_mock/customers", Some(letter)).await["transfer"], "pending");
    server.bad("POST", "/_mock/customers", Some(happens("letter_passed")), 409).await;
    assert_eq!(
        server.good("POST", "/_mock/customers", Some(happens("transfer_changed"))).await["transfer"],
        "received"
    );
    assert_eq!(server.good("POST", "/_mock/customers", Some(happens("letter_passed"))).await["status"], "VERIFIED");
}

#[tokio::test]
async fn what_does_not_fit_is_refused_in_words() {
    let server = Server::frozen();
    for (body, status) in [
        (happens("legal_person_completed"), 409),
        (happens("staff_verified"), 409),
        (json!({ "customer": "nobody", "happens": "voided" }), 404),
        (json!({ "customer": "org_half_onboarded", "application": "nobody", "happens": "voided" }), 404),
        (json!({ "customer": "org_half_onboarded", "happens": "vanished" }), 400),
        (json!({ "customer": "org_half_onboarded" }), 400),
    ] {
        server.bad("POST", "/_mock/customers", Some(body), status).await;
    }
    let second = server.get("/_mock/customers?application=nobody").await;
    assert_eq!(second, json!([]));
}
