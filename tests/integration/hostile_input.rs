//! Whatever comes over the wire, the answer is the vendor's error or a closed connection: never a 500, never a panic.

use ess_schemas::{ActionContract, Service, actions};
use ess_tests::json_call;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::socket::{self, Connection};
use crate::stage::{Stage, action, http, now};

/// Each case is a connection of its own; the gateway's own properties run thousands without one.
const CASES: u32 = 96;

/// Holds a property against one server, which must be well afterwards.
fn hold<S: Strategy>(strategy: S, property: impl AsyncFn(&Stage, S::Value)) {
    let runtime = Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::set());
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&strategy, |value| {
        runtime.block_on(property(&stage, value));
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    runtime.block_on(async {
        assert_eq!(stage.call(action(Service::Ess, "CreateSchemeUrl"), good(&stage).to_string()).await.code(), "");
        let health = http().get(format!("{}/_mock/health", stage.server.url())).send().await.unwrap();
        let health: Value = serde_json::from_slice(&health.bytes().await.unwrap()).unwrap();
        assert_eq!(health["status"], "ready", "{health}");
    });
}

fn good(stage: &Stage) -> Value {
    json!({ "Operator": { "UserId": stage.value("OPERATOR_USER_ID") } })
}

/// Sends bytes, and that there will be no more of them; whatever comes back must not be a fault of the server.
async fn assert_no_fault(stage: &Stage, bytes: &[u8]) {
    let mut connection = Connection::open(stage.server.address()).await;
    connection.send(bytes).await;
    connection.finish().await;
    if let Some(answer) = connection.answer().await {
        assert!(answer.status < 500, "{answer:?}");
        if answer.status == 200 && answer.header("content-type") == Some("application/json") {
            assert_ne!(answer.code(), "InternalError");
        }
    }
}

/// Signs a body correctly, so that it gets past the gate; the answer must be in the vendor's shape.
async fn assert_answered(stage: &Stage, action: &ActionContract, body: Vec<u8>) {
    let shown = String::from_utf8_lossy(&body).into_owned();
    let request = json_call(&stage.key, &stage.host, action, now(), body);
    let answer = socket::exchange(stage.server.address(), &request.bytes()).await;
    // Where nothing else is published, the code stands for refusals too; a handler that failed marks the world.
    if action.codes.iter().any(|code| !code.starts_with("InternalError")) {
        assert_ne!(answer.code(), "InternalError", "{}: {shown}", action.name);
    }
}

fn any_action() -> impl Strategy<Value = &'static ActionContract> {
    let all: Vec<&'static ActionContract> = Service::ALL.into_iter().flat_map(actions).collect();
    prop::sample::select(all)
}

/// Any JSON, with the numbers and texts that programs stumble over.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!(u64::MAX)),
        any::<String>().prop_map(Value::from),
        "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{d7ff}\u{1f600}]{0,9}".prop_map(Value::from),
        (0_usize..100_000).prop_map(|length| Value::from("甲".repeat(length))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[A-Za-z.]{0,12}", inner), 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

#[test]
fn random_bytes_are_no_request() {
    hold(prop::collection::vec(any::<u8>(), 0..2000), async |stage, bytes| assert_no_fault(stage, &bytes).await);
}

#[test]
fn a_request_with_bytes_changed_is_answered_or_dropped() {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    hold((changes, any::<prop::sample::Index>()), async |stage, (changes, cut)| {
        let body = good(stage).to_string();
        let mut bytes =
            json_call(&stage.key, &stage.host, action(Service::Ess, "CreateSchemeUrl"), now(), body).bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        assert_no_fault(stage, &bytes).await;
        bytes.truncate(cut.index(bytes.len()));
        assert_no_fault(stage, &bytes).await;
    });
}

#[test]
fn a_signed_body_of_any_bytes_is_answered_by_every_action() {
    let body = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..500),
        any_json().prop_map(|value| value.to_string().into_bytes()),
        (any_json(), any::<prop::sample::Index>()).prop_map(|(value, cut)| {
            let mut text = value.to_string().into_bytes();
            text.truncate(cut.index(text.len() + 1));
            text
        }),
        (1_usize..200_000).prop_map(|depth| "[".repeat(depth).into_bytes()),
        (1_usize..200_000).prop_map(|depth| r#"{"Operator":"#.repeat(depth).into_bytes()),
        "[0-9]{1,400}(\\.[0-9]{1,400})?([eE][-+]?[0-9]{1,5})?"
            .prop_map(|number| format!(r#"{{"Offset":{number},"Limit":{number}}}"#).into_bytes()),
    ];
    hold((any_action(), body), async |stage, (action, body)| assert_answered(stage, action, body).await);
}

#[test]
fn a_good_call_with_any_value_in_the_place_of_one_is_answered() {
    hold((any::<prop::sample::Index>(), any_json()), async |stage, (place, value)| {
        let mut call = json!({
            "Operator": { "UserId": stage.value("OPERATOR_USER_ID") },
            "FlowName": "合同",
            "FileIds": ["yDx"],
            "Approvers": [{
                "ApproverType": 1,
                "ApproverName": "张三",
                "ApproverMobile": "15912345678",
                "SignComponents": [{ "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 1.5 }],
            }],
            "Deadline": 1,
            "Unordered": false,
            "CcInfos": [{ "Mobile": "15912345678", "Name": "李四" }],
        });
        let mut pointers = Vec::new();
        places(&call, "", &mut pointers);
        let pointer = &pointers[place.index(pointers.len())];
        *call.pointer_mut(pointer).unwrap() = value;
        assert_answered(stage, action(Service::Ess, "CreateFlowByFiles"), call.to_string().into_bytes()).await;
    });
}

/// The JSON pointers of everything in a value.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, &format!("{here}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{here}/{index}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn strange_methods_paths_and_hosts_are_no_fault() {
    let stage = Stage::set().await;
    for head in [
        "OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        "BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET //%00/..%2f HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://elsewhere/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: \u{ff}\r\nHost: b\r\nContent-Length: 0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /s/demo/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /quick/demo/home?token=%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /file/demo/FLOW/x/0/0.PDF?hkey=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /mini/demo?path=%25%25%25 HTTP/1.1\r\nHost: x\r\n\r\n",
    ] {
        assert_no_fault(&stage, head.as_bytes()).await;
    }
}
