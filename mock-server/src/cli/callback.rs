//! `ess-mock callback open|seal`: one callback body by hand.

use std::io::Read as _;

use clap::{Subcommand, ValueEnum};
use ess_client::callback::{self, CallbackKey, Generation};

use super::say;

#[derive(Subcommand)]
pub(super) enum CallbackCommand {
    /// Decrypt the body on standard input.
    Open {
        /// The AES key, 32 bytes.
        #[arg(long)]
        key: String,
        /// The token, to check `--signature` with.
        #[arg(long, requires = "signature")]
        token: Option<String>,
        /// The header `Content-Signature` that came with it.
        #[arg(long, requires = "token")]
        signature: Option<String>,
    },
    /// Encrypt the message on standard input.
    Seal {
        /// The AES key, 32 bytes; a plain body without it.
        #[arg(long)]
        key: Option<String>,
        /// The token; prints the header `Content-Signature` too.
        #[arg(long)]
        token: Option<String>,
        /// The form of the body.
        #[arg(long, value_enum, default_value = "company")]
        generation: Form,
    },
}

/// The forms of callback bodies.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Form {
    /// `{"encrypt":...}`, for companies.
    Company,
    /// The same, for third-party applications.
    Partner,
    /// Bare base64.
    Legacy,
}

pub(super) fn run(command: CallbackCommand) -> Result<(), String> {
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input).map_err(|error| format!("standard input: {error}"))?;
    let bytes = input.trim_ascii();
    match command {
        CallbackCommand::Open { key, token, signature } => {
            if let (Some(token), Some(signature)) = (token, signature) {
                callback::verify(bytes, &signature, &token).map_err(|error| format!("--signature: {error}"))?;
            }
            let key = CallbackKey::new(&key).map_err(|error| format!("--key: {error}"))?;
            let plaintext =
                callback::open(bytes, &key).map_err(|error| format!("the body cannot be opened: {error}"))?;
            say(&String::from_utf8_lossy(&plaintext));
        }
        CallbackCommand::Seal { key, token, generation } => {
            let key = key.as_deref().map(CallbackKey::new).transpose().map_err(|error| format!("--key: {error}"))?;
            let generation = match generation {
                Form::Company => Generation::Company,
                Form::Partner => Generation::Partner,
                Form::Legacy => Generation::Legacy,
            };
            let body = callback::seal(bytes, key.as_ref(), generation);
            if let Some(token) = token {
                say(&format!("{}: {}", callback::HEADER, callback::sign(&body, &token)));
            }
            say(&String::from_utf8_lossy(&body));
        }
    }
    Ok(())
}
