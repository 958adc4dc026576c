//! The JSON twin of the pages.

use super::*;

#[tokio::test]
async fn a_script_sees_what_a_person_sees() {
    let bench = Bench::new();
    let url = bench.signing_page(0);

    let (status, page) = bench.get_json(&url).await;

    assert_eq!(status, StatusCode::OK);
    assert_eq!(page["contract"]["id"], json!(bench.flow));
    assert_eq!(page["contract"]["initiator"], "典子谦示例企业");
    assert_eq!(page["contract"]["status"], 1);
    assert_eq!(page["turn"], json!([bench.recipient(0)]));
    assert_eq!(page["you"], json!(bench.recipient(0)));
    assert_eq!(page["expires_at"], NOW.seconds() + 1800);
    let statuses: Vec<_> = page["parties"].as_array().unwrap().iter().map(|party| &party["status"]).collect();
    assert_eq!(statuses, [2, 1, 1]);
    assert_eq!(page["parties"][1]["mobile"], "188****0000");
    let actions: Vec<_> = page["actions"].as_array().unwrap().iter().map(|action| &action["action"]).collect();
    assert_eq!(actions, ["sign", "reject", "forward"]);
    let preview = page["previews"][1].as_str().unwrap().replace("../../", "/");
    assert_eq!(bench.get(&preview).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_offered_action_can_be_taken_as_it_is_offered() {
    let bench = Bench::new();
    let (_, page) = bench.get_json(&bench.signing_page(0)).await;
    let sign = &page["actions"][0];
    let url = format!("/quick/demo/home{}", sign["href"].as_str().unwrap());

    let (status, after) = bench.post_json(&url, &sign["body"]).await;

    assert_eq!(status, StatusCode::OK);
    assert_eq!((&after["standing"], &after["contract"]["status"]), (&json!("signed"), &json!(2)));
    assert_eq!(after["turn"], json!([bench.recipient(1)]));
    assert_eq!(after["actions"], json!([]));
    assert_eq!(after["parties"][0]["signed_at"], NOW.seconds());
}

#[tokio::test]
async fn a_script_refuses_with_a_reason() {
    let bench = Bench::new();
    let url = bench.signing_page(0);
    let (status, error) = bench.post_json(&url, &json!({ "action": "reject" })).await;
    assert_eq!((status, &error["error"]), (StatusCode::BAD_REQUEST, &json!("reason_missing")));

    let (status, after) = bench.post_json(&url, &json!({ "action": "reject", "message": "价格不对" })).await;

    assert_eq!(status, StatusCode::OK);
    assert_eq!((&after["standing"], &after["contract"]["message"]), (&json!("rejected"), &json!("价格不对")));
}

#[tokio::test]
async fn errors_are_plain_sentences() {
    let bench = Bench::new();
    let late = bench.signing_page(1) + "&lang=en";
    let (status, error) = bench.post_json(&late, &json!({ "action": "sign" })).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let message = "It is not your turn yet: Others sign first. Open this link again once they have.";
    assert_eq!(error, json!({ "error": "not_yet", "message": message }));

    let url = bench.signing_page(0);
    for body in [json!({}), json!([]), json!({ "action": "burn" }), json!({ "action": "sign", "extra": 1 })] {
        let (status, error) = bench.post_json(&url, &body).await;
        assert!(status.is_client_error() && error["error"] == "unreadable", "{body}: {status} {error}");
    }
    bench.wait(HALF_AN_HOUR);
    let (status, error) = bench.get_json(&url).await;
    assert_eq!((status, &error["error"]), (StatusCode::GONE, &json!("link_expired")));
    let (status, error) = bench.get_json("/quick/demo/home?token=0123456789").await;
    assert_eq!((status, &error["error"]), (StatusCode::NOT_FOUND, &json!("unknown_link")));
}

#[tokio::test]
async fn a_link_that_names_nobody_offers_choices() {
    let bench = Bench::new();
    let token = bench.link(Opens::Contract { flow: bench.flow.clone(), recipient: None });
    let url = format!("/quick/demo/home?token={token}");
    let (_, page) = bench.get_json(&url).await;
    assert_eq!((&page["standing"], &page["actions"]), (&json!("must_choose"), &json!([])));
    let choice = format!("/quick/demo/home{}", page["choices"][0]["href"].as_str().unwrap());
    let (_, page) = bench.get_json(&choice).await;
    assert_eq!(page["standing"], "may_sign");
}

#[tokio::test]
async fn a_list_leads_to_its_contracts() {
    let bench = Bench::new();
    let token = bench.link(Opens::MiniProgram);
    let (_, list) = bench.get_json(&format!("/quick/demo/home?token={token}")).await;
    let href = list["contracts"][0]["href"].as_str().unwrap();
    let (status, page) = bench.get_json(&format!("/quick/demo/home{href}")).await;
    assert_eq!((status, &page["contract"]["id"]), (StatusCode::OK, &json!(bench.flow)));
}
