//! The mini program's stand-in.

use super::*;
use crate::domain::status::ApproverStatus;
use crate::engine::urls::Urls;

fn page(bench: &Bench, opens: Opens, to: &str) -> String {
    let link =
        bench.account.enter(EdgeTime::read(), |world, now, _| world.add_link(opens, now.plus(HALF_AN_HOUR), None));
    let path = Urls::mini_path(Some(bench.flow.as_str()), to, "", "", false, &link.short_key);
    bench.account.urls.mini(&path).strip_prefix("http://127.0.0.1:8480").unwrap().to_owned()
}

/// What a link on a page leads to.
fn linked<'a>(page: &'a Reply, start: &str) -> Vec<&'a str> {
    let links = page.text().split("href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    links.map(|(href, _)| href).filter(|href| href.contains(start)).collect()
}

fn unescaped(href: &str) -> String {
    format!("/mini/demo{}", href.replace("&#38;", "&"))
}

#[tokio::test]
async fn a_link_that_names_its_signer_is_their_signing_page() {
    let bench = Bench::new();
    let opens = Opens::Contract { flow: bench.flow.clone(), recipient: Some(bench.recipient(0)) };
    let url = page(&bench, opens, "CONTRACT_DETAIL");
    bench.get(&url).await.assert_says(StatusCode::OK, &["请您签署"]);

    let reply = bench.post(&url, "action=sign").await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    bench.get(&format!("/mini/demo{}", reply.location())).await.assert_says(StatusCode::OK, &["您已签署"]);
    assert_eq!(bench.flow().approvers[0].status, ApproverStatus::Signed);
}

#[tokio::test]
async fn a_link_that_names_nobody_asks_who_opens_it() {
    let bench = Bench::with(|request| request["Unordered"] = json!(true));
    let url = page(&bench, Opens::Contract { flow: bench.flow.clone(), recipient: None }, "CONTRACT_DETAIL");
    let asking = bench.get(&url).await;
    asking.assert_says(StatusCode::OK, &["您是哪一位签署人？"]);
    let choices = linked(&asking, "as=");
    assert_eq!(choices.len(), 2, "the company and the person; the machine signs by itself");
    bench.post(&url, "action=sign").await.assert_says(StatusCode::BAD_REQUEST, &["您是哪一位签署人？"]);

    let chosen = unescaped(choices[1]);
    bench.get(&chosen).await.assert_says(StatusCode::OK, &["请您签署", "张三", "重新选择"]);
    assert_eq!(bench.post(&chosen, "action=sign").await.status, StatusCode::SEE_OTHER);

    assert_eq!(bench.flow().approvers[1].status, ApproverStatus::Signed);
}

#[tokio::test]
async fn a_short_link_into_the_mini_program_leads_there() {
    let bench = Bench::new();
    for (opens, says) in [
        (Opens::Contract { flow: bench.flow.clone(), recipient: None }, "您是哪一位签署人？"),
        (Opens::MiniProgram, "待处理合同"),
    ] {
        let token = bench.link(opens);
        let reply = bench.get(&format!("/s/demo/{token}")).await;
        let long = reply.location().strip_prefix("http://127.0.0.1:8480").unwrap().to_owned();
        assert!(long.starts_with("/mini/demo?path="), "{long}");
        bench.get(&long).await.assert_says(StatusCode::OK, &[says]);
    }
}

#[tokio::test]
async fn home_lists_what_is_waiting_and_the_list_everything() {
    let bench = Bench::new();
    let home = page(&bench, Opens::MiniProgram, "HOME");
    let list = page(&bench, Opens::MiniProgram, "CONTRACT_LIST");
    let shown = bench.get(&home).await;
    shown.assert_says(StatusCode::OK, &["服务合同", "典子谦示例企业"]);
    let contract = unescaped(linked(&shown, "flow=")[0]);
    bench.get(&contract).await.assert_says(StatusCode::OK, &["您是哪一位签署人？"]);

    let chosen = format!("{contract}&as={}", bench.recipient(0));
    bench.post(&chosen, "action=reject&message=x").await;

    bench.get(&home).await.assert_says(StatusCode::OK, &["这里还没有合同。"]);
    bench.get(&list).await.assert_says(StatusCode::OK, &["服务合同", "已拒签"]);
    bench.get(&format!("{list}&flow=unknown")).await.assert_says(StatusCode::NOT_FOUND, &["合同不存在"]);
    bench.post(&list, "action=sign").await.assert_says(StatusCode::NOT_FOUND, &["合同不存在"]);
}
