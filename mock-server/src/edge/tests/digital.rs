//! Texts and files signed with a certificate: with anybody's tools, on the world's clock.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;

async fn ask(stage: &Stage, action: &str, more: Value) -> Value {
    let mut request = json!({"Operator": stage.operator()});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stage.call(action, request).await
}

#[tokio::test]
async fn a_signed_text_is_verified_with_the_certificate_it_was_signed_with() {
    let stage = Stage::new();
    let signed = ask(&stage, "CreateDigitalDataSign", json!({"PlainText": "测试abc"})).await;
    let verify = |text: &str, signature: &Value| {
        let more = json!({"PlainText": text, "SignValue": signature});
        let stage = &stage;
        async move { ask(stage, "VerifyDigitalDataSign", more).await }
    };
    let good = verify("测试abc", &signed["SignValue"]).await;
    assert_eq!((&good["VerifyResult"], &good["Certificate"]), (&json!(1), &signed["Certificate"]));
    for (text, signature) in [
        ("测试abd", &signed["SignValue"]),
        ("测试abc", &signed["SignTimestamp"]),
        ("测试abc", &json!("MIAGCSqGSIb3DQEHAqCA")),
        ("测试abc", &json!("not base64")),
    ] {
        let bad = verify(text, signature).await;
        assert_eq!((&bad["VerifyResult"], bad.get("Certificate")), (&json!(2), None), "{text} {signature}");
    }
    let again = ask(&stage, "CreateDigitalDataSign", json!({"PlainText": "测试abc"})).await;
    assert_eq!(again["SignValue"], signed["SignValue"], "the same text, company and moment");
    stage.pass(Duration::from_secs(1));
    let later = ask(&stage, "CreateDigitalDataSign", json!({"PlainText": "测试abc"})).await;
    assert_ne!(later["SignValue"], signed["SignValue"]);
    insta::assert_json_snapshot!(signed["Certificate"]);
}

#[tokio::test]
async fn a_file_is_signed_by_a_task_and_can_be_fetched_and_is_known_again() {
    let stage = Stage::new();
    let file = stage.upload().await;
    let asked = ask(&stage, "CreateFileCounterSign", json!({"FileId": file})).await;
    let told = |answer: &Value| (answer["Status"].clone(), answer["ResultFileId"].clone());
    assert_eq!(told(&asked), (json!("PROCESSING"), json!("")));
    let task = json!({"TaskId": asked["TaskId"]});
    assert_eq!(told(&ask(&stage, "DescribeFileCounterSignResult", task.clone()).await), told(&asked));
    stage.pass(Duration::from_secs(3));
    let ended = ask(&stage, "DescribeFileCounterSignResult", task).await;
    assert_eq!((&ended["Status"], &ended["ErrorDetail"]), (&json!("FINISHED"), &json!("")));

    let signed = &ended["ResultFileId"];
    let wanted = json!({"BusinessType": "DIGITFILE", "BusinessIds": [signed]});
    let urls = ask(&stage, "DescribeFileUrls", wanted).await;
    let (_, fetched) = stage.open(urls["FileUrls"][0]["Url"].as_str().unwrap()).await;
    assert!(fetched.body.starts_with(crate::documents::sample_contract()), "what was uploaded is its beginning");
    assert!(fetched.body.len() > crate::documents::sample_contract().len());
    let known = ask(&stage, "VerifyDigitFile", json!({"FileId": signed})).await;
    assert_eq!(known["VerifyResult"], 1, "{known}");
    let signer = known["VerifyDigitFileResults"][0]["SignerName"].as_str().unwrap();
    assert!(signer.starts_with("ESS@典子谦示例企业@"), "{known}");
    assert_eq!(
        ask(&stage, "VerifyDigitFile", json!({"FileId": file})).await["VerifyResult"],
        2,
        "it is a file of its own"
    );
}

#[tokio::test]
async fn a_file_is_signed_at_once_when_asked_for_as_often_as_was_bought() {
    let mut file = Stage::new().file.as_ref().clone();
    file.organizations[0].counter_signs = 1;
    let stage = Stage::of(file);
    let file = stage.upload().await;
    let at_once = json!({"FileId": file, "SyncMode": true});
    let signed = ask(&stage, "CreateFileCounterSign", at_once.clone()).await;
    assert_eq!(signed["Status"], "FINISHED");
    assert_eq!(ask(&stage, "VerifyDigitFile", json!({"FileId": signed["ResultFileId"]})).await["VerifyResult"], 1);
    let spent = ask(&stage, "CreateFileCounterSign", at_once).await;
    assert_eq!(spent["Error"]["Code"], "FailedOperation.BalanceNotEnough");
}
