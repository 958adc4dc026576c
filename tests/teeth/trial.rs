//! One run of the suite against a platform that does one thing wrong.

use std::sync::Arc;
use std::time::Duration;

use ess_conformance::inbox::Inbox;
use ess_conformance::outcome::CaseResult;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::case::Case;
use ess_conformance::target::fake::Fake;
use ess_conformance::target::profile::Profile;
use ess_conformance::target::{Reach, Target};
use ess_mock_server::MockServer;
use ess_mock_server::domain::time::Timestamp;

use crate::defect::{Defect, Trick};
use crate::proxy::{Door, Proxy};
use crate::touch::touched_by;

/// The suite's own moment.
const BEGINS: i64 = 1_700_000_000;
/// How long the suite's receiver may be silent: longer than in a run without a proxy on the way, and still little.
const RECEIVER_PATIENCE: Duration = Duration::from_millis(500);
/// How many files of cases are played at once.
const JOBS: usize = 4;

/// What became of a defect.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    /// How many cases touch what it touches.
    pub(crate) cases: usize,
    /// How often something was done wrong.
    pub(crate) fired: usize,
    /// The first case that noticed.
    pub(crate) caught_by: Option<String>,
    /// Why none is expected to.
    pub(crate) survives: Option<&'static str>,
}

/// Plants a defect and runs the suite until a case notices.
pub(crate) async fn try_defect(suite: &Suite, defect: Defect) -> Verdict {
    let Defect { name, says, trick, survives } = defect;
    let trick = Arc::new(trick);
    let rounds = touched_by(&trick, suite);
    let cases = rounds.iter().map(Vec::len).sum();
    let mut verdict = Verdict { name, says, cases, fired: 0, caught_by: None, survives };
    for cases in rounds {
        let (results, fired) = play(suite, cases, Some(trick.clone())).await;
        verdict.fired += fired;
        verdict.caught_by = results.into_iter().find(|result| result.fails(true)).map(|result| result.id);
        if verdict.caught_by.is_some() {
            break;
        }
    }
    verdict
}

/// Plays cases through a proxy; ends with the first that fails. Besides, how often the trick was played.
pub(crate) async fn play(suite: &Suite, cases: Vec<Case>, trick: Option<Arc<Trick>>) -> (Vec<CaseResult>, usize) {
    let door = Door::open().await;
    let url = door.url.clone();
    let server = MockServer::builder()
        .public_url(&url)
        .frozen_at(Timestamp::from_seconds(BEGINS))
        .rate_limit(false)
        .callback_timeout(RECEIVER_PATIENCE)
        .start()
        .await
        .unwrap();
    let proxy = Proxy::stand(door, format!("http://{}", server.address()), trick);

    let profile = suite.folder.bytes("targets", "fake.yaml").unwrap();
    let profile = Profile::read("targets/fake.yaml", &String::from_utf8(profile).unwrap(), |_| None).unwrap();
    let fake = Fake::running(&url, None, &suite.folder).unwrap();
    let target = Target { name: "fake".to_owned(), profile, reach: Reach::Fake(fake) };
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.unwrap();
    let plan = Plan { jobs: JOBS, fail_fast: true, watch: Arc::new(Nobody), inbox: Some(inbox) };

    let results = run(suite, &target, cases, &plan, &|_| ()).await;
    let fired = proxy.fired();
    drop(proxy);
    server.stop().await;
    (results, fired)
}
