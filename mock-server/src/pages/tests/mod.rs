//! Whole exchanges through the router, without a socket, on the demo world with one launched contract.

mod files;
mod mini;
mod prints;
mod scripts;
mod signing;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, Request, StatusCode};
use bytes::Bytes;
use ess_schemas::ess::CreateFlowByFilesRequest;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower::ServiceExt as _;

use super::router;
use crate::actions::ess::flow::create_flow_by_files::create_flow_by_files;
use crate::documents::{inspect, sample_contract};
use crate::domain::file::{Content, Purpose, UploadedFile};
use crate::domain::flow::Flow;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::link::Opens;
use crate::domain::time::Timestamp;
use crate::engine::account::{Account, Job};
use crate::engine::call::{Call, Caller};
use crate::engine::clock::{Clock, EdgeTime};
use crate::engine::registry::{Plan, Registry};
use crate::engine::world_file::{DEMO, WorldFile};

/// When everything starts.
const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const HALF_AN_HOUR: Duration = Duration::from_secs(1800);

/// The demo world with a contract: the first company (slot 0), 张三 (slot 1), then the company's machine (slot 2).
struct Bench {
    account: Arc<Account>,
    pages: Router,
    flow: FlowId,
    _unsent: mpsc::UnboundedReceiver<Job>,
}

/// An answer.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Bench {
    fn new() -> Self {
        Self::with(|_| {})
    }

    /// With parameters of the launch changed.
    fn with(change: impl FnOnce(&mut Value)) -> Self {
        let file = WorldFile::parse("demo", DEMO).expect("the demo world is sound");
        let plan = Plan {
            file: Arc::new(file),
            seed: 7,
            clock: Clock::Frozen(NOW),
            public_url: "http://127.0.0.1:8480".into(),
            fonts: Arc::default(),
            open: false,
            journal_bytes: crate::journal::BYTES_KEPT,
        };
        let (outgoing, unsent) = mpsc::unbounded_channel();
        let registry = Registry::new(plan, outgoing);
        let account = registry.first().expect("a registry has a world");
        let flow = launch(&account, change);
        Self { account, pages: router(registry), flow, _unsent: unsent }
    }

    fn flow(&self) -> Arc<Flow> {
        self.account.enter(EdgeTime::read(), |world, _, _| world.flows.get(self.flow.as_str()).cloned().unwrap())
    }

    fn recipient(&self, slot: usize) -> RecipientId {
        self.flow().approvers[slot].recipient.clone()
    }

    /// A link of half an hour; answers its token.
    fn link(&self, opens: Opens) -> String {
        self.link_jumping_to(opens, None)
    }

    fn link_jumping_to(&self, opens: Opens, jump: Option<&str>) -> String {
        self.account.enter(EdgeTime::read(), |world, now, _| {
            world.add_link(opens, now.plus(HALF_AN_HOUR), jump.map(str::to_owned)).token.clone()
        })
    }

    fn signing(&self, slot: usize) -> Opens {
        Opens::Signing { flow: self.flow.clone(), recipient: self.recipient(slot) }
    }

    /// The address of a slot's signing page.
    fn signing_page(&self, slot: usize) -> String {
        format!("/quick/demo/home?token={}", self.link(self.signing(slot)))
    }

    /// Moves the world's frozen clock on.
    fn wait(&self, span: Duration) {
        self.account.set_clock(EdgeTime::read(), |_, now| Clock::Frozen(now.plus(span)));
    }

    async fn get(&self, url: &str) -> Reply {
        self.send(Request::get(url).body(Body::empty()).unwrap()).await
    }

    async fn get_json(&self, url: &str) -> (StatusCode, Value) {
        let request = Request::get(url).header(ACCEPT, "application/json").body(Body::empty()).unwrap();
        let reply = self.send(request).await;
        (reply.status, reply.json())
    }

    async fn post(&self, url: &str, form: &'static str) -> Reply {
        let request = Request::post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    async fn post_json(&self, url: &str, body: &Value) -> (StatusCode, Value) {
        let request = Request::post(url).header(CONTENT_TYPE, "application/json");
        let reply = self.send(request.body(Body::from(body.to_string())).unwrap()).await;
        (reply.status, reply.json())
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply { status, headers, body: response.into_body().collect().await.unwrap().to_bytes() }
    }
}

