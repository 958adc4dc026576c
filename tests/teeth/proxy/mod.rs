//! The saboteur: a proxy between suite and platform that does one thing wrong.
//!
//! Everything the suite sends goes through it, and, since the fake is started with its address as the public one, every link too. It
//! registers itself as the receiver of callbacks and passes them on. Without a trick it changes nothing.

pub(crate) mod asked;
mod callbacks;
mod calls;
mod control;
pub(crate) mod letter;
pub(crate) mod parcel;
mod visits;
mod worlds;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::Response;
use ess_client::http::{Trust, client_builder};
use ess_client::{Client, Credentials};
use reqwest::redirect::Policy;
use tokio::net::TcpListener;

use self::callbacks::Addresses;
use self::parcel::{Page, Parcel, respond};
use self::worlds::Worlds;
use crate::defect::Trick;

/// A port that is taken, and not yet served.
pub(crate) struct Door {
    listener: TcpListener,
    pub(crate) url: String,
}

impl Door {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, url }
    }
}

/// The proxy while it stands between them.
pub(crate) struct Proxy {
    shared: Arc<Shared>,
    serving: tokio::task::JoinHandle<()>,
}

/// What every request finds.
struct Shared {
    own: String,
    upstream: String,
    http: reqwest::Client,
    /// Signs what was changed, by whatever key.
    client: Client,
    trick: Option<Arc<Trick>>,
    fired: AtomicUsize,
    calls: AtomicUsize,
    worlds: Worlds,
    addresses: Addresses,
}

impl Proxy {
    /// Stands at the door, in front of a server.
    pub(crate) fn stand(door: Door, upstream: String, trick: Option<Arc<Trick>>) -> Self {
        let http = client_builder(Trust::Nobody).unwrap().no_proxy().redirect(Policy::none()).build().unwrap();
        let client = Client::builder(Credentials::new("nobody", "nobody")).server(&upstream).build().unwrap();
        let shared = Arc::new(Shared {
            own: door.url,
            upstream,
            http,
            client,
            trick,
            fired: AtomicUsize::new(0),
            calls: AtomicUsize::new(0),
            worlds: Worlds::default(),
            addresses: Addresses::default(),
        });
        let router = Router::new().fallback(pass).layer(DefaultBodyLimit::disable()).with_state(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(door.listener, router).await.unwrap() });
        Self { shared, serving }
    }

    /// How often something was done wrong.
    pub(crate) fn fired(&self) -> usize {
        self.shared.fired.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn pass(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let parcel = Parcel::read(request).await;
    let path = parcel.path.split('?').next().unwrap_or_default();
    let page = if path == "/" {
        calls::pass(&shared, parcel).await
    } else if path.starts_with(callbacks::RELAY) {
        callbacks::pass(&shared, parcel).await
    } else if path.starts_with("/_mock/") {
        control::pass(&shared, parcel).await
    } else {
        visits::pass(&shared, parcel).await
    };
    respond(page)
}

impl Shared {
    async fn forward(&self, parcel: Parcel) -> reqwest::Result<Page> {
        parcel.send(&self.http, &self.upstream).await
    }

    fn trick(&self) -> Option<&Trick> {
        self.trick.as_deref()
    }

    fn fire(&self) {
        self.fired.fetch_add(1, Ordering::Relaxed);
    }

    /// What was passed on in place of the truth, if it is otherwise.
    fn told(&self, truth: &Page, page: Page) -> Page {
        if page != *truth {
            self.fire();
        }
        page
    }
}
