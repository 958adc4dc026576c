//! `ess-mock replay` and `ess-mock scenario check`: scenario files, played at any receiver. No server is needed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use ess_client::callback::Generation;
use ess_mock_server::scenario::Scenario;
use ess_mock_server::scenario::player::{Pace, Receiver, play};
use ess_mock_server::scenario::receiver;
use ess_mock_server::scenario::report::Report;
use ess_mock_server::scenario::schedule::plan;

use super::say;

/// `replay`
#[derive(Args)]
pub(super) struct Replay {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only say whether the files can be played.
    #[arg(long, conflicts_with = "to")]
    check: bool,
    /// The receiver: where to POST, http or https.
    #[arg(long, value_name = "URL", required_unless_present = "check", value_parser = receiver::url)]
    to: Option<String>,
    /// The AES key of the receiver, 32 characters; plain messages without it.
    #[arg(long, env = "ESS_MOCK_CALLBACK_KEY", hide_env_values = true, value_parser = receiver::key)]
    key: Option<String>,
    /// The token that signs bodies; no signature without it.
    #[arg(long, env = "ESS_MOCK_CALLBACK_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Draws ids and the order of what is shuffled; the same seed sends the same bytes in the same order.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The generation to speak, instead of the files' own. Recorded messages keep their text and change their wrapping.
    #[arg(long, value_enum)]
    generation: Option<Speaks>,
    /// How long an answer may take.
    #[arg(long, default_value = "5s", value_parser = receiver::patience)]
    timeout: Duration,
    /// `fast`: nobody waits. `real`: gaps last as long as in the story. `60x`: sixty times as fast.
    #[arg(long, default_value = "fast", value_parser = pace)]
    pace: Pace,
    /// How to print what was answered.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// The generations of the platform, for flags.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Speaks {
    /// `{"encrypt":...}`, for companies.
    Company,
    /// The same, for third-party applications.
    Partner,
    /// Bare base64, for companies registered before May 2023.
    Legacy,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

impl From<Speaks> for Generation {
    fn from(speaks: Speaks) -> Self {
        match speaks {
            Speaks::Company => Self::Company,
            Speaks::Partner => Self::Partner,
            Speaks::Legacy => Self::Legacy,
        }
    }
}

impl Replay {
    pub(super) async fn run(&self) -> Result<(), String> {
        let Some(to) = self.to.as_ref().filter(|_| !self.check) else { return check(&self.files) };
        // A mistake in the last file is found before the first is sent.
        let scenarios = read(&self.files, self.seed)?;
        let receiver = Receiver {
            url: to.clone(),
            key: self.key.clone(),
            token: self.token.clone(),
            generation: self.generation.map(Into::into),
            patience: self.timeout,
            pace: self.pace,
            seed: self.seed,
        };
        let mut failures = Vec::new();
        let mut reports = Vec::new();
        for (_, scenario) in &scenarios {
            let mut report = Report::of(&scenario.name, self.seed);
            let plan = plan(scenario, self.seed);
            let interrupted = tokio::select! {
                () = play(scenario, &plan, &receiver, &mut report) => false,
                stopped = tokio::signal::ctrl_c() => stopped.map(|()| true).map_err(|error| format!("cannot listen for Ctrl-C: {error}"))?,
            };
            if self.format == Format::Table {
                say(&format!("{}\n\n{}\n", scenario.says, report.table()));
            }
            failures.extend(report.failure());
            reports.push(report);
            if interrupted {
                failures.push("interrupted: what is above was sent, the rest was not".to_owned());
                break;
            }
        }
        if self.format == Format::Json {
            say(&serde_json::to_string_pretty(&reports).map_err(|error| error.to_string())?);
        }
        if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
    }
}

/// Says whether the files can be played.
pub(super) fn check(files: &[PathBuf]) -> Result<(), String> {
    for (path, scenario) in read(files, 0)? {
        let sendings = plan(&scenario, 0).len();
        say(&format!(
            "{}: good. `{}`: {} messages, sent {sendings} times.",
            path.display(),
            scenario.name,
            scenario.messages.len()
        ));
    }
    Ok(())
}

/// Reads every file before anything is done; names every file that has a mistake.
fn read(files: &[PathBuf], seed: u64) -> Result<Vec<(PathBuf, Scenario)>, String> {
    let (mut scenarios, mut mistakes) = (Vec::new(), Vec::new());
    for path in gathered(files)? {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        match Scenario::parse(&path.display().to_string(), &text, seed) {
            Ok(scenario) => scenarios.push((path, scenario)),
            Err(mistake) => mistakes.push(mistake.to_string()),
        }
    }
    if mistakes.is_empty() { Ok(scenarios) } else { Err(mistakes.join("\n")) }
}

/// The files, and the YAML files of the folders, by name.
fn gathered(files: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for path in files {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| format!("{}: {error}", path.display()))?;
        let is_yaml = |path: &Path| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
        let mut inside: Vec<PathBuf> =
            entries.into_iter().map(|entry| entry.path()).filter(|path| is_yaml(path)).collect();
        if inside.is_empty() {
            return Err(format!("{}: no scenario (*.yaml) in this folder", path.display()));
        }
        inside.sort();
        found.append(&mut inside);
    }
    Ok(found)
}

fn pace(text: &str) -> Result<Pace, String> {
    match text {
        "fast" => Ok(Pace::Fast),
        "real" => Ok(Pace::Times(1.0)),
        other => other
            .strip_suffix('x')
            .and_then(|number| number.parse().ok())
            .filter(|speed: &f64| speed.is_finite() && *speed > 0.0)
            .map(Pace::Times)
            .ok_or_else(|| "expected fast, real, or a number of times such as 60x".to_owned()),
    }
}
