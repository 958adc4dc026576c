//! Who may drive the server: whoever has the token, when there is one, and never a stranger's web page.
//!
//! A browser sends an `Origin` with every request a page makes that changes something, so a page of another site is told
//! apart by it; programs send none. Nothing here allows cross-origin reading (no CORS headers).

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{AUTHORIZATION, HOST, ORIGIN};
use http::{HeaderMap, HeaderValue};
use reqwest::Url;
use subtle::ConstantTimeEq as _;

use super::Control;
use super::errors::Failure;

/// The one path that needs no token, so that a health check can be anybody's.
const OPEN: &str = "/_mock/health";

/// Lets a request through or says why not.
pub(super) async fn guard(State(control): State<Arc<Control>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let allowed = check_origin(headers, control.registry.public_url()).and_then(|()| match &control.options.token {
        Some(token) if request.uri().path() != OPEN => check_token(headers, token),
        Some(_) | None => Ok(()),
    });
    match allowed {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Compared in constant time (a different length shows; that is no secret worth hiding).
fn check_token(headers: &HeaderMap, token: &str) -> Result<(), Failure> {
    let given = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let (scheme, given) = given.and_then(|value| value.split_at_checked(7)).unwrap_or_default();
    if scheme.eq_ignore_ascii_case(b"bearer ") && bool::from(given.ct_eq(token.as_bytes())) {
        return Ok(());
    }
    let wrong = if scheme.is_empty() { "is missing" } else { "holds another token" };
    Err(Failure::unauthorized(format!(
        "The header Authorization {wrong}. This server was started with a control token: send `Authorization: Bearer <token>`."
    )))
}

fn check_origin(headers: &HeaderMap, public_url: &str) -> Result<(), Failure> {
    let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
    let text = String::from_utf8_lossy(origin.as_bytes());
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_own(&text, host, public_url) {
        return Ok(());
    }
    Err(Failure::forbidden(format!(
        "The request comes from a web page of {text} (header Origin), and pages of other sites must not drive this \
         server. Ask from a program, or from a page of {public_url}."
    )))
}

/// Whether the page is one of this machine's or of this server's. A name that equals `Host` is not enough: a stranger's
/// domain may be made to point here (DNS rebinding), an IP address may not.
fn is_own(origin: &str, host: &str, public_url: &str) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    let Some(name) = origin.host_str() else { return false };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let local = name == "localhost" || name.ends_with(".localhost") || address.is_some_and(|ip| ip.is_loopback());
    let own = |url: &str| Url::parse(url).is_ok_and(|url| url.origin() == origin.origin());
    local || own(public_url) || (address.is_some() && own(&format!("{}://{host}", origin.scheme())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_machine_and_of_this_server_may_ask_and_others_not() {
        let public = "https://mock.example/";
        for own in [
            "http://localhost:3000",
            "http://127.0.0.1:8480",
            "http://[::1]:9",
            "http://app.localhost",
            "https://mock.example",
            "https://mock.example:443",
            "http://192.168.1.5:8480",
        ] {
            assert!(is_own(own, "192.168.1.5:8480", public), "{own}");
        }
        for strange in [
            "https://evil.example",
            "http://mock.example",
            "https://localhost.evil.example",
            "http://192.168.1.6:8480",
            "null",
            "",
            "file://",
        ] {
            assert!(!is_own(strange, "192.168.1.5:8480", public), "{strange}");
        }
        assert!(!is_own("http://evil.example:8480", "evil.example:8480", public), "a name bent to point here");
    }
}
