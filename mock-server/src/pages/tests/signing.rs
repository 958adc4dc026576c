//! The signing page in a browser.

use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY};

use super::*;
use crate::domain::flow::{Ended, FlowState};
use crate::domain::status::ApproverStatus;

const OK: StatusCode = StatusCode::OK;

/// What is left of a page without its tags.
fn read_aloud(html: &str) -> String {
    let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    let mut inside = false;
    for sign in main.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            _ => text.push(sign),
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_short_link_leads_to_the_signing_page() {
    let bench = Bench::new();
    let token = bench.link(bench.signing(0));

    let reply = bench.get(&format!("/s/demo/{token}?lang=en")).await;

    assert_eq!(reply.status, StatusCode::FOUND);
    let long = reply.location().strip_prefix("http://127.0.0.1:8480").expect("at the public address");
    assert!(long.starts_with("/quick/demo/home?") && long.ends_with("&lang=en"), "{long}");
    bench.get(long).await.assert_says(OK, &["Your signature is asked for", "典子谦示例企业"]);
}

#[tokio::test]
async fn the_page_shows_whose_contract_this_is_and_who_signs() {
    let bench = Bench::new();
    let page = bench.get(&bench.signing_page(0)).await;
    insta::assert_snapshot!("signing_page_in_chinese", read_aloud(page.text()));
    let url = bench.signing_page(0) + "&lang=en";
    insta::assert_snapshot!("signing_page_in_english", read_aloud(bench.get(&url).await.text()));
}

#[tokio::test]
async fn nothing_a_caller_wrote_becomes_markup() {
    let bench = Bench::new();
    let page = bench.get(&bench.signing_page(0)).await;
    assert!(page.text().contains("服务合同 &#60;b&#62;一&#60;/b&#62;"), "{}", page.text());
    assert!(!page.text().contains("<b>一"));
    assert_eq!(page.header(REFERRER_POLICY), "no-referrer");
    assert!(page.header(CONTENT_SECURITY_POLICY).starts_with("default-src 'self'"));
}

#[tokio::test]
async fn signing_leads_back_to_the_result_and_calls_the_next_one() {
    let bench = Bench::new();
    let url = bench.signing_page(0);

    let reply = bench.post(&url, "action=sign&message=").await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let result = format!("/quick/demo/home{}", reply.location());
    bench.get(&result).await.assert_says(OK, &["您已签署", "2023-11-15 06:13:20"]);
    assert_eq!(bench.flow().approvers[0].status, ApproverStatus::Signed);
    assert!(bench.flow().approvers[1].is_due());
    bench.get(&bench.signing_page(1)).await.assert_says(OK, &["请您签署", r#"name="action" value="sign""#]);
}

#[tokio::test]
async fn who_has_signed_cannot_sign_again() {
    let bench = Bench::new();
    let url = bench.signing_page(0);
    bench.post(&url, "action=sign").await;
    let signed = bench.flow();

    bench.post(&url, "action=sign").await.assert_says(StatusCode::CONFLICT, &["您已签署", "返回合同"]);

    assert_eq!(bench.flow(), signed);
    let page = bench.get(&url).await;
    page.assert_says(OK, &["您已签署"]);
    assert!(!page.text().contains("<form"), "there is nothing left to do");
}

#[tokio::test]
async fn who_comes_later_is_told_to_wait() {
    let bench = Bench::new();
    let url = bench.signing_page(1);
    let page = bench.get(&url).await;
    page.assert_says(OK, &["还没有轮到您"]);
    assert!(!page.text().contains("<form"));
    bench.post(&url, "action=sign").await.assert_says(StatusCode::CONFLICT, &["还没有轮到您"]);
    assert!(!bench.flow().approvers.iter().any(|one| one.status == ApproverStatus::Signed));
}

#[tokio::test]
async fn refusing_takes_a_reason_and_ends_the_contract() {
    let bench = Bench::new();
    let url = bench.signing_page(0);
    for form in ["action=reject", "action=reject&message=%20%20"] {
        bench.post(&url, form).await.assert_says(StatusCode::BAD_REQUEST, &["请填写拒签理由"]);
    }

    let reply = bench.post(&url, "action=reject&message=%E4%BB%B7%E6%A0%BC%E4%B8%8D%E5%AF%B9").await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(bench.flow().state, FlowState::Ended(Ended::Rejected));
    bench.get(&url).await.assert_says(OK, &["您已拒签", "价格不对"]);
    bench.get(&bench.signing_page(1)).await.assert_says(OK, &["合同已被拒签"]);
}

#[tokio::test]
async fn who_must_not_refuse_is_not_asked_to() {
    let bench = Bench::with(|request| {
        request["Approvers"][0]["ApproverOption"] = json!({ "NoRefuse": true });
    });
    let url = bench.signing_page(0);
    assert!(!bench.get(&url).await.text().contains("拒签理由"));
    bench.post(&url, "action=reject&message=x").await.assert_says(StatusCode::CONFLICT, &["不能拒签"]);
    assert_eq!(bench.flow().state, FlowState::Signing);
}

#[tokio::test]
async fn a_link_dies_on_the_servers_clock() {
    let bench = Bench::new();
    let url = bench.signing_page(0);
    bench.get(&url).await.assert_says(OK, &["30 分 0 秒", "2023-11-15 06:43:20"]);
    bench.wait(HALF_AN_HOUR - Duration::from_secs(1));
    bench.get(&url).await.assert_says(OK, &["1 秒"]);

    bench.wait(Duration::from_secs(1));

    bench.get(&url).await.assert_says(StatusCode::GONE, &["链接已失效", "2023-11-15 06:43:20"]);
    bench.post(&url, "action=sign").await.assert_says(StatusCode::GONE, &["链接已失效"]);
    assert!(bench.flow().approvers[0].is_due(), "nothing was signed");
}

#[tokio::test]
async fn a_contract_past_its_deadline_says_so_while_the_link_lives() {
    let bench = Bench::with(|request| request["Deadline"] = json!(NOW.seconds() + 60));
    let url = bench.signing_page(0);
    bench.wait(Duration::from_secs(60));
    bench.get(&url).await.assert_says(OK, &["合同已过期"]);
    bench.post(&url, "action=sign").await.assert_says(StatusCode::CONFLICT, &["合同已过期"]);
}

#[tokio::test]
async fn a_link_nobody_was_given_opens_nothing() {
    let bench = Bench::new();
    let token = bench.link(bench.signing(0));
    for url in [
        "/quick/demo/home?token=0123456789".to_owned(),
        "/quick/demo/home".to_owned(),
        "/s/demo/0123456789".to_owned(),
        format!("/quick/another/home?token={token}"),
        format!("/quick/AKIDdemo00000000000000000000000000000/home?token={token}"),
        "/mini/demo?path=pages/guide".to_owned(),
    ] {
        bench.get(&url).await.assert_says(StatusCode::NOT_FOUND, &["链接不存在"]);
    }
}

#[tokio::test]
async fn a_preview_lets_nobody_sign() {
    let bench = Bench::new();
    let initiators = Opens::Preview { flow: bench.flow.clone(), recipient: None };
    let signers = Opens::Preview { flow: bench.flow.clone(), recipient: Some(bench.recipient(0)) };
    for (opens, says) in [(initiators, "您的身份：发起方"), (signers, "典子谦")] {
        let url = format!("/quick/demo/home?token={}", bench.link(opens));
        let page = bench.get(&url).await;
        page.assert_says(OK, &["合同预览", says]);
        assert!(!page.text().contains("<form"));
        // Saying who one is opens nothing either.
        let bold = format!("{url}&as={}", bench.recipient(0));
        bench.post(&bold, "action=sign").await.assert_says(StatusCode::FORBIDDEN, &["合同预览"]);
    }
    assert!(bench.flow().approvers[0].is_due());
}

#[tokio::test]
async fn nobody_signs_in_a_machines_place() {
    let bench = Bench::with(|request| request["Unordered"] = json!(true));
    let url = bench.signing_page(2);
    bench.get(&url).await.assert_says(OK, &["自动签署"]);
    bench.post(&url, "action=sign").await.assert_says(StatusCode::FORBIDDEN, &["自动签署"]);
    assert!(bench.flow().approvers[2].is_due());
}

#[tokio::test]
async fn after_signing_the_browser_goes_where_the_caller_said() {
    let bench = Bench::new();
    let jump = "https://example.com/done?a=1&b=\"><script>";
    let url = format!("/quick/demo/home?token={}", bench.link_jumping_to(bench.signing(0), Some(jump)));
    assert!(!bench.get(&url).await.text().contains("example.com"), "not before");

    let reply = bench.post(&url, "action=sign").await;

    let result = bench.get(&format!("/quick/demo/home{}", reply.location())).await;
    let escaped = "https://example.com/done?a=1&#38;b=&#34;&#62;&#60;script&#62;";
    result.assert_says(OK, &[&format!("content=\"3;url={escaped}\""), &format!("href=\"{escaped}\"")]);
    assert!(!bench.get(&url).await.text().contains("http-equiv=\"refresh\""), "only right after signing");
}

#[tokio::test]
async fn a_script_is_no_place_to_go() {
    let bench = Bench::new();
    let opens = bench.signing(0);
    let url = format!("/quick/demo/home?token={}", bench.link_jumping_to(opens, Some("javascript:alert(1)")));
    let reply = bench.post(&url, "action=sign").await;
    let result = bench.get(&format!("/quick/demo/home{}", reply.location())).await;
    assert!(!result.text().contains("javascript:"), "{}", result.text());
}

#[tokio::test]
async fn the_language_stays_through_links_and_forms() {
    let bench = Bench::new();
    let url = bench.signing_page(0) + "&lang=en";
    let page = bench.get(&url).await;
    page.assert_says(OK, &["<html lang=\"en\">", "Refuse", ">中文</a>", "not Tencent E-Sign"]);
    let form = page.text().split_once("method=\"post\" action=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(form.ends_with("lang=en"), "{form}");
    let reply = bench.post(&url, "action=sign").await;
    let result = format!("/quick/demo/home{}", reply.location());
    bench.get(&result).await.assert_says(OK, &["You have signed"]);
}

#[tokio::test]
async fn what_cannot_be_read_changes_nothing() {
    let bench = Bench::new();
    let url = bench.signing_page(0);
    for form in ["", "action=burn", "action=sign&action=reject", "action=sign&extra=1"] {
        bench.post(&url, form).await.assert_says(StatusCode::BAD_REQUEST, &["无法读取提交的内容"]);
    }
    let long: &'static str = Box::leak(format!("action=reject&message={}", "x".repeat(20_000)).into_boxed_str());
    bench.post(&url, long).await.assert_says(StatusCode::PAYLOAD_TOO_LARGE, &["提交的内容过大"]);
    let wordy: &'static str = Box::leak(format!("action=reject&message={}", "x".repeat(201)).into_boxed_str());
    bench.post(&url, wordy).await.assert_says(StatusCode::BAD_REQUEST, &["拒签理由过长", "200"]);
    assert_eq!(bench.flow().state, FlowState::Signing);
}
