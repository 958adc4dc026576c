//! A request as it goes out: right in every way, or wrong as a case wants it.

use ess_client::raw::{Edit, Method, RawRequest, Signing};
use ess_client::signature::v1::Algorithm;
use ess_schemas::Service;
use serde_json::Value;

/// The request of a call, spoiled where the case says so.
///
/// # Errors
/// A word of `spoil` that is none.
pub(super) fn request(
    service: Service,
    action: &str,
    parameters: &Value,
    spoil: Option<&Value>,
) -> Result<RawRequest, String> {
    let words = match spoil {
        None | Some(Value::Null) => return Ok(RawRequest::new(service, action, parameters.clone())),
        Some(Value::Object(words)) => words,
        Some(other) => return Err(format!("`spoil` is a map, this is {other}")),
    };
    let action = words.get("action").and_then(Value::as_str).unwrap_or(action);
    let mut request = RawRequest::new(service, action, parameters.clone());
    for (word, value) in words {
        request = spoiled(request, word, value)?;
    }
    Ok(request)
}

fn spoiled(request: RawRequest, word: &str, value: &Value) -> Result<RawRequest, String> {
    let text =
        || value.as_str().map(str::to_owned).ok_or_else(|| format!("`spoil: {word}` is a text, this is {value}"));
    Ok(match word {
        "action" => request,
        "secret_id" => request.secret_id(text()?),
        "secret_key" => request.secret_key(text()?),
        "version" => request.version(text()?),
        "region" => request.region(text()?),
        "token" => request.token(text()?),
        "language" => request.language(text()?),
        "content_type" => request.content_type(text()?),
        "body" => request.text(text()?),
        "authorization" => request.after_signing(Edit::replace("Authorization", text()?)),
        "timestamp" => {
            let offset = value.as_i64().ok_or_else(|| format!("`spoil: timestamp` is in seconds, this is {value}"))?;
            request.timestamp_offset(offset)
        }
        "unsigned_payload" => request.unsigned_payload(),
        "method" => request.method(match text()?.as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            other => return Err(format!("`spoil: method` is GET or POST, this is {other}")),
        }),
        "signature_method" => request.signing(match text()?.as_str() {
            "TC3-HMAC-SHA256" => Signing::V3,
            name => Signing::V1(Algorithm::named(name).ok_or_else(|| {
                format!("`spoil: signature_method` is TC3-HMAC-SHA256, HmacSHA1 or HmacSHA256, this is {name}")
            })?),
        }),
        "headers" => edits(request, value, RawRequest::after_signing)?,
        "parameters" => edits(request, value, RawRequest::after_signing_parameter)?,
        other => return Err(format!("`spoil` has no word `{other}`")),
    })
}

/// Null takes away, a list adds one more for each, a text replaces.
fn edits(
    mut request: RawRequest,
    changes: &Value,
    apply: impl Fn(RawRequest, Edit) -> RawRequest,
) -> Result<RawRequest, String> {
    let changes = changes.as_object().ok_or_else(|| format!("expected a map of names, this is {changes}"))?;
    for (name, value) in changes {
        match value {
            Value::Null => request = apply(request, Edit::remove(name)),
            Value::String(text) => request = apply(request, Edit::replace(name, text)),
            Value::Number(number) => request = apply(request, Edit::replace(name, number.to_string())),
            Value::Array(more) => {
                for text in more {
                    request = apply(request, Edit::add(name, text.as_str().unwrap_or_default()));
                }
            }
            Value::Bool(_) | Value::Object(_) => {
                return Err(format!("`{name}`: expected a text or null, this is {value}"));
            }
        }
    }
    Ok(request)
}
