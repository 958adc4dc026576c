//! A call that comes inside of another one, encrypted.

use ess_schemas::Service;
use serde_json::{Value, json};

use super::platform::{APP, first};
use super::stage::Stage;
use crate::domain::request_encryption::{Encrypted, RequestEncryption};
use crate::engine::world_file::{DEMO, WorldFile};

/// The keys of the published vector, which the demo world has.
fn agreed() -> RequestEncryption {
    let written = json!({"cipher": "aes", "key": "AES-CBC-Key-1234", "integrity_key": "AES-HMAC-Key-123"});
    serde_json::from_value(written).unwrap()
}

impl Stage {
    /// Sends a call in an envelope; answers the envelope's answer.
    async fn enclose(&self, service: Service, action: &str, body: &str) -> Value {
        let closed = agreed().close(body.as_bytes(), *b"1234567890abcdef");
        let mut request = json!({"RequestAction": action, "IV": closed.iv, "EncryptedData": closed.data,
            "EncryptionSignature": closed.signature});
        if service == Service::Essbasic {
            request["ApplicationId"] = json!(APP);
        }
        self.send(service, "CreateRequestWithEncryption", request.to_string()).await
    }

    /// The same; answers what is inside.
    async fn enclosed(&self, service: Service, action: &str, body: &Value) -> Value {
        let answer = self.enclose(service, action, &body.to_string()).await;
        let text = |name: &str| answer[name].as_str().unwrap_or_else(|| panic!("no {name}: {answer}")).to_owned();
        let signature = Some(text("EncryptionSignature"));
        let opened = agreed().open(&Encrypted { iv: text("IV"), data: text("EncryptedData"), signature }).unwrap();
        let envelope: Value = serde_json::from_slice(&opened).unwrap();
        envelope["Response"].clone()
    }
}

#[tokio::test]
async fn a_call_inside_of_another_does_what_it_does_alone() {
    let stage = Stage::new();
    let flow = stage.launch_for(&first()).await;
    let cancel = json!({"Agent": first(), "FlowId": flow, "CancelMessage": "发错了"});

    let cancelled = stage.enclosed(Service::Essbasic, "ChannelCancelFlow", &cancel).await;

    assert_eq!(cancelled.get("Error"), None, "{cancelled}");
    assert!(cancelled["RequestId"].is_string(), "its own");
    let look = json!({"Agent": first(), "FlowIds": [flow]});
    let inside = stage.enclosed(Service::Essbasic, "DescribeFlowDetailInfo", &look).await;
    assert_eq!(inside["FlowInfo"][0]["FlowStatus"], "CANCEL");
    let alone = stage.platform("DescribeFlowDetailInfo", &first(), json!({"FlowIds": [flow]})).await;
    assert_eq!(inside["FlowInfo"], alone["FlowInfo"]);
}

#[tokio::test]
async fn what_is_wrong_inside_is_said_inside() {
    let stage = Stage::new();
    let unknown = json!({"Agent": first(), "FlowId": "nobody", "CancelMessage": "x"});
    for (action, body, code) in [
        ("ChannelCancelFlow", unknown, "ResourceNotFound.Flow"),
        ("ChannelCancelFlow", json!({"Agent": first()}), "MissingParameter"),
        ("ChannelCancelFlow", json!({"Agent": first(), "FlowId": "x", "Colour": "red"}), "UnknownParameter"),
        ("NoSuchAction", json!({}), "InvalidAction"),
        ("CreateRequestWithEncryption", json!({}), "InvalidAction"),
    ] {
        let said = stage.enclosed(Service::Essbasic, action, &body).await;
        assert_eq!(said["Error"]["Code"], code, "{action} {body}");
    }
    let answer = stage.enclose(Service::Essbasic, "ChannelCancelFlow", "no JSON").await;
    assert!(answer["EncryptedData"].is_string(), "a body that is none is a matter of the call inside: {answer}");
}

#[tokio::test]
async fn a_company_encloses_its_calls_too() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let look = json!({"Operator": stage.operator(), "FlowIds": [flow]});
    let inside = stage.enclosed(Service::Ess, "DescribeFlowBriefs", &look).await;
    assert_eq!(inside["FlowBriefs"][0]["FlowId"], json!(flow));
}

#[tokio::test]
async fn who_agreed_upon_no_keys_has_no_envelopes() {
    let mut file = WorldFile::parse("demo", DEMO).unwrap();
    file.organizations[0].encryption = None;
    let answer = Stage::of(file).enclose(Service::Ess, "DescribeFlowBriefs", "{}").await;
    assert_eq!(answer["Error"]["Code"], "FailedOperation", "{answer}");
}

#[tokio::test]
async fn the_journal_has_both_calls() {
    let stage = Stage::new();
    let flow = stage.launch_for(&first()).await;
    let look = json!({"Agent": first(), "FlowIds": [flow]});
    stage.enclosed(Service::Essbasic, "DescribeFlowDetailInfo", &look).await;
    let asked = stage
        .account()
        .read_journal(|journal| journal.since(0).map(|entry| entry.asked.action.to_string()).collect::<Vec<_>>());
    assert_eq!(
        asked[asked.len() - 2..],
        ["DescribeFlowDetailInfo", "CreateRequestWithEncryption"],
        "the inner one first"
    );
}
