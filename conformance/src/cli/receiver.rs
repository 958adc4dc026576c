//! `ess-conformance receiver`: judges an integrator's callback receiver.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use ess_client::callback::Generation;
use ess_client::{Clock, SystemClock};
use ess_conformance::receiver::explorer::Exploring;
use ess_conformance::receiver::probe::Probe;
use ess_conformance::receiver::stories::{ORDERS, Piece, bodies, shipped};
use ess_conformance::receiver::{Failure, Programme, Subject, judge};
use ess_mock_server::scenario::receiver;
use indicatif::{ProgressBar, ProgressStyle};

use super::{AGREE, DIFFERENCE, UNREACHABLE, USAGE};

/// Play the scenarios, the hostile bodies and every order of a contract's messages at a callback receiver, and say which rules it keeps.
///
/// Exit codes: 0 it keeps them, 1 it breaks one, 2 what was asked for cannot be done, 3 nobody answers.
#[derive(Args)]
pub(super) struct ReceiverArguments {
    /// Where the receiver takes callbacks.
    #[arg(long, value_name = "URL", value_parser = receiver::url)]
    url: String,
    /// The AES key the receiver was given, 32 characters.
    #[arg(long, env = "ESS_CALLBACK_KEY", hide_env_values = true, value_parser = receiver::key)]
    key: String,
    /// The token the receiver was given; without it nothing is signed, and what is wrong with signatures is not played.
    #[arg(long, env = "ESS_CALLBACK_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// How to ask which state it holds: a URL with {flow} in it, or a command that gets the FlowId as its last argument (or for {flow}).
    /// The answer is JSON such as {"status": 4}.
    #[arg(long, value_name = "CMD|URL")]
    probe: Probe,
    /// The generation of the platform that the receiver is written for.
    #[arg(long, value_enum, default_value = "company")]
    generation: Speaks,
    /// How long an answer may take.
    #[arg(long, default_value = "5s", value_parser = receiver::patience)]
    timeout: Duration,
    /// How long the receiver may take to come to what it was told, after it has answered.
    #[arg(long, default_value = "1s", value_parser = receiver::pause)]
    settle: Duration,
    /// The receiver keeps only how contracts end: do not expect 1, 2 or 8 of it.
    #[arg(long)]
    ends_only: bool,
    /// Only these parts.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART")]
    only: Vec<Part>,
    /// Scenario files, or folders of them, instead of what is shipped.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    scenario: Vec<PathBuf>,
    /// The scenario file with the contract whose messages come in every order; one with six messages without it.
    #[arg(long, value_name = "FILE")]
    story: Option<PathBuf>,
    /// How many messages that contract may have; 6 have 720 orders, 7 have 5040.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u64).range(1..=8))]
    bound: u64,
    /// Send every message once in each order, and not once more behind it.
    #[arg(long)]
    once: bool,
    /// Where a failing order is written to, as a scenario file.
    #[arg(long, value_name = "FILE", default_value = "failing-order.yaml")]
    save: PathBuf,
    /// Makes the contracts; the same seed the same ones, of which the receiver must not have heard. Another one each time without it.
    #[arg(long)]
    seed: Option<u64>,
    /// How to print the verdict.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Speaks {
    /// A company's own app.
    Company,
    /// A platform's app.
    Partner,
    /// Bare base64, for companies registered before May 2023.
    Legacy,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The shipped scenarios.
    Scenarios,
    /// Every hostile body.
    Bodies,
    /// Every order of one contract's messages.
    Orders,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

impl ReceiverArguments {
    /// Judges, and prints the verdict.
    pub(super) async fn run(self) -> u8 {
        let (why, code) = match self.judged().await {
            Ok(true) => return AGREE,
            Ok(false) => return DIFFERENCE,
            Err(Failure::Misuse(what)) => (what, USAGE),
            Err(Failure::Unreachable(what)) => (what, UNREACHABLE),
        };
        eprintln!("{why}");
        code
    }

