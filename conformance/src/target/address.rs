//! What `--target` says.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// Where a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The fake, in this process.
    InProcess,
    /// Our fake if it answers as ours, else a service that only answers calls.
    Url(String),
    /// A service that only answers calls, whatever it is.
    Plain(String),
    /// The vendor's test environment.
    TencentTest,
}

impl FromStr for Address {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.split_once(':') {
            None if text == "fake" => Self::InProcess,
            None if text == "tencent-test" => Self::TencentTest,
            Some(("plain", url)) => Self::Plain(with_scheme(url)),
            None | Some(_) => Self::Url(with_scheme(text)),
        })
    }
}

fn with_scheme(url: &str) -> String {
    let url = url.trim_end_matches('/');
    if url.contains("://") { url.to_owned() } else { format!("http://{url}") }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InProcess => out.write_str("fake"),
            Self::Url(url) => out.write_str(url),
            Self::Plain(url) => write!(out, "plain:{url}"),
            Self::TencentTest => out.write_str("tencent-test"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_one_of_two_names_or_an_address() {
        for (text, read) in [
            ("fake", "fake"),
            ("tencent-test", "tencent-test"),
            ("127.0.0.1:8480", "http://127.0.0.1:8480"),
            ("https://ess.example/", "https://ess.example"),
            ("plain:http://127.0.0.1:8480", "plain:http://127.0.0.1:8480"),
            ("plain:localhost", "plain:http://localhost"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), read);
            assert_eq!(read.parse::<Address>().unwrap(), address, "{read} is read as it is written");
        }
    }
}
