//! Which target, and how it is reached.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ess_conformance::inbox::Inbox;
use ess_conformance::stage::human::Human;
use ess_conformance::suite::Suite;
use ess_conformance::target::Target;
use ess_conformance::target::address::Address;
use ess_conformance::target::opening::{Unusable, Wanted, open};
use ess_mock_server::scenario::receiver;

use super::{UNREACHABLE, USAGE};

/// How long a human may take for one act.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long until it is looked again whether they have done it.
const PAUSE: Duration = Duration::from_secs(3);

/// Against what.
#[derive(clap::Args)]
pub(super) struct TargetArguments {
    /// `fake` (in this process), `tencent-test` (the vendor's test environment), a URL (our fake if it answers as ours, else a service that
    /// only answers calls), or `plain:URL` (the latter, without asking)
    #[arg(long, value_name = "TARGET", default_value = "fake")]
    pub(super) target: Address,
    /// What the target can do and what cases may name there, instead of the built-in profile
    #[arg(long, value_name = "FILE")]
    pub(super) profile: Option<PathBuf>,
    /// The control token of a fake at a URL
    #[arg(long, value_name = "TOKEN", env = "ESS_MOCK_CONTROL_TOKEN", hide_env_values = true)]
    control_token: Option<String>,
    /// Another host that may be spoken to, such as one that files are fetched from; any other is refused before anything is sent
    #[arg(long, value_name = "HOST[:PORT]")]
    allow_host: Vec<String>,
    /// How long to wait before each call to a target that is not ours
    #[arg(long, value_name = "SPAN", default_value = "200ms", value_parser = receiver::pause)]
    pace: Duration,
    /// Shows the link and a QR code where a human must act, and waits for them
    #[arg(long)]
    interactive: bool,
    /// Where to listen for callbacks of a target that is not ours; its console must know the URL that leads here
    #[arg(long, value_name = "ADDRESS:PORT")]
    callback_listen: Option<SocketAddr>,
    /// The URL under which a target reaches the listener, when that is not the listener's own address
    #[arg(long, value_name = "URL", requires = "callback_listen")]
    callback_url: Option<String>,
}

impl TargetArguments {
    /// Opens the target, or says why not and with which code to end.
    pub(super) async fn open(&self, suite: &Suite) -> Result<(Target, Option<Inbox>), u8> {
        let wanted = Wanted {
            address: self.target.clone(),
            profile: self.profile.clone(),
            control_token: self.control_token.clone(),
            hosts: self.allow_host.clone(),
            pace: self.pace,
            human: self.interactive.then(human),
            callback_listen: self.callback_listen,
            callback_url: self.callback_url.clone(),
        };
        opened(suite, wanted).await
    }
}

/// Opens a target, or says why not and with which code to end.
pub(super) async fn opened(suite: &Suite, wanted: Wanted) -> Result<(Target, Option<Inbox>), u8> {
    open(suite, wanted).await.map_err(|unusable| match unusable {
        Unusable::Usage(why) => {
            eprintln!("{why}");
            USAGE
        }
        Unusable::Unreachable(why) => {
            eprintln!("{why}");
            UNREACHABLE
        }
    })
}

fn human() -> Human {
    let show = |text: &str| {
        let mut terminal = std::io::stderr().lock();
        // Whoever closed the terminal sees no link, and nobody acts.
        drop(writeln!(terminal, "\n{text}"));
    };
    Human { show: Arc::new(show), patience: PATIENCE, pause: PAUSE }
}

/// The fake, and where its callbacks come to.
pub(super) async fn in_process(suite: &Suite) -> Result<(Target, Inbox), String> {
    let target = Target::fake(&suite.folder).await?;
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.map_err(|error| error.to_string())?;
    Ok((target, inbox))
}
