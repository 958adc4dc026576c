//! What goes through the proxy, as bytes.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};
use serde_json::Value;

/// The longest request the suite sends is one that is refused for its length.
const LONGEST: usize = 64 * 1024 * 1024;

/// What belongs to one connection and not to what is sent over it.
const OF_THE_CONNECTION: [HeaderName; 3] = [header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING];

/// A request on its way in.
#[derive(Clone)]
pub(crate) struct Parcel {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// An answer on its way out.
#[derive(Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Parcel {
    pub(crate) async fn read(request: Request) -> Self {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, LONGEST).await.unwrap();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Self { method: parts.method, path, headers: of_the_content(parts.headers), body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON; null if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Sends it to the server at this address. An error means that it did not answer.
    pub(crate) async fn send(self, http: &reqwest::Client, server: &str) -> reqwest::Result<Page> {
        let url = format!("{server}{}", self.path);
        let answer = http.request(self.method, url).headers(self.headers).body(self.body).send().await?;
        let (status, headers) = (answer.status(), of_the_content(answer.headers().clone()));
        Ok(Page { status, headers, body: answer.bytes().await? })
    }
}

impl Page {
    /// The body as JSON; null if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(crate) fn with_json(mut self, value: &Value) -> Self {
        self.body = value.to_string().into();
        self
    }

    pub(crate) fn of(value: &Value) -> Self {
        let headers = [(header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"))];
        Self { status: StatusCode::OK, headers: headers.into_iter().collect(), body: Bytes::new() }.with_json(value)
    }
}

/// An answer, or the end of the connection where there was none.
pub(crate) fn respond(page: reqwest::Result<Page>) -> Response {
    match page {
        Ok(page) => {
            let mut response = Response::new(Body::from(page.body));
            *response.status_mut() = page.status;
            *response.headers_mut() = page.headers;
            response
        }
        Err(error) => Response::new(Body::from_stream(futures::stream::iter([Err::<Bytes, _>(error)]))),
    }
}

fn of_the_content(mut headers: HeaderMap) -> HeaderMap {
    for name in OF_THE_CONNECTION {
        headers.remove(name);
    }
    headers
}
