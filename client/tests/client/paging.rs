//! Lists read page by page, from a server that has them.

use ess_client::schemas::{ess, essbasic};
use ess_client::{Client, Credentials, RetryPolicy};
use serde_json::{Value, json};

use crate::server::{Server, Step};

fn answer(list: &str, items: &[Value], total: Option<u64>) -> Step {
    let mut fields = json!({ list: items }).as_object().unwrap().clone();
    fields.extend(total.map(|total| ("TotalCount".to_owned(), json!(total))));
    let text = Value::Object(fields).to_string();
    Step::success(&format!("{},", &text[1..text.len() - 1]))
}

fn templates(names: &[&str], total: u64) -> Step {
    let items: Vec<_> = names.iter().map(|name| json!({"TemplateName": name})).collect();
    answer("Templates", &items, Some(total))
}

fn client(server: &Server) -> Client {
    let credentials = Credentials::new("AKIDtest", "key");
    Client::builder(credentials).server(&server.url).retry(RetryPolicy::never()).build().unwrap()
}

/// `Offset` and `Limit` of each request.
fn places(server: &Server) -> Vec<(Value, Value)> {
    let place = |body: Value| (body["Offset"].clone(), body["Limit"].clone());
    server.received().iter().map(|request| place(request.json())).collect()
}

fn described(limit: Option<u64>, offset: Option<u64>) -> ess::DescribeFlowTemplatesRequest {
    ess::DescribeFlowTemplatesRequest { limit, offset, ..Default::default() }
}

#[tokio::test]
async fn records_are_skipped_by_as_many_as_came() {
    let server = Server::that([templates(&["a", "b"], 5), templates(&["c"], 5), templates(&["d", "e"], 5)]).await;

    let all = client(&server).pages(described(Some(2), None)).collect(usize::MAX).await.unwrap();

    let names: Vec<_> = all.iter().map(|template| template.template_name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    assert_eq!(places(&server), [(json!(0), json!(2)), (json!(2), json!(2)), (json!(3), json!(2))]);
}

#[tokio::test]
async fn pages_are_skipped_one_by_one() {
    let seals = |count: usize| answer("Seals", &vec![json!({"SealId": "yDS"}); count], Some(5));
    let server = Server::that([seals(2), seals(2), seals(1)]).await;
    let request = ess::DescribeOrganizationSealsRequest { limit: Some(2), ..Default::default() };
    let client = client(&server);

    let mut pages = client.pages(request);
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        assert_eq!((page.total, page.request_id.as_str()), (Some(5), "request-1"));
        lengths.push(page.items.len());
    }

    assert_eq!((lengths, pages.seen()), (vec![2, 2, 1], 5));
    assert_eq!(places(&server), [(json!(0), json!(2)), (json!(1), json!(2)), (json!(2), json!(2))]);
}

#[tokio::test]
async fn a_list_without_a_total_ends_with_a_short_page() {
    let people = |count: usize| answer("Employees", &vec![json!({"OpenId": "o"}); count], None);
    let server = Server::that([people(200), people(3)]).await;

    let request = ess::DescribeSingleSignOnEmployeesRequest::default();
    let all = client(&server).pages(request).collect(usize::MAX).await.unwrap();

    assert_eq!(all.len(), 203);
    assert_eq!(places(&server), [(json!(0), json!(200)), (json!(200), json!(200))]);
}

#[tokio::test]
async fn an_empty_list_has_no_page_and_is_asked_for_once() {
    let server = Server::that([templates(&[], 0)]).await;
    let client = client(&server);
    let mut pages = client.pages(described(None, None));

    assert!(pages.next().await.unwrap().is_none() && pages.next().await.unwrap().is_none());

    assert_eq!(places(&server), [(json!(0), json!(200))]);
}

#[tokio::test]
async fn reading_begins_where_the_request_says_and_stops_when_there_is_enough() {
    let server = Server::that([templates(&["d", "e"], 50)]).await;

    let some = client(&server).pages(described(Some(2), Some(3))).collect(2).await.unwrap();

    assert_eq!((some.len(), places(&server)), (2, vec![(json!(3), json!(2))]));
}

#[tokio::test]
async fn a_total_that_never_comes_true_does_not_go_on_for_ever() {
    let server = Server::that([templates(&["a"], 9), templates(&[], 9)]).await;

    let all = client(&server).pages(described(None, None)).collect(usize::MAX).await.unwrap();

    assert_eq!(all.len(), 1);
}

#[tokio::test]
async fn a_page_that_failed_can_be_asked_for_again() {
    let server = Server::that([templates(&["a"], 2), Step::error("InternalError"), templates(&["b"], 2)]).await;
    let client = client(&server);
    let mut pages = client.pages(described(None, None));

    pages.next().await.unwrap();
    assert_eq!(pages.next().await.unwrap_err().code(), Some("InternalError"));
    assert_eq!(pages.next().await.unwrap().unwrap().items[0].template_name, "b");
    assert_eq!(places(&server)[1], places(&server)[2]);
}

#[tokio::test]
async fn a_limit_that_travels_as_a_text_is_one() {
    let server = Server::that([answer("ChannelRoles", &[json!({"RoleId": "r"})], Some(1))]).await;

    client(&server).pages(essbasic::ChannelDescribeRolesRequest::default()).collect(9).await.unwrap();

    assert_eq!(places(&server), [(json!(0), json!("200"))]);
}
