//! The client's raw requests, at the gateway they are made for: unspoilt they pass, and each fault gets its own code.

use ess_client::Service;
use ess_client::raw::{Edit, Method, Opened, RawRequest, Signing};
use ess_client::signature::v1::Algorithm;
use serde_json::json;

use crate::stage::Stage;

const FORM: &str = "application/x-www-form-urlencoded";

fn describe(stage: &Stage) -> RawRequest {
    let parameters = json!({"Operator": {"UserId": stage.value("OPERATOR_USER_ID")}, "FlowIds": ["yDunknown"]});
    RawRequest::new(Service::Ess, "DescribeFlowBriefs", parameters)
}

#[tokio::test]
async fn an_unspoilt_request_passes_in_every_form() {
    let stage = Stage::set().await;
    let old = |algorithm| describe(&stage).signing(Signing::V1(algorithm));

    for (form, request) in [
        ("v3 post", describe(&stage)),
        ("v3 get", describe(&stage).method(Method::Get)),
        ("v3 form", describe(&stage).content_type(FORM)),
        ("v3 unsigned payload", describe(&stage).unsigned_payload()),
        ("v1 sha1 get", old(Algorithm::HmacSha1).method(Method::Get)),
        ("v1 sha1 post", old(Algorithm::HmacSha1)),
        ("v1 sha256 get", old(Algorithm::HmacSha256).method(Method::Get).region("ap-guangzhou")),
        ("v1 sha256 post", old(Algorithm::HmacSha256).language("zh-CN")),
    ] {
        let answer = stage.client().send_raw(&request).await.unwrap();

        assert!(matches!(answer.opened, Opened::Reply(_)), "{form}: {answer:?}");
    }
}

#[tokio::test]
async fn every_spoilt_request_gets_the_code_of_its_fault() {
    let stage = Stage::set().await;
    let request = || describe(&stage);
    let old = || describe(&stage).signing(Signing::V1(Algorithm::HmacSha1));

    for (expected, spoilt) in [
        ("AuthFailure.SecretIdNotFound", request().secret_id("AKIDnobody")),
        ("AuthFailure.SignatureFailure", request().secret_key("another")),
        ("AuthFailure.SignatureFailure", old().secret_key("another")),
        ("AuthFailure.SignatureFailure", request().after_signing(Edit::replace("Content-Type", "text/plain"))),
        ("AuthFailure.SignatureFailure", old().after_signing_parameter(Edit::replace("FlowIds.0", "yDother"))),
        ("AuthFailure.SignatureExpire", request().timestamp_offset(-301)),
        ("AuthFailure.SignatureExpire", request().timestamp_offset(302)),
        ("AuthFailure.InvalidAuthorization", request().after_signing(Edit::replace("Authorization", "Bearer x"))),
        ("MissingParameter", request().after_signing(Edit::remove("X-TC-Timestamp"))),
        ("MissingParameter", old().after_signing_parameter(Edit::remove("Nonce"))),
        ("InvalidParameter", request().after_signing(Edit::add("X-TC-Action", "CancelFlow"))),
        ("InvalidParameterValue", request().region("Mars!")),
        ("NoSuchVersion", request().version("1999-01-01")),
        ("InvalidAction", RawRequest::new(Service::Ess, "NoSuchAction", json!({}))),
        ("InvalidParameter", request().text("{not json")),
        ("UnknownParameter", request().text(r#"{"NoSuchParameter":1}"#)),
    ] {
        let answer = stage.client().send_raw(&spoilt).await.unwrap();

        assert_eq!((answer.code(), answer.status), (Some(expected), 200), "{spoilt:?}: {answer:?}");
    }
}
