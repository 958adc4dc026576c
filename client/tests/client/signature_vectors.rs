//! Every case under fixtures/signatures, step by step: the first step that differs is the one that is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use ess_client::signature::{v1, v3};
use serde::Deserialize;

#[derive(Deserialize)]
struct V3Request {
    secret_id: String,
    secret_key: String,
    timestamp: i64,
    service: String,
    method: String,
    uri: String,
    query: String,
    headers: Vec<(String, String)>,
    unsigned_payload: bool,
}

#[derive(Deserialize)]
struct V1Request {
    secret_key: String,
    algorithm: String,
    method: String,
    host: String,
    path: String,
    parameters: Vec<(String, String)>,
}

#[test]
fn each_step_of_tc3_hmac_sha256_matches_its_vector() {
    for case in cases("v3", 6) {
        let request: V3Request = request(&case);
        let headers: Vec<_> = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();

        let payload = match request.unsigned_payload {
            true => v3::unsigned_payload(),
            false => v3::hashed_payload(&fs::read(case.join("payload")).unwrap()),
        };
        expect(&case, "1_hashed_payload", &payload);
        let canonical = v3::canonical_request(&request.method, &request.uri, &request.query, &headers, &payload);
        expect(&case, "2_canonical_request", &canonical);
        let date = v3::date(request.timestamp).unwrap();
        let scope = v3::credential_scope(&date, &request.service);
        let text = v3::string_to_sign(request.timestamp, &scope, &canonical);
        expect(&case, "3_string_to_sign", &text);
        let key = v3::signing_key(&request.secret_key, &date, &request.service);
        expect(&case, "4_signing_key", &hex::encode(key));
        let signature = v3::signature(&key, &text);
        expect(&case, "5_signature", &signature);
        let header = v3::authorization(&request.secret_id, &scope, &v3::signed_headers(&headers), &signature);
        expect(&case, "6_authorization", &header);
    }
}

#[test]
fn each_step_of_the_older_signature_matches_its_vector() {
    for case in cases("v1", 2) {
        let request: V1Request = request(&case);
        let parameters = request.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));

        let text = v1::string_to_sign(&request.method, &request.host, &request.path, parameters);
        expect(&case, "1_string_to_sign", &text);
        let algorithm = v1::Algorithm::named(&request.algorithm).unwrap();
        expect(&case, "2_signature", &v1::signature(&request.secret_key, algorithm, &text));
    }
}

/// The folders of one method; fewer than there should be means that the runner looked in the wrong place.
fn cases(method: &str, at_least: usize) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/signatures").join(method);
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= at_least, "only {} cases in {}", cases.len(), folder.display());
    cases
}

fn request<T: for<'de> Deserialize<'de>>(case: &Path) -> T {
    serde_json::from_slice(&fs::read(case.join("request.json")).unwrap()).unwrap()
}

fn expect(case: &Path, step: &str, actual: &str) {
    let expected = fs::read_to_string(case.join(step)).unwrap();
    assert_eq!(actual, expected, "{} of {}", step, case.display());
}
