//! Flags and `ESS_MOCK_*` variables, in one struct.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::documents::Fonts;
use crate::domain::time::Timestamp;
use crate::engine::world_file::{AddressRow, WorldFile};
use crate::gateway::credential::Auth;
use crate::gateway::signature::SignatureClock;
use crate::server::Builder;
use crate::span;

/// How to serve. Every flag has an environment variable.
#[derive(Args, Clone)]
pub struct Config {
    /// Where to listen.
    #[arg(long, env = "ESS_MOCK_LISTEN", default_value = "127.0.0.1:8480", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// A world file; the demo world without one.
    #[arg(long, env = "ESS_MOCK_WORLD", value_name = "FILE")]
    pub world: Option<PathBuf>,
    /// What ids are drawn from: the same seed gives the same ids.
    #[arg(long, env = "ESS_MOCK_SEED", value_name = "N")]
    pub seed: Option<u64>,
    /// `real`, `frozen` (at the present time) or `frozen=2027-01-01T00:00:00+08:00`.
    #[arg(long, env = "ESS_MOCK_CLOCK", default_value = "real", value_parser = ClockStart::parse)]
    pub clock: ClockStart,
    /// `strict`; `lenient`: any signature of a known SecretId; `off`: unsigned calls too.
    #[arg(long, env = "ESS_MOCK_AUTH", default_value_t = Auth::Strict)]
    pub auth: Auth,
    /// The clock that signatures expire by after five minutes: `real`, the machine's, which SDKs sign with, or `world`, for
    /// clients that are told the time.
    #[arg(long, env = "ESS_MOCK_SIGNATURE_CLOCK", default_value = "real", value_enum)]
    pub signature_clock: SignatureClock,
    /// `closed`: a SecretId nobody knows is refused; `open`: it gets a world of its own, and its SecretKey is the SecretId.
    #[arg(long, env = "ESS_MOCK_WORLDS", default_value = "closed", value_enum)]
    pub worlds: Worlds,
    /// Whether more than 20 calls a second of one action are refused, as the vendor does.
    #[arg(long, env = "ESS_MOCK_RATE_LIMIT", default_value = "off", value_enum)]
    pub rate_limit: OnOff,
    /// What handed-out URLs begin with, when it is not the address listened on.
    #[arg(long, env = "ESS_MOCK_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// A token the control API then demands as `Authorization: Bearer TOKEN`.
    #[arg(long, env = "ESS_MOCK_CONTROL_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub control_token: Option<String>,
    /// A file to write the port to once it listens; with `--listen 127.0.0.1:0` the way to learn it.
    #[arg(long, env = "ESS_MOCK_PORT_FILE", value_name = "FILE")]
    pub port_file: Option<PathBuf>,
    /// Where the first organization's callbacks go.
    #[arg(long, env = "ESS_MOCK_CALLBACK_URL", value_name = "URL")]
    pub callback_url: Option<String>,
    /// Their AES key, 32 bytes; the world's own without it, plain messages when empty.
    #[arg(long, env = "ESS_MOCK_CALLBACK_KEY", value_name = "KEY", requires = "callback_url", hide_env_values = true)]
    pub callback_key: Option<String>,
    /// The token that signs them; the world's own without it, no signature when empty.
    #[arg(
        long,
        env = "ESS_MOCK_CALLBACK_TOKEN",
        value_name = "TOKEN",
        requires = "callback_url",
        hide_env_values = true
    )]
    pub callback_token: Option<String>,
    /// How long callback receivers may take, e.g. `5s` or `300ms`; 5 s, and 1 s under a frozen clock, without it.
    #[arg(long, env = "ESS_MOCK_CALLBACK_TIMEOUT", value_name = "SPAN", value_parser = parse_span)]
    pub callback_timeout: Option<Duration>,
    /// How much each world's journal of requests holds, e.g. `64MB`; 16 MB without it.
    #[arg(long, env = "ESS_MOCK_JOURNAL_SIZE", value_name = "SIZE", value_parser = parse_size)]
    pub journal_size: Option<usize>,
    /// A font for characters the built-in one lacks.
    #[arg(long, env = "ESS_MOCK_FONT", value_name = "FILE")]
    pub font: Option<PathBuf>,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    /// On.
    On,
    /// Off.
    Off,
}

/// What happens to a SecretId nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Worlds {
    /// It is refused.
    Closed,
    /// It gets a world of its own.
    Open,
}

