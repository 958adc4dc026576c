//! A raw request signed with `TC3-HMAC-SHA256`.

use bytes::Bytes;
use reqwest::Url;

use super::flatten::{edit, encode, flatten};
use super::wire::{self, SignedRequest};
use super::{Content, Method, RawRequest};
use crate::ErrorKind;
use crate::client::Settings;
use crate::endpoint::Endpoint;
use crate::signature::v3;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

pub(super) fn sign(request: &RawRequest, settings: &Settings, endpoint: &Endpoint) -> Result<SignedRequest, ErrorKind> {
    let content_type = request.content_type.as_deref().unwrap_or(match request.method {
        Method::Get => FORM,
        Method::Post => JSON,
    });
    let written = Written::of(request, content_type, false)?;
    let payload = match request.unsigned_payload {
        true => v3::unsigned_payload(),
        false => v3::hashed_payload(&written.body),
    };
    let signed = [("content-type", content_type), ("host", endpoint.host.as_str())];
    let method = request.method.name();
    let canonical = v3::canonical_request(method, endpoint.url.path(), &written.query, &signed, &payload);

    let timestamp = settings.clock.unix_seconds().saturating_add(request.timestamp_offset);
    let date = v3::date(timestamp).ok_or_else(|| ErrorKind::Unsendable("the clock's time has no date".to_owned()))?;
    let service = request.service.name();
    let scope = v3::credential_scope(&date, service);
    let credentials = &settings.credentials;
    let key = v3::signing_key(request.secret_key.as_ref().unwrap_or(&credentials.secret_key), &date, service);
    let signature = v3::signature(&key, &v3::string_to_sign(timestamp, &scope, &canonical));
    let secret_id = request.secret_id.as_ref().unwrap_or(&credentials.secret_id);
    let authorization = v3::authorization(secret_id, &scope, &v3::signed_headers(&signed), &signature);

    let sent = if request.parameter_edits.is_empty() { written } else { Written::of(request, content_type, true)? };
    let optional = [
        ("X-TC-Region", request.region.as_ref()),
        ("X-TC-Language", request.language.as_ref()),
        ("X-TC-Token", request.token.as_ref().or(credentials.token.as_ref())),
    ];
    let mut headers = vec![
        ("Content-Type", content_type.to_owned()),
        ("X-TC-Action", request.action.clone()),
        ("X-TC-Version", request.version.clone()),
        ("X-TC-Timestamp", timestamp.to_string()),
        ("Authorization", authorization),
    ];
    headers.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?.clone()))));
    if request.unsigned_payload {
        headers.push(("X-TC-Content-SHA256", v3::UNSIGNED_PAYLOAD.to_owned()));
    }
    Ok(SignedRequest { query: sent.query, headers, body: sent.body })
}

/// The parameters in the place where the request has them.
struct Written {
    query: String,
    body: Bytes,
}

impl Written {
    fn of(request: &RawRequest, content_type: &str, edited: bool) -> Result<Self, ErrorKind> {
        let pairs = |value| {
            let mut pairs = flatten(value);
            edit(&mut pairs, if edited { &request.parameter_edits } else { &[] });
            encode(&pairs)
        };
        let is_form = content_type.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case(FORM));
        Ok(match (request.method, &request.content) {
            (Method::Get, Content::Json(value)) => Self { query: pairs(value), body: Bytes::new() },
            (Method::Get, Content::Text(bytes)) => Self { query: as_sent(wire::text(bytes)?), body: Bytes::new() },
            (Method::Post, Content::Text(text)) => Self { query: String::new(), body: text.clone() },
            (Method::Post, Content::Json(value)) if is_form => Self { query: String::new(), body: pairs(value).into() },
            (Method::Post, Content::Json(value)) => Self { query: String::new(), body: value.to_string().into() },
        })
    }
}

/// A query cannot hold every byte: what HTTP escapes is signed escaped.
fn as_sent(query: &str) -> String {
    let url = Url::parse(&format!("http://host/?{query}"));
    url.ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default()
}
