//! Asks an integrator which state he holds of a contract: by a URL, or by a command.
//!
//! A URL has `{flow}` in it and is fetched; 404 says that the contract is not known. A command gets the FlowId in place of `{flow}`, or as its last
//! argument, and prints. Either answers what [`Held`] reads.

use std::fmt;
use std::process::Stdio;
use std::str::FromStr;
use std::time::Duration;

use ess_client::http::{Trust, client_builder};
use tokio::process::Command;

use super::held::Held;

/// How long a probe may take; a command may have to start an interpreter and to connect to a database.
const PATIENCE: Duration = Duration::from_secs(30);
/// What stands for the FlowId.
const PLACE: &str = "{flow}";

/// How an integrator is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// `http://127.0.0.1:9000/state/{flow}`
    Url(String),
    /// `psql -qtA -c "select ..."`
    Command(String),
}

/// Why nobody knows what the receiver holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// No connection, no such command, or one that failed.
    #[error("the probe {asked} does not answer: {why}")]
    Unreachable {
        /// What was asked.
        asked: String,
        /// Why there is no answer.
        why: String,
    },
    /// It answers something else than a state.
    #[error("the probe {asked} answers what is no state: {why}")]
    Misshapen {
        /// What was asked.
        asked: String,
        /// What is wrong with it.
        why: String,
    },
}

impl FromStr for Probe {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = text.starts_with("http://") || text.starts_with("https://");
        match (url, text.contains(PLACE)) {
            (true, true) => Ok(Self::Url(text.to_owned())),
            (true, false) => {
                Err(format!("a URL needs {PLACE} where the FlowId belongs, as in http://127.0.0.1:9000/state/{PLACE}"))
            }
            (false, _) if text.trim().is_empty() => Err(format!(
                "expected a URL with {PLACE} in it, or a command that gets the FlowId as its last argument"
            )),
            (false, _) => Ok(Self::Command(text.to_owned())),
        }
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(text) | Self::Command(text) => out.write_str(text),
        }
    }
}

impl Probe {
    fn of(&self, flow: &str) -> String {
        match self {
            Self::Url(text) | Self::Command(text) if text.contains(PLACE) => text.replace(PLACE, flow),
            // A FlowId has letters and digits alone: nothing in it needs quotes.
            Self::Url(text) | Self::Command(text) => format!("{text} {flow}"),
        }
    }
}

/// Asks; one connection for all questions.
#[derive(Debug)]
pub struct Asker {
    probe: Probe,
    http: reqwest::Client,
}

impl Asker {
    /// Gets ready to ask.
    ///
    /// # Errors
    /// Says why HTTP cannot be spoken here.
    pub fn new(probe: Probe) -> Result<Self, String> {
        let trust = match &probe {
            Probe::Url(url) if url.starts_with("https://") => Trust::System,
            Probe::Url(_) | Probe::Command(_) => Trust::Nobody,
        };
        let builder = client_builder(trust).map_err(|error| error.to_string())?;
        let http = builder.timeout(PATIENCE).build().map_err(|error| error.to_string())?;
        Ok(Self { probe, http })
    }

    /// What the receiver holds of a contract.
    ///
    /// # Errors
    /// It cannot be asked, or answers what is no state.
    pub async fn ask(&self, flow: &str) -> Result<Held, ProbeError> {
        let asked = self.probe.of(flow);
        let answer = match &self.probe {
            Probe::Url(_) => self.fetch(&asked).await,
            Probe::Command(_) => run(&asked).await,
        };
        let answer = answer.map_err(|why| ProbeError::Unreachable { asked: asked.clone(), why })?;
        Held::read(&answer).map_err(|why| ProbeError::Misshapen { asked, why })
    }

    async fn fetch(&self, url: &str) -> Result<String, String> {
        let get = || self.http.get(url).send();
        let answer = match get().await {
            Ok(answer) => answer,
            // Where it hung up between two questions, it is there all the same.
            Err(_) => get().await.map_err(|error| in_words(&error))?,
        };
        let status = answer.status();
        let text = answer.text().await.map_err(|error| in_words(&error))?;
        match status.as_u16() {
            200 => Ok(text),
            404 => Ok(String::new()),
            other => {
                Err(format!("it answered {other}; expected 200 with a state, or 404 for a contract that is not known"))
            }
        }
    }
}

async fn run(command: &str) -> Result<String, String> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let started = Command::new(shell).arg(flag).arg(command).stdin(Stdio::null()).kill_on_drop(true).output();
    let ended = tokio::time::timeout(PATIENCE, started).await;
    let ended = ended.map_err(|_| format!("it did not end within {} seconds", PATIENCE.as_secs()))?;
    let ended = ended.map_err(|error| format!("{shell} cannot be started: {error}"))?;
    if ended.status.success() {
        return Ok(String::from_utf8_lossy(&ended.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    let said = said.trim().lines().next_back().unwrap_or("it said nothing");
    Err(format!("it ended with {}: {said}", ended.status))
}

/// An error with the causes that reqwest keeps apart.
fn in_words(error: &reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::status::Status;
    use super::*;

    #[test]
    fn a_probe_is_a_url_with_a_place_or_a_command() {
        let url: Probe = "http://127.0.0.1:9000/state/{flow}?full=1".parse().unwrap();
        assert_eq!(url.of("yDf"), "http://127.0.0.1:9000/state/yDf?full=1");
        let command: Probe = "./state --json".parse().unwrap();
        assert_eq!(command.of("yDf"), "./state --json yDf");
        let placed: Probe = "sqlite3 a.db \"select '{flow}'\"".parse().unwrap();
        assert_eq!(placed.of("yDf"), "sqlite3 a.db \"select 'yDf'\"");

        assert!("http://127.0.0.1:9000/state".parse::<Probe>().unwrap_err().contains("a URL needs {flow}"));
        assert!(" ".parse::<Probe>().is_err());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_command_prints_what_is_held_and_its_failure_is_told() {
        let held = Asker::new(Probe::Command("echo '{\"status\": 4}' #".into())).unwrap().ask("yDf").await.unwrap();
        assert_eq!(held.status, Some(Status::Signed));

        let error = Asker::new(Probe::Command("echo no database >&2; exit 3 #".into())).unwrap().ask("yDf").await;
        let error = error.unwrap_err().to_string();
        assert!(error.contains("does not answer") && error.contains("3: no database"), "{error}");
        let error = Asker::new(Probe::Command("echo".into())).unwrap().ask("yDf").await.unwrap_err().to_string();
        assert!(error.contains("answers what is no state: the answer is no JSON"), "{error}");
    }

    #[tokio::test]
    async fn nobody_listening_is_unreachable() {
        let asker = Asker::new("http://127.0.0.1:1/{flow}".parse().unwrap()).unwrap();

        let error = asker.ask("yDf").await.unwrap_err();

        assert!(matches!(error, ProbeError::Unreachable { .. }), "{error}");
    }
}