impl Reply {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    fn location(&self) -> &str {
        self.header(LOCATION)
    }

    /// Holds the page to its status and to saying all of this.
    fn assert_says(&self, status: StatusCode, sentences: &[&str]) {
        assert_eq!(self.status, status, "{}", self.text());
        for sentence in sentences {
            assert!(self.text().contains(sentence), "{sentence:?} is missing from {}", self.text());
        }
    }
}

/// 60 x 40 red pixels.
fn red_picture() -> Bytes {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let red = image::RgbImage::from_pixel(60, 40, image::Rgb([220, 20, 20]));
    red.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner().into()
}

fn launch(account: &Arc<Account>, change: impl FnOnce(&mut Value)) -> FlowId {
    account.enter(EdgeTime::read(), |world, now, outbox| {
        let organization = world.directory.organizations.iter().next().unwrap().clone();
        let operator = world.directory.employees.iter().next().unwrap().clone();
        let seal = world.directory.usable_seal(&organization.id).unwrap().id.clone();
        let pages = inspect(sample_contract()).unwrap().pages;
        world.files.insert(UploadedFile {
            id: "file".into(),
            owner: organization.id.clone(),
            application: None,
            name: "合同.pdf".into(),
            purpose: Purpose::Document,
            content: Arc::new(Content::new(Bytes::from_static(sample_contract()), Some(pages))),
            expires_at: now.plus(HALF_AN_HOUR),
        });
        world.files.insert(UploadedFile {
            id: "picture".into(),
            owner: organization.id.clone(),
            application: None,
            name: "图.png".into(),
            purpose: Purpose::Document,
            content: Arc::new(Content::new(red_picture(), None)),
            expires_at: now.plus(HALF_AN_HOUR),
        });
        let at = |kind: &str, x: f64, y: f64, size: (f64, f64)| {
            json!({ "ComponentType": kind, "FileIndex": 0, "ComponentPage": 2, "ComponentPosX": x, "ComponentPosY": y,
                "ComponentWidth": size.0, "ComponentHeight": size.1 })
        };
        let mut machine = at("SIGN_SEAL", 420.0, 60.0, (110.0, 110.0));
        machine["ComponentValue"] = json!(seal);
        let mut request = json!({
            "Operator": { "UserId": operator.id },
            "FlowName": "服务合同 <b>一</b>",
            "FileIds": ["file"],
            "Approvers": [
                { "ApproverType": 0, "OrganizationName": organization.name, "ApproverName": operator.name,
                  "ApproverMobile": operator.mobile, "ApproverRoleName": "甲方", "NotifyType": "none",
                  "SignComponents": [at("SIGN_SEAL", 60.0, 500.0, (120.0, 120.0))] },
                { "ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18800000000", "NotifyType": "none",
                  "SignComponents": [at("SIGN_SIGNATURE", 340.0, 520.0, (120.0, 50.0)),
                                     at("SIGN_DATE", 340.0, 600.0, (120.0, 24.0))] },
                { "ApproverType": 3, "OrganizationName": organization.name, "SignComponents": [machine] },
            ],
        });
        change(&mut request);
        let request: CreateFlowByFilesRequest = serde_json::from_value(request).unwrap();
        let caller =
            Caller { organization, operator: Some(operator), rights: crate::domain::right::Rights::all(), agent: None };
        let mut call = Call { world, caller: &caller, now, outbox, urls: &account.urls };
        create_flow_by_files(&mut call, request, ()).unwrap().flow_id.into()
    })
}
