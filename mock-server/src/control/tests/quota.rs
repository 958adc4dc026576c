use serde_json::json;

use super::{Server, launch};

#[tokio::test]
async fn the_quota_is_shown_and_set() {
    let server = Server::frozen();
    let company = server.get("/_mock/world").await["ORGANIZATION_ID"].as_str().unwrap().to_owned();
    let path = format!("/_mock/organizations/{company}/quota");
    let bought = server.get(&path).await["bought"].as_u64().unwrap();
    launch(&server.account());
    let quota = server.get(&path).await;
    assert_eq!((&quota["left"], &quota["charged"]), (&json!(bought - 1), &json!(1)));
    assert_eq!(quota["previews"], json!(2 * bought));

    let set = server.good("PUT", &path, Some(json!({ "left": 0, "free_cancellations": 0 }))).await;
    assert_eq!((&set["left"], &set["bought"], &set["previews"]), (&json!(0), &json!(1), &quota["previews"]));
    assert_eq!(server.get(&path).await, set);
}

#[tokio::test]
async fn nobodys_quota_is_not_found() {
    let server = Server::frozen();
    server.bad("GET", "/_mock/organizations/nobody/quota", None, 404).await;
}
