//! A server with `--worlds open`: whoever signs as the rule says gets a world of their own, nobody else.

use ess_mock_server::MockServer;
use ess_schemas::Service;
use ess_tests::Key;
use serde_json::json;

use crate::stage::{Stage, action};

/// The code of the answer to a question about a contract that is not there.
async fn ask(stage: &mut Stage, id: &str, secret: &str) -> String {
    stage.key = Key::new(id, secret);
    let body = json!({ "Operator": stage.operator(), "FlowIds": ["nothing"] });
    stage.call(action(Service::Ess, "DescribeFlowBriefs"), body.to_string()).await.code().to_owned()
}

#[tokio::test]
async fn the_secret_of_a_newcomer_is_their_secret_id_and_nothing_else_opens_a_world() {
    let server = MockServer::builder().frozen().open_worlds(true).start().await.unwrap();
    let mut stage = Stage::with(server).await;
    let worlds = |stage: &Stage| stage.server.registry().accounts().len();

    assert_eq!(ask(&mut stage, "job-7", "guessed").await, "AuthFailure.SignatureFailure");
    assert_eq!(worlds(&stage), 1, "whoever cannot sign leaves no trace");
    let known = ask(&mut stage, "job-7", "job-7").await;
    assert!(!known.starts_with("AuthFailure"), "{known}");
    assert_eq!(ask(&mut stage, "job-7", "job-7").await, known);
    assert_eq!(worlds(&stage), 2);
    ask(&mut stage, "job-8", "job-8").await;
    assert_eq!(worlds(&stage), 3);
}

#[tokio::test]
async fn a_newcomer_is_refused_where_worlds_are_closed() {
    let mut stage = Stage::set().await;
    assert_eq!(ask(&mut stage, "job-7", "job-7").await, "AuthFailure.SecretIdNotFound");
    assert_eq!(stage.server.registry().accounts().len(), 1);
}
