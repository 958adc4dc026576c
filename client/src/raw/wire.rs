//! A signed raw request on its way into HTTP.

use bytes::Bytes;
use reqwest::header::{HOST, HeaderMap, HeaderName, HeaderValue};

use super::{Edit, Method, RawRequest};
use crate::ErrorKind;
use crate::endpoint::Endpoint;

/// What a way of signing leaves to be sent.
#[derive(Debug)]
pub(super) struct SignedRequest {
    /// What follows the `?`; empty for none.
    pub(super) query: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Bytes,
}

impl SignedRequest {
    pub(super) fn into_request(
        self,
        http: &reqwest::Client,
        request: &RawRequest,
        endpoint: &Endpoint,
    ) -> Result<reqwest::RequestBuilder, ErrorKind> {
        let mut url = endpoint.url.clone();
        url.set_query(Some(self.query.as_str()).filter(|query| !query.is_empty()));
        let mut headers = HeaderMap::new();
        headers.insert(HOST, value(&endpoint.host)?);
        for (name, text) in &self.headers {
            headers.insert(self::name(name)?, value(text)?);
        }
        edit(&mut headers, &request.header_edits)?;
        Ok(match request.method {
            Method::Get => http.get(url).headers(headers),
            Method::Post => http.post(url).headers(headers).body(self.body),
        })
    }
}

/// A raw text that is to be pairs of a query or a form.
pub(super) fn text(bytes: &Bytes) -> Result<&str, ErrorKind> {
    std::str::from_utf8(bytes).map_err(|_| ErrorKind::Unsendable("a query or form must be UTF-8".to_owned()))
}

fn edit(headers: &mut HeaderMap, edits: &[Edit]) -> Result<(), ErrorKind> {
    for edit in edits {
        match edit {
            Edit::Add(key, text) => drop(headers.append(name(key)?, value(text)?)),
            Edit::Replace(key, text) => drop(headers.insert(name(key)?, value(text)?)),
            Edit::Remove(key) => drop(headers.remove(name(key)?)),
        }
    }
    Ok(())
}

fn name(text: &str) -> Result<HeaderName, ErrorKind> {
    text.parse().map_err(|_| ErrorKind::Unsendable(format!("{text:?} is no name of a header")))
}

/// Raw UTF-8 may travel; a line break may not.
fn value(text: &str) -> Result<HeaderValue, ErrorKind> {
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| ErrorKind::Unsendable(format!("{text:?} cannot be a header's value")))
}
