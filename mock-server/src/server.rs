//! The server as a value: built, started on a port, stopped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::callbacks::courier::{self, Timeouts};
use crate::callbacks::delivery::PATIENCE;
use crate::control::{self, ControlOptions};
use crate::documents::Fonts;
use crate::domain::time::Timestamp;
use crate::edge::{Edge, EdgeOptions};
use crate::engine::clock::{Clock, EdgeTime};
use crate::engine::driver;
use crate::engine::registry::{Key, Plan, Registry};
use crate::engine::world_file::{AddressRow, DEMO, WorldFile, WorldFileError};
use crate::gateway::credential::Auth;
use crate::gateway::signature::SignatureClock;
use crate::journal::BYTES_KEPT;
use crate::listener::{Cut, Listener};
use crate::pages;

/// The seed of worlds when none is given: the version of the first API, easy to recognise.
const SEED: u64 = 20_201_111;
/// How long a receiver may take while the clock stands still: a dead one's six attempts then cost seconds.
const PATIENCE_WHILE_FROZEN: Duration = Duration::from_secs(1);

/// A running server. Dropping it stops it as well, without waiting for what is under way.
pub struct MockServer {
    address: SocketAddr,
    public_url: String,
    registry: Arc<Registry>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
    helpers: Vec<JoinHandle<()>>,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The world file is wrong.
    #[error(transparent)]
    World(#[from] WorldFileError),
    /// The port is taken, or not ours to take.
    #[error("cannot listen on {address}: {source}. Choose another port with --listen, or stop what listens there")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

/// How a server is to be. Defaults: the demo world, a free port on 127.0.0.1, the machine's clock, strict signatures.
#[derive(Clone)]
pub struct Builder {
    listen: SocketAddr,
    world: Option<WorldFile>,
    seed: u64,
    clock: Start,
    edge: EdgeOptions,
    public_url: Option<String>,
    control_token: Option<String>,
    callbacks: Vec<AddressRow>,
    callback_timeout: Option<Duration>,
    fonts: Option<Arc<Fonts>>,
    open_worlds: bool,
    journal_bytes: usize,
}

/// How the clock starts.
#[derive(Clone, Copy)]
enum Start {
    Real,
    FrozenNow,
    FrozenAt(Timestamp),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            world: None,
            seed: SEED,
            clock: Start::Real,
            edge: EdgeOptions::default(),
            public_url: None,
            control_token: None,
            callbacks: Vec::new(),
            callback_timeout: None,
            fonts: None,
            open_worlds: false,
            journal_bytes: BYTES_KEPT,
        }
    }
}

impl Builder {
    /// Listens there instead of on a free port of 127.0.0.1.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Serves this world instead of the demo world.
    #[must_use]
    pub fn world(mut self, world: WorldFile) -> Self {
        self.world = Some(world);
        self
    }

    /// Draws ids from this seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Starts with a clock that stands still at the machine's present time.
    #[must_use]
    pub fn frozen(mut self) -> Self {
        self.clock = Start::FrozenNow;
        self
    }

    /// Starts with a clock that stands still there.
    #[must_use]
    pub fn frozen_at(mut self, moment: Timestamp) -> Self {
        self.clock = Start::FrozenAt(moment);
        self
    }

    /// Checks signatures like this instead of strictly.
    #[must_use]
    pub fn auth(mut self, auth: Auth) -> Self {
        self.edge.auth = auth;
        self
    }

    /// Lets signatures expire by this clock instead of the machine's.
    #[must_use]
    pub fn signature_clock(mut self, clock: SignatureClock) -> Self {
        self.edge.signature_clock = clock;
        self
    }

    /// Whether more than 20 calls a second of one action are refused.
    #[must_use]
    pub fn rate_limit(mut self, on: bool) -> Self {
        self.edge.rate_limit = on;
        self
    }

    /// What handed-out URLs begin with, when it is not the address listened on.
    #[must_use]
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Demands this token of callers of the control API.
    #[must_use]
    pub fn control_token(mut self, token: impl Into<String>) -> Self {
        self.control_token = Some(token.into());
        self
    }

    /// Sends the first organization's callbacks there, with the world's key and token.
    #[must_use]
    pub fn callback_url(self, url: impl Into<String>) -> Self {
        self.callback(AddressRow::to(url))
    }

    /// Sends the first organization's callbacks to this address too.
    #[must_use]
    pub fn callback(mut self, address: AddressRow) -> Self {
        self.callbacks.push(address);
        self
    }

