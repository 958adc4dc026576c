//! A browser and a listener for the stage: pages behind the links an action answers, and the callbacks that come of them.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use ess_client::callback::Generation;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use super::stage::Stage;
use crate::callbacks::payload::plaintext;
use crate::callbacks::receiver::Receiver;
use crate::engine::advance::{Target, advance};
use crate::engine::clock::{Clock, EdgeTime};
use crate::engine::samples::address;

/// What the browser got.
pub(super) struct Shown {
    pub(super) status: StatusCode,
    /// Where it was sent on to.
    pub(super) location: String,
    pub(super) body: Vec<u8>,
}

impl Shown {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Holds the page to its status and to saying all of this.
    pub(super) fn says(&self, status: u16, sentences: &[&str]) {
        assert_eq!(self.status, status, "{}", self.text());
        for sentence in sentences {
            assert!(self.text().contains(sentence), "{sentence:?} is missing from {}", self.text());
        }
    }
}

impl Stage {
    fn pages(&self) -> Router {
        crate::pages::router(self.registry.clone())
    }

    async fn send_to_pages(&self, request: Request<Body>) -> Shown {
        let response = self.pages().oneshot(request).await.unwrap();
        let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Shown { status, location: location.unwrap_or_default(), body }
    }

    /// Opens a link and goes where it leads; answers the last address and what is shown there.
    pub(super) async fn open(&self, url: &str) -> (String, Shown) {
        let mut url = url.strip_prefix("http://mock").unwrap_or(url).to_owned();
        for _ in 0..5 {
            let shown = self.send_to_pages(Request::get(&url).body(Body::empty()).unwrap()).await;
            if !shown.status.is_redirection() {
                return (url, shown);
            }
            url = join(&url, &shown.location);
        }
        panic!("{url} leads from page to page");
    }

    /// What a script sees at an address.
    pub(super) async fn look(&self, url: &str) -> Value {
        let request = Request::get(url).header("accept", "application/json").body(Body::empty()).unwrap();
        self.send_to_pages(request).await.json()
    }

    /// Submits a page's form, each field percent-encoded already; answers what is shown after it.
    pub(super) async fn submit(&self, url: &str, form: &str) -> Shown {
        let request = Request::post(url).header("content-type", "application/x-www-form-urlencoded");
        let shown = self.send_to_pages(request.body(Body::from(form.to_owned())).unwrap()).await;
        if shown.status.is_redirection() { self.open(&join(url, &shown.location)).await.1 } else { shown }
    }

    /// Submits a page's form; answers where the browser is sent.
    pub(super) async fn leave(&self, url: &str, form: &str) -> String {
        let request = Request::post(url).header("content-type", "application/x-www-form-urlencoded");
        self.send_to_pages(request.body(Body::from(form.to_owned())).unwrap()).await.location
    }

    /// Submits a form with a file in it, in parts divided by `b`.
    pub(super) async fn submit_parts(&self, url: &str, body: Vec<u8>) -> Shown {
        let request = Request::post(url).header("content-type", "multipart/form-data; boundary=b");
        self.send_to_pages(request.body(Body::from(body)).unwrap()).await
    }

    /// As [`Stage::submit`], for a script.
    pub(super) async fn post(&self, url: &str, body: &Value) -> Value {
        let request = Request::post(url).header("content-type", "application/json");
        self.send_to_pages(request.body(Body::from(body.to_string())).unwrap()).await.json()
    }

    /// Does what the page offers under this name, with the data it knows.
    pub(super) async fn go_on(&self, url: &str, action: &str) -> Value {
        let shown = self.look(url).await;
        let offered = shown["actions"].as_array().unwrap_or_else(|| panic!("nothing is offered: {shown}"));
        let offered = offered.iter().find(|one| one["action"] == action);
        let offered = offered.unwrap_or_else(|| panic!("{action} is not offered: {shown}"));
        self.post(url, &offered["body"]).await
    }

    /// Moves the clock on, without waiting for anybody to answer a callback.
    pub(super) fn pass(&self, span: Duration) {
        self.account().set_clock(EdgeTime::read(), |_, now| Clock::Frozen(now.plus(span)));
    }

    /// From now on somebody listens to the company that calls.
    pub(super) fn listen(&self) {
        let mut address = address();
        address.organization = self.company().id.as_str().into();
        self.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    }

    /// From now on somebody listens to the first application of the demo world's platform.
    pub(super) fn listen_as_platform(&self) {
        let mut address = address();
        address.organization = self.company().id.as_str().into();
        address.application = Some(self.file.applications[0].id.as_str().into());
        address.generation = Generation::Partner;
        self.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    }

    /// From now on a receiver on a real port is told, in plain, what the company that calls is told.
    pub(super) async fn receive(&self) -> Receiver {
        let (receiver, url) = Receiver::start(0).await;
        let mut address = address();
        address.organization = self.company().id.as_str().into();
        address.url = url;
        self.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
        self.carry_callbacks();
        receiver
    }

    /// What has arrived there, in order, once everything sent so far has.
    pub(super) async fn received(&self, receiver: &Receiver) -> Vec<Value> {
        assert!(advance(&self.account(), Target::By(Duration::ZERO)).await.settled);
        let got = receiver.got.lock();
        got.iter().map(|(_, body)| serde_json::from_slice(body).expect("a plain message is JSON")).collect()
    }

    /// The messages sent so far: what kind, and the data.
    pub(super) fn heard(&self) -> Vec<(String, Value)> {
        self.account().enter(EdgeTime::read(), |world, _, _| {
            let settings = world.settings.clone();
            let data = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap()["MsgData"].take();
            let deliveries = world.callbacks.deliveries().map(|(_, one)| one);
            deliveries
                .map(|one| (one.message.kind.name().to_owned(), data(plaintext(&one.message, &one.address, &settings))))
                .collect()
        })
    }

    /// The kinds of those messages.
    pub(super) fn heard_kinds(&self) -> Vec<String> {
        self.heard().into_iter().map(|(kind, _)| kind).collect()
    }
}

/// Where `reference` leads from `base`.
fn join(base: &str, reference: &str) -> String {
    let base = reqwest::Url::parse(&format!("http://mock{base}")).unwrap();
    let url = base.join(reference).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}
