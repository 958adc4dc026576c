//! From what the command line says to a target that can be used.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ess_client::http::{Trust, client_builder};

use super::address::Address;
use super::fake::Fake;
use super::plain::Plain;
use super::profile::Profile;
use super::{Reach, Target};
use crate::inbox::{Inbox, Opener};
use crate::stage::human::Human;
use crate::suite::Suite;
use crate::suite::marks::Capability;
use crate::suite::rehearsal::OWN_KEY;

/// Where a target is, and how it is to be treated.
pub struct Wanted {
    /// Where.
    pub address: Address,
    /// A profile of one's own.
    pub profile: Option<PathBuf>,
    /// The fake's control token.
    pub control_token: Option<String>,
    /// Hosts that may be spoken to besides the target's own.
    pub hosts: Vec<String>,
    /// Between two calls, at a target that is not ours.
    pub pace: Duration,
    /// Somebody who signs when asked.
    pub human: Option<Human>,
    /// Where callbacks are listened for.
    pub callback_listen: Option<SocketAddr>,
    /// Under which URL the platform finds that.
    pub callback_url: Option<String>,
}

/// Why there is no target.
#[derive(Debug)]
pub enum Unusable {
    /// Something must be said otherwise.
    Usage(String),
    /// Nothing answers.
    Unreachable(String),
}

/// How long a health check may take.
const GREETING: Duration = Duration::from_secs(10);

/// Opens a target, and where its callbacks come to.
///
/// # Errors
/// It is not there, or something is missing to use it.
pub async fn open(suite: &Suite, wanted: Wanted) -> Result<(Target, Option<Inbox>), Unusable> {
    let name = wanted.address.to_string();
    match &wanted.address {
        Address::InProcess => {
            let fake = Fake::start(&suite.folder).await.map_err(Unusable::Unreachable)?;
            fake_target(suite, name, fake, &wanted).await
        }
        Address::Url(url) if is_ours(url).await? => {
            let fake = Fake::running(url, wanted.control_token.clone(), &suite.folder).map_err(Unusable::Usage)?;
            fake_target(suite, name, fake, &wanted).await
        }
        Address::Url(url) | Address::Plain(url) => {
            plain_target(suite, name, Some(url.clone()), "plain.yaml", wanted).await
        }
        Address::TencentTest => plain_target(suite, name, None, "tencent-test.yaml", wanted).await,
    }
}

/// Whether our fake answers there: nothing else has this route.
async fn is_ours(url: &str) -> Result<bool, Unusable> {
    let trust = if url.starts_with("http://") { Trust::Nobody } else { Trust::System };
    let http = client_builder(trust).and_then(|builder| Ok(builder.no_proxy().timeout(GREETING).build()?));
    let http = http.map_err(|error| Unusable::Usage(error.to_string()))?;
    match http.get(format!("{url}/_mock/health")).send().await {
        Ok(answer) if answer.status().is_success() => {
            let text = answer.text().await.unwrap_or_default();
            Ok(serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|health| health["status"] == "ready"))
        }
        Ok(_) => Ok(false),
        Err(error) if error.is_builder() => Err(Unusable::Usage(format!("`{url}` is no URL: {error}"))),
        Err(error) => Err(Unusable::Unreachable(format!("nothing answers at {url}: {error}"))),
    }
}

async fn fake_target(
    suite: &Suite,
    name: String,
    fake: Fake,
    wanted: &Wanted,
) -> Result<(Target, Option<Inbox>), Unusable> {
    let profile = profile(suite, "fake.yaml", wanted)?;
    let listen = wanted.callback_listen.unwrap_or_else(|| ([127, 0, 0, 1], 0).into());
    let inbox = Inbox::start(listen, wanted.callback_url.clone()).await;
    let inbox = inbox.map_err(|error| Unusable::Usage(format!("--callback-listen {listen}: {error}")))?;
    Ok((Target { name, profile, reach: Reach::Fake(fake) }, Some(inbox)))
}

