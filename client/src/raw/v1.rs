//! A raw request signed with `HmacSHA1` or `HmacSHA256`: everything stands among the parameters.

use bytes::Bytes;
use reqwest::Url;

use super::flatten::{Pairs, edit, encode, flatten};
use super::wire::{self, SignedRequest};
use super::{Content, Method, RawRequest};
use crate::ErrorKind;
use crate::client::Settings;
use crate::endpoint::Endpoint;
use crate::signature::v1::{self, Algorithm};

pub(super) fn sign(
    request: &RawRequest,
    algorithm: Algorithm,
    settings: &Settings,
    endpoint: &Endpoint,
) -> Result<SignedRequest, ErrorKind> {
    // A raw text stays as it is and the common parameters follow it; what it decodes to is signed with them.
    let (text, given) = match &request.content {
        Content::Json(value) => ("", flatten(value)),
        Content::Text(bytes) => {
            let text = wire::text(bytes)?;
            (text, decoded(text))
        }
    };
    let mut own = common(request, algorithm, settings);
    let all = given.iter().chain(&own).map(|(name, value)| (name.as_str(), value.as_str()));
    let to_sign = v1::string_to_sign(request.method.name(), &endpoint.host, endpoint.url.path(), all);
    let secret_key = request.secret_key.as_ref().unwrap_or(&settings.credentials.secret_key);
    own.push((v1::SIGNATURE.to_owned(), v1::signature(secret_key, algorithm, &to_sign)));

    let mut pairs = if text.is_empty() { given } else { Vec::new() };
    pairs.append(&mut own);
    edit(&mut pairs, &request.parameter_edits);
    let parts = [text.to_owned(), encode(&pairs)].into_iter().filter(|part| !part.is_empty());
    let everything = parts.collect::<Vec<_>>().join("&");

    let content_type = request.content_type.clone().or_else(|| match request.method {
        Method::Get => None,
        Method::Post => Some("application/x-www-form-urlencoded".to_owned()),
    });
    let headers = content_type.map(|content_type| ("Content-Type", content_type)).into_iter().collect();
    Ok(match request.method {
        Method::Get => SignedRequest { query: everything, headers, body: Bytes::new() },
        Method::Post => SignedRequest { query: String::new(), headers, body: everything.into() },
    })
}

/// The common parameters of this generation. (page request-structure)
fn common(request: &RawRequest, algorithm: Algorithm, settings: &Settings) -> Pairs {
    let credentials = &settings.credentials;
    let timestamp = settings.clock.unix_seconds().saturating_add(request.timestamp_offset);
    let value = |text: &str| Some(text.to_owned());
    [
        ("Action", value(&request.action)),
        ("Version", value(&request.version)),
        ("Timestamp", Some(timestamp.to_string())),
        // Nobody checks that it is fresh, so it may follow from the time and need no randomness.
        ("Nonce", Some((timestamp.rem_euclid(65_535) + 1).to_string())),
        ("SecretId", value(request.secret_id.as_ref().unwrap_or(&credentials.secret_id))),
        (v1::SIGNATURE_METHOD, value(algorithm.name())),
        ("Region", request.region.clone()),
        ("Language", request.language.clone()),
        ("Token", request.token.clone().or_else(|| credentials.token.clone())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

fn decoded(text: &str) -> Pairs {
    let url = Url::parse(&format!("http://host/?{text}"));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}
