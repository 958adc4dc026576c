//! Worlds that were put back, or written down and read, answer as the one they come from: byte for byte.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::clock::EdgeTime;
use crate::engine::new_world::{NewWorld, Source};
use crate::engine::snapshot::text::{Notation, read, write};

/// A day's work: a contract launched, looked at, given a link, signed and downloaded; another withdrawn.
async fn work(stage: &Stage, former: &str) -> Vec<Value> {
    let operator = stage.operator();
    let wanted = stage.new_flow().await;
    let launched = stage.call("CreateFlowByFiles", wanted).await;
    let flow = launched["FlowId"].clone();
    let mut answers = vec![launched];
    for (action, parameters) in [
        ("DescribeFlowInfo", json!({"Operator": operator, "FlowIds": [former, flow]})),
        ("CreateSchemeUrl", json!({"Operator": operator, "FlowId": flow, "EndPoint": "HTTP_SHORT_URL", "PathType": 1})),
        ("CancelFlow", json!({"Operator": operator, "FlowId": former, "CancelMessage": "写错了"})),
        ("DescribeFlowBriefs", json!({"Operator": operator, "FlowIds": [former, flow]})),
    ] {
        answers.push(stage.call(action, parameters).await);
    }
    answers
}

#[tokio::test]
async fn a_world_put_back_and_a_world_read_answer_the_same_calls_with_the_same_bytes() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    stage.sign_next(&flow);
    let account = stage.account();
    let snapshot = account.snapshot(EdgeTime::read());
    let first = work(&stage, &flow).await;
    for answer in &first {
        assert!(answer.get("Error").is_none(), "{answer}");
    }

    account.restore(snapshot.clone(), EdgeTime::read());
    assert_eq!(work(&stage, &flow).await, first);

    for notation in [Notation::Json, Notation::Yaml] {
        let text = write(&snapshot, notation).unwrap();
        account.restore(read("test", &text).unwrap(), EdgeTime::read());
        assert_eq!(work(&stage, &flow).await, first, "{notation:?}");
    }
}

#[tokio::test]
async fn two_integrators_with_keys_of_their_own_meet_in_one_contract_of_a_branch() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let snapshot = stage.account().snapshot(EdgeTime::read());
    let source = Source::Snapshot { name: "branch".into(), snapshot: Box::new(snapshot) };
    let branch = stage.registry.make(NewWorld { source, ..NewWorld::default() }).unwrap();
    let keys = stage.registry.keys_of(&branch);
    assert_eq!(keys.len(), stage.file.organizations.len());

    let organizations = stage.file.organizations.clone();
    let ask = async |number: usize| {
        let operator = json!({"UserId": organizations[number].employees[0].id});
        let parameters = json!({"Operator": operator, "FlowIds": [flow]});
        stage.call_as(&keys[number].secret_id, "DescribeFlowBriefs", parameters).await
    };
    assert_eq!(ask(0).await["FlowBriefs"][0]["FlowId"], flow, "the company that launched it");
    let other = ask(1).await;
    assert!(other["Error"]["Code"].as_str().is_some_and(|code| !code.contains("AuthFailure")), "{other}");
    let cancel = json!({"Operator": stage.operator(), "FlowId": flow, "CancelMessage": "x"});
    let cancelled = stage.call_as(&keys[0].secret_id, "CancelFlow", cancel).await;
    assert!(cancelled.get("Error").is_none(), "{cancelled}");
    let status = |answer: Value| answer["FlowBriefs"][0]["FlowStatus"].clone();
    let own = json!({"Operator": stage.operator(), "FlowIds": [flow]});
    assert_eq!(status(stage.call("DescribeFlowBriefs", own.clone()).await), 1, "the first world's contract goes on");
    assert_eq!(status(stage.call_as(&keys[0].secret_id, "DescribeFlowBriefs", own).await), 6);
}

#[tokio::test]
async fn a_secret_id_nobody_knows_gets_a_world_of_its_own_where_worlds_are_open() {
    assert_eq!(Stage::new().registry.key_of_stranger("job-7"), None, "closed unless something else is said");

    let open = Stage::for_everybody();
    for _ in 0..2 {
        let parameters = json!({"Operator": open.operator(), "FlowIds": ["nothing"]});
        let answer = open.call_as("job-7", "DescribeFlowBriefs", parameters).await;
        assert_eq!(answer["FlowBriefs"], json!([]), "an action answers: {answer}");
    }
    assert_eq!(open.registry.accounts().len(), 2, "the second call finds the world of the first");
    let key = open.registry.key("job-7").unwrap();
    assert_eq!((key.secret_key.as_str(), key.organization.as_str()), ("job-7", open.file.organizations[0].id.as_str()));
}
