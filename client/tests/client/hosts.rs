//! A client that may reach some hosts only.

use std::io;
use std::net::TcpListener;

use ess_client::raw::RawRequest;
use ess_client::schemas::ess;
use ess_client::{Client, ClientBuilder, Credentials, ErrorKind, Fault, Outcome, Service};
use serde_json::json;

use crate::server::{Server, Step};

/// A port that notices whoever comes.
struct Lookout(TcpListener);

impl Lookout {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// A connection that was made waits in the port's queue, whether or not anything was sent over it.
    fn saw_nobody(&self) -> bool {
        matches!(self.0.accept(), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }
}

fn client_of(url: &str) -> ClientBuilder {
    Client::builder(Credentials::new("AKIDtest", "key")).server(url)
}

fn describe() -> ess::DescribeFlowBriefsRequest {
    ess::DescribeFlowBriefsRequest::default()
}

#[tokio::test]
async fn a_foreign_host_sees_no_connection() {
    let lookout = Lookout::new();
    let client = client_of(&lookout.url()).only_hosts(["ess.test.ess.tencent.cn", "127.0.0.1:1"]).build().unwrap();

    let error = client.call(&describe()).await.unwrap_err();
    let ErrorKind::ForeignHost { host, allowed } = error.kind() else { panic!("{error:?}") };
    assert_eq!(format!("http://{host}"), lookout.url());
    assert_eq!(allowed, &["ess.test.ess.tencent.cn", "127.0.0.1:1"]);
    assert_eq!((error.outcome(), error.fault(), error.attempts()), (Outcome::NotCarriedOut, Fault::Caller, 1));

    let raw = RawRequest::new(Service::Ess, "DescribeFlowBriefs", json!({}));
    assert!(matches!(client.send_raw(&raw).await, Err(ErrorKind::ForeignHost { .. })));

    assert!(lookout.saw_nobody());
}

#[tokio::test]
async fn the_lookout_would_have_noticed() {
    let lookout = Lookout::new();
    let limit = std::time::Duration::from_millis(100);

    client_of(&lookout.url()).timeout(limit).build().unwrap().call(&describe()).await.unwrap_err();

    assert!(!lookout.saw_nobody());
}

#[tokio::test]
async fn an_allowed_host_is_called_as_ever_and_its_files_host_only_if_allowed_too() {
    let (server, lookout) = (Server::that([Step::success(r#""FlowBriefs":[],"#)]).await, Lookout::new());
    let allowed = server.url.strip_prefix("http://").unwrap();
    let client = client_of(&server.url).file_endpoint(&lookout.url()).only_hosts([allowed]).build().unwrap();

    client.call(&describe()).await.unwrap();
    let error = client.call(&ess::UploadFilesRequest::default()).await.unwrap_err();

    assert!(matches!(error.kind(), ErrorKind::ForeignHost { .. }), "{error:?}");
    assert!(lookout.saw_nobody());
}