async fn plain_target(
    suite: &Suite,
    name: String,
    url: Option<String>,
    built_in: &str,
    wanted: Wanted,
) -> Result<(Target, Option<Inbox>), Unusable> {
    let mut profile = profile(suite, built_in, &wanted)?;
    ensure_credentials(&mut profile)?;
    let hosts: Vec<String> = profile.hosts.iter().chain(&wanted.hosts).cloned().collect();
    let mut plain = Plain::new(url, &hosts, wanted.pace).map_err(Unusable::Usage)?;
    plain.reach().await.map_err(Unusable::Unreachable)?;

    let inbox = match wanted.callback_listen {
        Some(listen) => {
            let inbox = Inbox::start(listen, wanted.callback_url.clone()).await;
            let mut inbox = inbox.map_err(|error| Unusable::Usage(format!("--callback-listen {listen}: {error}")))?;
            let opener = Opener::new(&profile.callback.key, &profile.callback.token).map_err(Unusable::Usage)?;
            plain.mailbox = Some(inbox.everything(opener));
            Some(inbox)
        }
        None => None,
    };
    let humans = (Capability::Signer, wanted.human.is_some());
    for (capability, there) in [humans, (Capability::Callbacks, plain.mailbox.is_some())] {
        // A profile may say that machines sign; it cannot say that somebody listens here.
        let stays = there || (capability == Capability::Signer && profile.capabilities.contains(&capability));
        profile.capabilities.retain(|one| *one != capability);
        profile.capabilities.extend(stays.then_some(capability));
    }
    if wanted.human.is_some() {
        profile.instead.clear();
    }
    plain.human = wanted.human;
    Ok((Target { name, profile, reach: Reach::Plain(plain) }, inbox))
}

fn profile(suite: &Suite, built_in: &str, wanted: &Wanted) -> Result<Profile, Unusable> {
    let usage = |why: String| Unusable::Usage(why);
    let (file, text) = match &wanted.profile {
        Some(path) => {
            let text = std::fs::read_to_string(path);
            (path.display().to_string(), text.map_err(|error| usage(format!("{}: {error}", path.display())))?)
        }
        None => {
            let bytes = suite.folder.bytes("targets", built_in).map_err(|mistake| usage(mistake.to_string()))?;
            let text = String::from_utf8(bytes).map_err(|error| usage(format!("targets/{built_in}: {error}")))?;
            (format!("targets/{built_in}"), text)
        }
    };
    let profile =
        Profile::read(&file, &text, |name| std::env::var(name).ok()).map_err(|mistake| usage(mistake.to_string()))?;
    for (from, to) in &profile.instead {
        for name in [from, to] {
            if !suite.preparations.contains_key(name) {
                return Err(usage(format!("{file}: `instead`: there is no preparation `{name}`")));
            }
        }
    }
    Ok(profile)
}

/// Keys without credentials are none, and without the own one nothing can be called.
fn ensure_credentials(profile: &mut Profile) -> Result<(), Unusable> {
    let own = profile.keys.get(OWN_KEY);
    let unset = own.map(|key| key.unset.join(" and ")).unwrap_or_default();
    profile.keys.retain(|_, key| !key.secret_id.is_empty() && !key.secret_key.is_empty());
    if profile.keys.contains_key(OWN_KEY) {
        return Ok(());
    }
    let mut message = format!("no credentials for {}: ", profile.says);
    message += &if unset.is_empty() {
        "its profile has no key `own` with `secret_id` and `secret_key`".to_owned()
    } else {
        format!("set {unset} in the environment, or give a --profile FILE of your own")
    };
    if !profile.unset.is_empty() {
        let names = profile.unset.join(", ");
        message += &format!("\ncases are skipped that want what is in none of these variables either: {names}");
    }
    Err(Unusable::Usage(message))
}