    /// How long callback receivers may take, whatever the clock does.
    #[must_use]
    pub fn callback_timeout(mut self, timeout: Duration) -> Self {
        self.callback_timeout = Some(timeout);
        self
    }

    /// Keeps so many bytes of requests and answers in each world's journal; the oldest go first.
    #[must_use]
    pub fn journal_bytes(mut self, most: usize) -> Self {
        self.journal_bytes = most;
        self
    }

    /// Draws text with these fonts.
    #[must_use]
    pub fn fonts(mut self, fonts: Arc<Fonts>) -> Self {
        self.fonts = Some(fonts);
        self
    }

    /// Whether a SecretId nobody knows gets a world of its own. Its SecretKey is the SecretId itself.
    #[must_use]
    pub fn open_worlds(mut self, open: bool) -> Self {
        self.open_worlds = open;
        self
    }

    /// Starts the server; it serves when this returns.
    ///
    /// # Errors
    /// The world contradicts itself, or the port is taken.
    pub async fn start(self) -> Result<MockServer, StartError> {
        let mut world = match self.world {
            Some(world) => world,
            None => WorldFile::parse("the demo world", DEMO)?,
        };
        if let Some(first) = world.organizations.first_mut() {
            first.callbacks.extend(self.callbacks);
        }
        world.check("the callback flags")?;
        let listen = |source| StartError::Listen { address: self.listen, source };
        let listener = TcpListener::bind(self.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let public_url = self.public_url.unwrap_or_else(|| format!("http://{}", reachable(address)));
        let clock = match self.clock {
            Start::Real => Clock::Real,
            Start::FrozenNow => Clock::Frozen(Clock::Real.at(EdgeTime::read())),
            Start::FrozenAt(moment) => Clock::Frozen(moment),
        };
        let plan = Plan {
            file: Arc::new(world),
            seed: self.seed,
            clock,
            public_url: public_url.clone(),
            fonts: self.fonts.unwrap_or_default(),
            open: self.open_worlds,
            journal_bytes: self.journal_bytes,
        };
        let timeouts = Timeouts {
            running: self.callback_timeout.unwrap_or(PATIENCE),
            frozen: self.callback_timeout.unwrap_or(PATIENCE_WHILE_FROZEN),
        };
        let (outgoing, jobs) = mpsc::unbounded_channel();
        let registry = Registry::new(plan, outgoing);
        let helpers = vec![
            tokio::spawn(courier::carry(jobs, timeouts)),
            tokio::spawn(driver::drive(Arc::downgrade(&registry), registry.alarms().clone())),
        ];

        let edge = Edge::new(registry.clone(), self.edge);
        let router = Router::new()
            .route("/", axum::routing::any(move |request: Request| edge.clone().answer(request)))
            .layer(DefaultBodyLimit::disable())
            .merge(pages::router(registry.clone()))
            .merge(control::router(
                registry.clone(),
                ControlOptions { token: self.control_token, signature_clock: self.edge.signature_clock },
            ));
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let until_stopped = async {
                // An error means the server value has gone: stop as well.
                let _: Result<(), oneshot::error::RecvError> = stopped.await;
            };
            let service = router.into_make_service_with_connect_info::<Cut>();
            axum::serve(Listener(listener), service).with_graceful_shutdown(until_stopped).await
        });
        Ok(MockServer { address, public_url, registry, stop: Some(stop), serving, helpers })
    }
}

/// An address a client on this machine can use: "every interface" is none.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address }
}

impl MockServer {
    /// How a server is to be.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What SDKs take as their endpoint, and what handed-out URLs begin with.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.public_url
    }

    /// Its worlds, for tests that look inside.
    #[must_use]
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The key of the first organization of the first world.
    #[must_use]
    pub fn key(&self) -> Option<Arc<Key>> {
        self.registry.first_key()
    }

    /// Answers what is under way, then stops.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means serving has ended already.
            let _: Result<(), ()> = stop.send(());
        }
        if let Err(error) = (&mut self.serving).await {
            tracing::error!(%error, "serving ended badly");
        }
    }

    /// Serves until somebody ends the process.
    ///
    /// # Errors
    /// What ended serving.
    pub async fn run(mut self) -> std::io::Result<()> {
        (&mut self.serving).await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.serving.abort();
        for helper in &self.helpers {
            helper.abort();
        }
    }
}
