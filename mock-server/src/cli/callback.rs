//! `ess-mock callback open|seal`: one callback body by hand.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use ess_client::callback::autopsy::{Autopsy, Form, Given, SignatureFinding, examine};
use ess_client::callback::{self, CallbackKey, Generation, Message};
use ess_mock_server::callbacks::handmade::name_of;

use super::replay::Speaks;
use super::say;

#[derive(Subcommand)]
pub(super) enum CallbackCommand {
    /// Decrypt a body that was pasted from a log, and say what is wrong with it.
    Open(Open),
    /// Encrypt and sign a message.
    Seal(Seal),
}

/// `callback open`
#[derive(Args)]
pub(super) struct Open {
    /// The body; standard input without it.
    file: Option<PathBuf>,
    /// The AES key, 32 characters.
    #[arg(long, env = "ESS_MOCK_CALLBACK_KEY", hide_env_values = true)]
    key: Option<String>,
    /// The token, to check `--signature` with.
    #[arg(long, env = "ESS_MOCK_CALLBACK_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The header `Content-Signature` that came with it.
    #[arg(long, requires = "token")]
    signature: Option<String>,
    /// Print the message over several lines.
    #[arg(long)]
    pretty: bool,
}

/// `callback seal`
#[derive(Args)]
pub(super) struct Seal {
    /// The message; standard input without it.
    file: Option<PathBuf>,
    /// The AES key, 32 characters; a plain body without it.
    #[arg(long, env = "ESS_MOCK_CALLBACK_KEY", hide_env_values = true)]
    key: Option<String>,
    /// The token; prints the header `Content-Signature` too.
    #[arg(long, env = "ESS_MOCK_CALLBACK_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The form of the body.
    #[arg(long, value_enum, default_value = "company")]
    generation: Speaks,
}

pub(super) fn run(command: CallbackCommand) -> Result<(), String> {
    match command {
        CallbackCommand::Open(open) => open.run(),
        CallbackCommand::Seal(seal) => seal.run(),
    }
}

impl Open {
    /// The message goes to standard output and what is to be said about it to the other one, so that a pipe gets the message alone.
    fn run(&self) -> Result<(), String> {
        let pasted = input(self.file.as_deref())?;
        let autopsy = examine(&Given {
            pasted: &pasted,
            key: self.key.as_deref(),
            token: self.token.as_deref(),
            signature: self.signature.as_deref(),
        });
        for remark in &autopsy.remarks {
            note(&remark.to_string());
        }
        note(&match autopsy.generation {
            Some(generation) => format!("the {} generation: {}", name_of(generation), autopsy.form),
            None => autopsy.form.to_string(),
        });
        if let Some(finding) = &autopsy.signature {
            note(&finding.to_string());
        }
        let Some(fault) = &autopsy.fault else {
            if autopsy.form != Form::Probe {
                say(&self.shown(&autopsy.plaintext));
            }
            return match &autopsy.signature {
                Some(finding) if *finding != SignatureFinding::Right => {
                    Err("the signature is wrong, so a receiver must not believe the body".to_owned())
                }
                Some(_) | None => Ok(()),
            };
        };
        note(&format!("cannot be opened: {fault}"));
        if autopsy.repair.is_none() && !autopsy.plaintext.is_empty() {
            note("as far as it can be read:");
            say(&String::from_utf8_lossy(&autopsy.plaintext));
        }
        self.repaired(&autopsy)?;
        Err("the body is no message as it stands".to_owned())
    }

    fn repaired(&self, autopsy: &Autopsy) -> Result<(), String> {
        let Some(repair) = &autopsy.repair else { return Ok(()) };
        let changes: Vec<String> =
            repair.changes.iter().map(|one| format!("offset {}: {} for {}", one.offset, one.to, one.from)).collect();
        note(&format!(
            "characters that look alike were mixed up: with {} of them read differently {}",
            changes.len(),
            if repair.whole { "it is a message" } else { "more of it can be read, but not all" }
        ));
        note(&format!("  {}", changes.join(", ")));
        note("the body it was probably copied from:");
        note(&String::from_utf8_lossy(&repair.body));
        note("and what that says:");
        say(&self.shown(&repair.plaintext));
        Ok(())
    }

    fn shown(&self, plaintext: &[u8]) -> String {
        let pretty = self.pretty.then(|| serde_json::from_slice::<serde_json::Value>(plaintext).ok()).flatten();
        let pretty = pretty.and_then(|value| serde_json::to_string_pretty(&value).ok());
        pretty.unwrap_or_else(|| String::from_utf8_lossy(plaintext).into_owned())
    }
}

impl Seal {
    fn run(&self) -> Result<(), String> {
        let read = input(self.file.as_deref())?;
        let plaintext = read.trim_ascii();
        let key = self.key.as_deref().map(CallbackKey::new).transpose().map_err(|error| format!("--key: {error}"))?;
        let generation: Generation = self.generation.into();
        if let Some(warning) = warning(plaintext, generation) {
            note(&format!("warning: {warning}; it is sealed all the same"));
        }
        let body = callback::seal(plaintext, key.as_ref(), generation);
        note(&format!("Content-Type: {}", generation.content_type()));
        if let Some(token) = &self.token {
            say(&format!("{}: {}", callback::HEADER, callback::sign(&body, token)));
        }
        say(&String::from_utf8_lossy(&body));
        Ok(())
    }
}

/// What a receiver of this generation would wonder about.
fn warning(plaintext: &[u8], generation: Generation) -> Option<String> {
    if plaintext == b"{}" {
        return None;
    }
    let message = match Message::parse(plaintext) {
        Ok(message) => message,
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})")).unwrap_or_default();
            return Some(format!("{error}{cause}, so no receiver takes it for a message"));
        }
    };
    match (generation.message_version(), message.kind(), message.version()) {
        (Some(_), None, _) => Some("it has no MsgType; only the legacy generation sends such messages".to_owned()),
        (Some(own), Some(_), found) if found != Some(own) => Some(format!(
            "its MsgVersion is {}, the {} generation's is {own}",
            found.unwrap_or("missing"),
            name_of(generation)
        )),
        (None, _, Some(found)) => {
            Some(format!("its MsgVersion is {found}; the legacy generation's messages have none"))
        }
        (Some(_), Some(_), _) | (None, _, None) => None,
    }
}

fn input(file: Option<&Path>) -> Result<Vec<u8>, String> {
    match file {
        Some(file) => std::fs::read(file).map_err(|error| format!("{}: {error}", file.display())),
        None => {
            let mut input = Vec::new();
            std::io::stdin().read_to_end(&mut input).map_err(|error| format!("standard input: {error}"))?;
            Ok(input)
        }
    }
}

/// Says something about the message, beside it.
fn note(text: &str) {
    eprintln!("{text}");
}
