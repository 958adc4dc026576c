//! A host that nobody allowed is spoken to by no way.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use ess_conformance::target::plain::Plain;
use ess_conformance::target::profile::Profile;
use ess_conformance::target::{Reach, Target, World};

async fn world(url: &str, more: &[String]) -> World {
    let profile = "says: somebody else's\ncapabilities: []\nkeys: { own: { secret_id: a, secret_key: b } }";
    let profile = Profile::read("profile.yaml", profile, |_| None).unwrap();
    let plain = Plain::new(Some(url.to_owned()), more, Duration::ZERO).unwrap();
    Target { name: "somebody else's".to_owned(), profile, reach: Reach::Plain(plain) }.world(0, None).await.unwrap()
}

/// Listens, and hears of every connection.
fn foreign() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let host = listener.local_addr().unwrap().to_string();
    (listener, host)
}

fn nobody_came(listener: &TcpListener) -> bool {
    matches!(listener.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_at_a_foreign_host_is_refused_before_a_byte_is_sent() {
    let (listener, host) = foreign();

    let refused = world("http://127.0.0.1:9", &[]).await.fetch(&format!("http://{host}/file")).await.unwrap_err();

    assert!(refused.contains("127.0.0.1:9"), "{refused}");
    assert!(nobody_came(&listener));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirection_to_a_foreign_host_is_not_followed() {
    let (listener, host) = foreign();
    let own = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", own.local_addr().unwrap());
    let router = Router::new().route("/file", get(move || async move { Redirect::to(&format!("http://{host}/file")) }));
    tokio::spawn(async move { axum::serve(own, router).await.unwrap() });

    let answered = world(&url, &[]).await.fetch(&format!("{url}/file")).await;

    assert!(answered.is_err() || answered.is_ok_and(|(status, _)| status == 303), "as it was answered, if at all");
    assert!(nobody_came(&listener));
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_go_to_the_targets_own_host_alone() {
    let (listener, host) = foreign();
    let world = world("http://127.0.0.1:9", std::slice::from_ref(&host)).await;

    assert_eq!(world.hosts, Some(vec!["127.0.0.1:9".to_owned(), host]));
    assert!(nobody_came(&listener));
}
