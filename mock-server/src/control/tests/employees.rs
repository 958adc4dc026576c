use serde_json::{Value, json};

use super::Server;

#[tokio::test]
async fn whoever_asks_to_join_is_let_in_by_an_administrator() {
    let server = Server::frozen();
    let asked = json!({ "name": "求加入", "mobile": "13811110001" });
    let asking = server.good("POST", "/_mock/employees", Some(asked.clone())).await;
    assert_eq!((&asking["verified"], &asking["asks_to_join"]), (&json!(false), &json!(true)));
    server.bad("POST", "/_mock/employees", Some(asked), 409).await;

    let path = format!("/_mock/employees/{}/admit", asking["id"].as_str().unwrap());
    let joined = server.good("POST", &path, None).await;
    assert_eq!((&joined["verified"], &joined["asks_to_join"]), (&json!(true), &json!(false)));
    assert_eq!(joined["roles"], json!(["经办人"]));
    server.bad("POST", &path, None, 409).await;
    server.bad("POST", "/_mock/employees/nobody/admit", None, 404).await;
    let all = server.get("/_mock/employees").await;
    assert!(all.as_array().unwrap().contains(&joined), "{all}");
}

#[tokio::test]
async fn codes_are_given_out_and_strangers_do_not_sign_on() {
    let server = Server::frozen();
    let [one, other] = [
        server.good("POST", "/_mock/auth-codes", Some(json!({}))).await,
        server.good("POST", "/_mock/auth-codes", Some(json!({ "verified": false }))).await,
    ];
    assert_ne!(one, other);
    server.bad("POST", "/_mock/auth-codes", Some(json!({ "organization": "nobody" })), 404).await;
    let login = |open_id: &str| -> Value { json!({ "application": "sign-on", "open_id": open_id }) };
    server.bad("POST", "/_mock/sign-on", Some(login("nobody")), 409).await;
}
