//! A fake that poses as somebody else's: reached by its address alone, through a proxy that can hold a call back.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use ess_mock_server::MockServer;
use ess_mock_server::engine::world_file::WorldFile;
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use super::proxy::Proxy;

/// Contracts that can still be signed: not started, running, partly signed, waiting for a document, being filled in.
const OPEN: [i64; 6] = [0, 1, 2, 7, 8, 9];

/// The fake, a proxy before it, and a folder for a suite, a profile and a ledger.
pub(crate) struct Stand {
    pub(crate) fake: MockServer,
    pub(crate) proxy: Proxy,
    folder: TempDir,
}

impl Stand {
    /// With these cases, by id, each a list of steps.
    pub(crate) async fn set(cases: &[(&str, &str)]) -> Self {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
        let world = std::fs::read_to_string(shipped.join("worlds/suite.yaml")).unwrap();
        let world = WorldFile::parse("worlds/suite.yaml", &world).unwrap();
        let fake = MockServer::builder().world(world).rate_limit(false).start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        for part in ["preparations", "files", "worlds", "targets"] {
            std::os::unix::fs::symlink(shipped.join(part), folder.path().join(part)).unwrap();
        }
        for (id, steps) in cases {
            let path = folder.path().join("cases").join(format!("{id}.yaml"));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, format!("says: something\nsource: none\nbasis: documented\nsteps: {steps}\n"))
                .unwrap();
        }
        std::fs::write(folder.path().join("profile.yaml"), profile(&shipped.join("targets/fake.yaml"))).unwrap();
        let proxy = Proxy::before(fake.url()).await;
        Self { fake, proxy, folder }
    }

    pub(crate) fn suite(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile.yaml")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ess-conformance"));
        command.args(arguments).arg("--suite").arg(self.suite()).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    fn run_command(&self, arguments: &[&str]) -> Command {
        self.command_at_target("run", arguments)
    }

    fn command_at_target(&self, verb: &str, arguments: &[&str]) -> Command {
        let mut command = self.command(&[verb]);
        command.args(["--target", &format!("plain:{}", self.proxy.url), "--profile", "profile.yaml", "--pace", "0ms"]);
        command.args(arguments);
        command
    }

    /// A run to its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Output {
        self.run_command(arguments).output().await.unwrap()
    }

    /// A game to its end.
    pub(crate) async fn model(&self, arguments: &[&str]) -> Output {
        self.command_at_target("model", arguments).output().await.unwrap()
    }

    /// A run that goes on.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.run_command(arguments).spawn().unwrap()
    }

    /// `ess-conformance cleanup`, where the run was.
    pub(crate) async fn cleanup(&self) -> Output {
        self.command(&["cleanup"]).output().await.unwrap()
    }

    /// Contracts of the fake's, as the fake knows them.
    pub(crate) async fn contracts(&self) -> Vec<Value> {
        let flows = super::http().get(format!("{}/_mock/flows", self.fake.url())).send().await.unwrap();
        serde_json::from_str(&flows.text().await.unwrap()).unwrap()
    }

    /// Names of those that can still be signed.
    pub(crate) async fn open_contracts(&self) -> Vec<String> {
        let contracts = self.contracts().await;
        let open = contracts.iter().filter(|flow| OPEN.contains(&flow["status_code"].as_i64().unwrap()));
        open.map(|flow| flow["name"].as_str().unwrap().to_owned()).collect()
    }
}

/// The fake's own values, with its companies' credentials and without what only our fake can do.
fn profile(fakes: &Path) -> String {
    let text = std::fs::read_to_string(fakes).unwrap();
    let values = &text[text.find("\nvalues:").unwrap()..];
    format!(
        "says: somebody else's\ncapabilities: [template, seal, partner]\nkeys:\n  own: {{ secret_id: own-key, secret_key: own-secret }}\n  platform: {{ secret_id: platform-key, secret_key: platform-secret }}\n{values}"
    )
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