/// How the clock starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockStart {
    /// As the machine's.
    Real,
    /// Standing still at the present time.
    Frozen,
    /// Standing still there.
    FrozenAt(Timestamp),
}

impl ClockStart {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "real" => Ok(Self::Real),
            "frozen" => Ok(Self::Frozen),
            _ => {
                let moment = text.strip_prefix("frozen=").ok_or("expected real, frozen or frozen=<RFC 3339 time>")?;
                let moment: jiff::Timestamp =
                    moment.parse().map_err(|error| format!("{error}; e.g. 2027-01-01T00:00:00+08:00"))?;
                Ok(Self::FrozenAt(Timestamp::from_millis(moment.as_millisecond())))
            }
        }
    }
}

fn parse_span(text: &str) -> Result<Duration, String> {
    span::parse(text).ok_or_else(|| format!("expected {}", span::EXPECTED))
}

/// `64MB`, `512kB`, `1GB` or a number of bytes.
fn parse_size(text: &str) -> Result<usize, String> {
    let (number, unit) = text.split_at(text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len()));
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "kb" | "k" => Some(1024),
        "mb" | "m" => Some(1024 * 1024),
        "gb" | "g" => Some(1024 * 1024 * 1024),
        _ => None,
    };
    let size = number.parse::<usize>().ok().zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
    size.ok_or_else(|| "expected a size such as 64MB, 512kB or 1000000".to_owned())
}

impl Config {
    /// The server these flags ask for.
    ///
    /// # Errors
    /// A world file or a font that cannot be read, in a sentence that names it.
    pub fn builder(&self) -> Result<Builder, String> {
        let mut builder = Builder::default()
            .listen(self.listen)
            .auth(self.auth)
            .signature_clock(self.signature_clock)
            .open_worlds(self.worlds == Worlds::Open)
            .rate_limit(self.rate_limit == OnOff::On);
        builder = match self.clock {
            ClockStart::Real => builder,
            ClockStart::Frozen => builder.frozen(),
            ClockStart::FrozenAt(moment) => builder.frozen_at(moment),
        };
        if let Some(path) = &self.world {
            builder = builder.world(read_world(path)?);
        }
        if let Some(seed) = self.seed {
            builder = builder.seed(seed);
        }
        if let Some(url) = &self.public_url {
            builder = builder.public_url(url.clone());
        }
        if let Some(token) = &self.control_token {
            builder = builder.control_token(token.clone());
        }
        if let Some(url) = &self.callback_url {
            builder = builder.callback(AddressRow {
                key: self.callback_key.clone(),
                token: self.callback_token.clone(),
                ..AddressRow::to(url.clone())
            });
        }
        if let Some(timeout) = self.callback_timeout {
            builder = builder.callback_timeout(timeout);
        }
        if let Some(size) = self.journal_size {
            builder = builder.journal_bytes(size);
        }
        if let Some(path) = &self.font {
            let bytes = std::fs::read(path).map_err(|error| format!("--font {}: {error}", path.display()))?;
            let fonts = Fonts::with_extra(bytes).map_err(|error| format!("--font {}: {error}", path.display()))?;
            builder = builder.fonts(Arc::new(fonts));
        }
        Ok(builder)
    }
}

/// Reads a text file.
///
/// # Errors
/// Why it cannot be read, with its name.
pub fn read_text(path: &std::path::Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads a world file.
///
/// # Errors
/// Why it cannot be read, with file, line and column where the text is at fault.
pub fn read_world(path: &std::path::Path) -> Result<WorldFile, String> {
    let text = read_text(path)?;
    WorldFile::parse(&path.display().to_string(), &text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_unit() {
        assert_eq!(parse_size("64MB"), Ok(64 * 1024 * 1024));
        assert_eq!(parse_size("512 kB"), Ok(512 * 1024));
        assert_eq!(parse_size("1000"), Ok(1000));
        for wrong in ["", "MB", "64XB", "-1", "99999999999GB"] {
            assert!(parse_size(wrong).unwrap_err().contains("64MB"), "{wrong}");
        }
    }

    #[test]
    fn the_clock_starts_where_it_is_told() {
        assert_eq!(ClockStart::parse("real"), Ok(ClockStart::Real));
        let at = ClockStart::parse("frozen=2027-01-01T00:00:00+08:00").unwrap();
        assert_eq!(at, ClockStart::FrozenAt(Timestamp::from_seconds(1_798_732_800)));
        assert!(ClockStart::parse("stopped").unwrap_err().contains("expected"));
    }
}
