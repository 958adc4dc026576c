//! A hundred megabytes where a few are allowed: refused in the vendor's words, without being held in memory.

use ess_schemas::Service;
use ess_tests::json_call;

use crate::socket::{self, Connection};
use crate::stage::{Stage, action, now};

const MEGABYTE: usize = 1024 * 1024;
const HUNDRED: usize = 100 * MEGABYTE;
const TOO_LARGE: &str = "RequestSizeLimitExceeded";

/// The head of a signed call whose body will be something else altogether.
fn head(stage: &Stage, length: &str) -> Vec<u8> {
    let mut request = json_call(&stage.key, &stage.host, action(Service::Ess, "CreateSchemeUrl"), now(), "{}");
    request.headers.retain(|(name, _)| name != "Content-Length");
    let (name, value) = length.split_once(": ").unwrap();
    request.headers.push((name.to_owned(), value.to_owned()));
    request.body.clear();
    request.bytes()
}

#[tokio::test]
async fn an_announced_body_of_100_mb_is_refused_and_the_connection_closed() {
    let stage = Stage::set().await;
    let mut connection = Connection::open(stage.server.address()).await;

    connection.send(&head(&stage, &format!("Content-Length: {HUNDRED}"))).await;
    let piece = vec![b'x'; MEGABYTE];
    for _ in 0..100 {
        if !connection.send(&piece).await {
            break;
        }
    }

    assert_eq!(connection.answer().await.unwrap().code(), TOO_LARGE);
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn a_body_of_100_mb_that_announces_nothing_is_refused_and_the_connection_closed() {
    let stage = Stage::set().await;
    let mut connection = Connection::open(stage.server.address()).await;

    connection.send(&head(&stage, "Transfer-Encoding: chunked")).await;
    let mut piece = format!("{MEGABYTE:x}\r\n").into_bytes();
    piece.resize(piece.len() + MEGABYTE, b'x');
    piece.extend_from_slice(b"\r\n");
    for _ in 0..100 {
        if !connection.send(&piece).await {
            break;
        }
    }
    connection.send(b"0\r\n\r\n").await;

    assert_eq!(connection.answer().await.unwrap().code(), TOO_LARGE);
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn a_client_that_hangs_up_in_the_middle_harms_nobody() {
    let stage = Stage::set().await;
    for _ in 0..20 {
        let mut connection = Connection::open(stage.server.address()).await;
        connection.send(&head(&stage, "Content-Length: 1000000")).await;
        connection.send(b"{\"Operator\":").await;
    }

    let answer = stage.call(action(Service::Ess, "DescribeFlowBriefs"), "{}").await;

    assert_eq!(answer.code(), "MissingParameter");
}

#[tokio::test]
async fn a_query_of_a_megabyte_is_refused() {
    let stage = Stage::set().await;
    let request = format!("GET /?Name={} HTTP/1.1\r\nHost: {}\r\n\r\n", "x".repeat(MEGABYTE), stage.host);

    // The HTTP library refuses a head that long before anybody sees it.
    let refused = socket::attempt(stage.server.address(), request.as_bytes()).await;

    assert!(refused.is_none_or(|answer| answer.status < 500));
}
