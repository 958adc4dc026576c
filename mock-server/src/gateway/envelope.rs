//! The vendor's answer: always HTTP 200, always exactly `application/json`, always with a RequestId. The Python SDK takes
//! an error with any other Content-Type for a success and dies of an error without RequestId (wire).

use axum::body::Body;
use axum::response::Response;
use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use serde_json::json;

use super::fault::ApiError;

/// Tells a caller how much of the answer is real.
static FIDELITY: HeaderName = HeaderName::from_static("x-mock-fidelity");

/// How much stands behind an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// The state of a world.
    Stateful,
    /// Only the action's response schema.
    Synthesized,
}

impl Fidelity {
    /// The word in the header `X-Mock-Fidelity`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stateful => "stateful",
            Self::Synthesized => "synthesized",
        }
    }
}

/// The body of a successful answer: `encode` writes the action's response as a JSON object, and the RequestId goes in
/// as its last member.
pub fn success<E>(request_id: &str, encode: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<Vec<u8>, E> {
    let mut body = Vec::with_capacity(512);
    body.extend_from_slice(b"{\"Response\":");
    encode(&mut body)?;
    debug_assert_eq!(body.last(), Some(&b'}'), "a response is a JSON object");
    body.pop();
    if body.last() != Some(&b'{') {
        body.push(b',');
    }
    body.extend_from_slice(b"\"RequestId\":");
    body.extend_from_slice(json!(request_id).to_string().as_bytes());
    body.extend_from_slice(b"}}");
    Ok(body)
}

/// The body of a refusal.
pub fn failure(error: &ApiError, request_id: &str) -> Vec<u8> {
    // Written member by member, because the vendor's examples have Error first and Code before Message.
    let (code, message, request_id) = (json!(error.code), json!(error.message), json!(request_id));
    format!("{{\"Response\":{{\"Error\":{{\"Code\":{code},\"Message\":{message}}},\"RequestId\":{request_id}}}}}")
        .into()
}

/// The HTTP response around a body.
pub fn response(body: impl Into<Body>, fidelity: Fidelity) -> Response {
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(FIDELITY.clone(), HeaderValue::from_static(fidelity.word()));
    response
}

/// Has the connection closed behind this response, because what the client still sends is not wanted.
pub fn closing(mut response: Response) -> Response {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn success_of(response: &'static str) -> String {
        let encode = |out: &mut Vec<u8>| -> Result<(), Infallible> {
            out.extend_from_slice(response.as_bytes());
            Ok(())
        };
        String::from_utf8(success("id-1", encode).unwrap()).unwrap()
    }

    #[test]
    fn a_success_carries_the_request_id_as_its_last_member() {
        assert_eq!(success_of(r#"{"FlowId":"f"}"#), r#"{"Response":{"FlowId":"f","RequestId":"id-1"}}"#);
        assert_eq!(success_of("{}"), r#"{"Response":{"RequestId":"id-1"}}"#);
        assert_eq!(success_of(r#"{"A":{}}"#), r#"{"Response":{"A":{},"RequestId":"id-1"}}"#);
    }

    #[test]
    fn a_failure_has_the_vendors_members_in_the_vendors_order() {
        let error = ApiError::new("ResourceNotFound", "no \"such\" 合同");

        assert_eq!(
            String::from_utf8(failure(&error, "id-1")).unwrap(),
            r#"{"Response":{"Error":{"Code":"ResourceNotFound","Message":"no \"such\" 合同"},"RequestId":"id-1"}}"#
        );
    }

    #[test]
    fn every_answer_is_a_200_of_exactly_this_content_type() {
        let response = response(Vec::new(), Fidelity::Synthesized);

        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers()["x-mock-fidelity"], "synthesized");
    }
}
