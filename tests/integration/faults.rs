//! What faults do to a connection, read byte by byte.

use ess_schemas::Service;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::socket::Connection;
use crate::stage::{Stage, action, now};

/// Everything the server sends until the connection ends.
async fn bytes_until_the_end(stage: &Stage, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(stage.server.address()).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut read = Vec::new();
    // A connection that is reset has sent what it has sent.
    drop(stream.read_to_end(&mut read).await);
    read
}

fn briefs(stage: &Stage) -> Vec<u8> {
    let body = json!({"Operator": {"UserId": stage.value("OPERATOR_USER_ID")}, "FlowIds": ["yDnothing"]});
    let contract = action(Service::Ess, "DescribeFlowBriefs");
    ess_tests::json_call(&stage.key, &stage.host, contract, now(), body.to_string()).bytes()
}

async fn fault(stage: &Stage, rule: Value) {
    stage.control("faults", &rule).await;
}

#[tokio::test]
async fn a_dropped_connection_ends_without_a_byte_and_the_next_one_works() {
    let stage = Stage::set().await;
    fault(&stage, json!({"first": 1, "effect": "drop"})).await;

    assert_eq!(bytes_until_the_end(&stage, &briefs(&stage)).await, b"");

    let answer = crate::socket::exchange(stage.server.address(), &briefs(&stage)).await;
    assert_eq!((answer.status, answer.header("x-mock-fault")), (200, None));
}

#[tokio::test]
async fn a_connection_that_was_used_before_is_dropped_as_well() {
    let stage = Stage::set().await;
    fault(&stage, json!({"nth": 2, "effect": "drop"})).await;
    let mut connection = Connection::open(stage.server.address()).await;

    assert!(connection.send(&briefs(&stage)).await);
    assert_eq!(connection.answer().await.unwrap().status, 200);
    assert!(connection.send(&briefs(&stage)).await);
    assert!(connection.answer().await.is_none());
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn a_truncated_answer_ends_short_of_what_it_announced() {
    let stage = Stage::set().await;
    fault(&stage, json!({"id": "half", "effect": "truncate"})).await;

    let read = String::from_utf8(bytes_until_the_end(&stage, &briefs(&stage)).await).unwrap();

    let (head, body) = read.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {read}"));
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert!(head.contains("x-mock-fault: half") && head.contains("application/json"), "{head}");
    assert_eq!(body.len(), announced.parse::<usize>().unwrap() / 2, "{body}");
    assert!(body.starts_with("{\"Response\":{") && serde_json::from_str::<Value>(body).is_err(), "{body}");
}

#[tokio::test]
async fn an_answer_that_got_lost_leaves_what_was_done() {
    let stage = Stage::set().await;
    let client = stage.client();
    let upload = json!({"Caller": {"OperatorId": stage.value("OPERATOR_USER_ID")}, "BusinessType": "DOCUMENT",
        "FileInfos": [{"FileName": "合同.pdf", "FileBody": sample()}]});
    let upload: ess_schemas::ess::UploadFilesRequest = serde_json::from_value(upload).unwrap();
    let file = client.call(&upload).await.unwrap().file_ids[0].clone();
    let signer = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888", "SignComponents": [{
        "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 100.0, "ComponentPosY": 100.0,
        "ComponentWidth": 100.0, "ComponentHeight": 50.0}]});
    let launch = json!({"Operator": {"UserId": stage.value("OPERATOR_USER_ID")}, "FlowName": "采购合同", "FileIds": [file],
        "Approvers": [signer]});
    let request = ess_tests::json_call(
        &stage.key,
        &stage.host,
        action(Service::Ess, "CreateFlowByFiles"),
        now(),
        launch.to_string(),
    );
    fault(&stage, json!({"action": "CreateFlowByFiles", "effect": "drop", "after": true})).await;

    assert_eq!(bytes_until_the_end(&stage, &request.bytes()).await, b"");

    let flows = crate::stage::http().get(format!("{}/_mock/flows", stage.server.url())).send().await.unwrap();
    let flows: Value = serde_json::from_slice(&flows.bytes().await.unwrap()).unwrap();
    assert!(flows.to_string().contains("采购合同"), "{flows}");
}

#[tokio::test]
async fn a_slow_answer_does_not_hold_up_the_others() {
    let stage = Stage::set().await;
    fault(&stage, json!({"nth": 1, "latency": "2m"})).await;
    let mut slow = Connection::open(stage.server.address()).await;
    assert!(slow.send(&briefs(&stage)).await);
    // The rule has seen its call once the control API says so.
    while stage.faults().await[0]["struck"] == 0 {
        tokio::task::yield_now().await;
    }

    for _ in 0..20 {
        let answer = crate::socket::exchange(stage.server.address(), &briefs(&stage)).await;
        assert_eq!(answer.status, 200);
    }
}

impl Stage {
    async fn faults(&self) -> Value {
        let answer = crate::stage::http().get(format!("{}/_mock/faults", self.server.url())).send().await.unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }
}

fn sample() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(include_bytes!("../../mock-server/assets/sample-contract.pdf"))
}
