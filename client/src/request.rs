//! An action as a signed HTTP request.

use bytes::Bytes;
use ess_schemas::ActionContract;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HOST};

use crate::client::Settings;
use crate::endpoint::Endpoint;
use crate::signature::v3;

/// What every request calls itself, where official SDKs name themselves as `SDK_GO_1.3.166`. (wire)
const REQUEST_CLIENT: &str = concat!("ESS_CLIENT_RUST_", env!("CARGO_PKG_VERSION"));

const CONTENT: &str = "application/json";

/// The values that make a request's signature, and the signature.
pub(crate) struct Signed {
    timestamp: i64,
    signature: String,
    authorization: String,
}

impl Signed {
    /// Signs `content-type` and `host`, as all official SDKs do. (wire)
    /// None for a time that has no date: the clock is broken.
    pub(crate) fn new(settings: &Settings, action: &ActionContract, endpoint: &Endpoint, body: &[u8]) -> Option<Self> {
        let timestamp = settings.clock.unix_seconds();
        let payload = if settings.unsigned_payload { v3::unsigned_payload() } else { v3::hashed_payload(body) };
        let headers = [("content-type", CONTENT), ("host", endpoint.host.as_str())];
        let request = v3::canonical_request("POST", endpoint.url.path(), "", &headers, &payload);

        let date = v3::date(timestamp)?;
        let service = action.service.name();
        let scope = v3::credential_scope(&date, service);
        let key = v3::signing_key(&settings.credentials.secret_key, &date, service);
        let signature = v3::signature(&key, &v3::string_to_sign(timestamp, &scope, &request));
        let names = v3::signed_headers(&headers);
        let authorization = v3::authorization(&settings.credentials.secret_id, &scope, &names, &signature);
        Some(Self { timestamp, signature, authorization })
    }

    /// A number in 0..1 that differs from request to request.
    pub(crate) fn spread(&self) -> f64 {
        let first = self.signature.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        f64::from(first.unwrap_or_default()) / f64::from(u32::MAX)
    }

    /// The headers in the order official SDKs set them. (wire)
    pub(crate) fn into_request(
        self,
        http: &reqwest::Client,
        settings: &Settings,
        action: &ActionContract,
        endpoint: &Endpoint,
        body: Bytes,
    ) -> reqwest::RequestBuilder {
        let mut request = http
            .post(endpoint.url.clone())
            .header(CONTENT_TYPE, CONTENT)
            .header(HOST, &endpoint.host)
            .header("X-TC-Action", action.name)
            .header("X-TC-RequestClient", REQUEST_CLIENT)
            .header("X-TC-Timestamp", self.timestamp)
            .header("X-TC-Version", action.service.version());
        if settings.unsigned_payload {
            request = request.header("X-TC-Content-SHA256", v3::UNSIGNED_PAYLOAD);
        }
        for (name, value) in [
            ("X-TC-Region", settings.region.as_deref()),
            ("X-TC-Token", settings.credentials.token.as_deref()),
            ("X-TC-Language", settings.language.map(|language| language.code())),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.header(AUTHORIZATION, self.authorization).body(body)
    }
}
