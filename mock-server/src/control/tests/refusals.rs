use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::super::ControlOptions;
use super::{Server, request};
use crate::engine::clock::Clock;

fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

#[tokio::test]
async fn the_token_opens_everything_and_health_is_open_without_it() {
    let server =
        Server::new(Clock::Real, ControlOptions { token: Some("letmein".into()), ..ControlOptions::default() });
    server.get("/_mock/health").await;
    for path in ["/_mock/world", "/_mock/openapi.json", "/_mock/nothing"] {
        let error = server.bad("GET", path, None, 401).await;
        assert!(error.contains("is missing") && !error.contains("letmein"), "{error}");
    }
    for wrong in ["Bearer letmeout", "Bearer ", "Bearer letmein2", "Basic letmein", "letmein"] {
        let (status, answer) = server.ask(with(request("GET", "/_mock/world", None), "authorization", wrong)).await;
        assert_eq!((status, &answer["alias"]), (StatusCode::UNAUTHORIZED, &Value::Null), "{wrong}");
    }
    for right in ["Bearer letmein", "bearer letmein"] {
        let (status, _) = server.ask(with(request("GET", "/_mock/world", None), "authorization", right)).await;
        assert_eq!(status, StatusCode::OK, "{right}");
    }
}

#[tokio::test]
async fn a_web_page_of_another_site_drives_nothing() {
    let server = Server::frozen();
    let post = || request("POST", "/_mock/clock", Some(json!({ "advance": "1h" })));
    for strange in ["https://evil.example", "null"] {
        let (status, answer) = server.ask(with(post(), "origin", strange)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{answer}");
        assert!(answer["error"].as_str().unwrap().contains(strange), "{answer}");
    }
    for own in ["http://localhost:5173", "http://127.0.0.1:8480"] {
        assert_eq!(server.ask(with(post(), "origin", own)).await.0, StatusCode::OK, "{own}");
    }
}

#[tokio::test]
async fn an_unknown_world_is_named() {
    let server = Server::frozen();
    let (status, answer) = server.ask(with(request("GET", "/_mock/flows", None), "x-mock-world", "mars")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(answer["error"].as_str().unwrap().contains("`mars`"), "{answer}");
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_in_json() {
    let server = Server::frozen();
    for path in ["/_mock", "/_mock/", "/_mock/flow", "/_mock/flows/a/b/c", "/_mock/world/"] {
        let error = server.bad("GET", path, None, 404).await;
        assert!(error.contains(path) && error.contains("openapi.json"), "{error}");
    }
    for (method, path) in [("GET", "/_mock/reset"), ("DELETE", "/_mock/flows"), ("OPTIONS", "/_mock/clock")] {
        let response = server.router.clone().oneshot(request(method, path, None)).await.unwrap();
        assert!(response.headers().contains_key("allow"), "{method} {path}");
        assert!(!response.headers().contains_key("access-control-allow-origin"));
        let error = server.bad(method, path, None, 405).await;
        assert!(error.contains(&format!("{path} does not serve {method}")), "{error}");
    }
}

#[tokio::test]
async fn bodies_are_json_objects_of_bounded_size() {
    let server = Server::frozen();
    let ask = async |kind: &str, body: String| {
        let request = Request::post("/_mock/clock").header("Content-Type", kind).body(Body::from(body)).unwrap();
        server.ask(request).await
    };
    let good = || r#"{"advance":"1s"}"#.to_owned();
    for kind in ["application/json; charset=utf-8", "application/x-www-form-urlencoded", "application/merge-patch+json"]
    {
        assert_eq!(ask(kind, good()).await.0, StatusCode::OK, "{kind}");
    }
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/xml"] {
        assert_eq!(ask(kind, good()).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    for body in ["[]", "[\"1s\"]", "\"1s\"", "1", "null", "{", "{\"advance\":}", "\u{feff}{}", "{}{}"] {
        assert_eq!(ask("application/json", body.to_owned()).await.0, StatusCode::BAD_REQUEST, "{body}");
    }
    let long = format!("{{\"advance\":\"{}\"}}", "1s".repeat(600_000));
    assert_eq!(ask("application/json", long).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn unknown_settings_are_refused_with_the_names_of_the_known() {
    let server = Server::frozen();
    let error = server.bad("PUT", "/_mock/settings", Some(json!({ "auto_sign_delay": 9, "colour": 1 })), 400).await;
    assert!(error.contains("`colour`") && error.contains("auto_sign_delay, autopilot, billing_callbacks"), "{error}");
    assert_eq!(server.get("/_mock/settings").await["auto_sign_delay"], 2, "all or nothing");
}