    #[expect(clippy::print_stdout, reason = "a command's answer")]
    async fn judged(self) -> Result<bool, Failure> {
        let programme = self.programme()?;
        let rounds = programme.pieces.len() + programme.orders.as_ref().map_or(0, |_| factorial(self.bound));
        let bar = bar(rounds);
        let subject = Subject {
            url: self.url,
            key: self.key,
            token: self.token,
            probe: self.probe,
            generation: self.generation.into(),
            patience: self.timeout,
            settle: self.settle,
            ends_only: self.ends_only,
        };
        let verdict = judge(subject, programme, &bar).await?;
        bar.finish_and_clear();
        if verdict.is_empty() {
            return Err(Failure::Misuse(format!("nothing could be played\n{}", verdict.text(None))));
        }
        let saved = verdict.failing_order().map(|failing| saved(&self.save, failing.file.as_deref()));
        match self.format {
            Format::Table => println!("{}\ntook {:.1?}", verdict.text(saved.as_deref()), bar.elapsed()),
            Format::Json => {
                println!(
                    "{}",
                    serde_json::to_string_pretty(&verdict).map_err(|error| Failure::Misuse(error.to_string()))?
                )
            }
        }
        Ok(verdict.is_good())
    }

    fn programme(&self) -> Result<Programme, Failure> {
        let plays = |part: Part| match self.only.is_empty() {
            // Who names scenarios wants those.
            true => self.scenario.is_empty() || part == Part::Scenarios,
            false => self.only.contains(&part),
        };
        let mut pieces = Vec::new();
        if plays(Part::Scenarios) {
            pieces = match self.scenario.is_empty() {
                true => shipped()?,
                false => named(&self.scenario)?,
            };
        }
        if plays(Part::Bodies) {
            pieces.extend(bodies()?);
        }
        let orders = if plays(Part::Orders) { Some(self.exploring()?) } else { None };
        let seed = self.seed.unwrap_or_else(another);
        Ok(Programme { pieces, orders, seed })
    }

    fn exploring(&self) -> Result<Exploring, Failure> {
        let (file, text) = match &self.story {
            None => ("the story of six messages".to_owned(), ORDERS.to_owned()),
            Some(path) => (path.display().to_string(), read(path)?),
        };
        let bound = usize::try_from(self.bound).unwrap_or(usize::MAX);
        Ok(Exploring { file, text, bound, again: !self.once })
    }
}

/// A seed that no run has had: two can begin in one second.
fn another() -> u64 {
    let process = u64::from(std::process::id() % 100_000);
    SystemClock.unix_seconds().unsigned_abs().wrapping_mul(100_000).wrapping_add(process)
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

/// The scenarios in these files and folders.
fn named(paths: &[PathBuf]) -> Result<Vec<Piece>, Failure> {
    let mut pieces = Vec::new();
    for path in files(paths)? {
        pieces.push(Piece::scenario(&path.display().to_string(), &read(&path)?)?);
    }
    Ok(pieces)
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |path: &Path, error: std::io::Error| Failure::Misuse(format!("{}: {error}", path.display()));
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| unreadable(path, error))?;
        let is_yaml = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
        let mut inside: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_yaml).collect();
        if inside.is_empty() {
            return Err(Failure::Misuse(format!("{}: no scenario (*.yaml) in this folder", path.display())));
        }
        inside.sort();
        found.append(&mut inside);
    }
    Ok(found)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::Misuse(format!("{}: {error}", path.display())))
}

/// Where the failing order is now, or why it is nowhere.
fn saved(path: &Path, file: Result<&str, &String>) -> String {
    match file.map(|text| std::fs::write(path, text)) {
        Ok(Ok(())) => {
            format!("{0}\nplay it again: ess-mock replay {0} --to URL --key KEY --token TOKEN", path.display())
        }
        Ok(Err(error)) => format!("it could not be saved: {}: {error}", path.display()),
        Err(why) => format!("it could not be saved: {why}"),
    }
}

fn factorial(number: u64) -> usize {
    (1..=number).product::<u64>().try_into().unwrap_or(usize::MAX)
}

/// Shown where there is somebody to look at it.
fn bar(rounds: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{elapsed} {bar:40} {pos} of {len} stories");
    let bar = ProgressBar::new(rounds as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
