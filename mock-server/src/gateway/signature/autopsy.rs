//! What we expected of a signature that did not match: for the log of the server, where somebody looks for the reason.
//!
//! It shows what we signed in the client's place, line by line, and never the secret, a signing key or the signature
//! that would have been right.

use std::fmt;

use super::super::fault::Fault;
use super::Rejection;

/// The most text shown of one calculation, so that a request cannot fill the log.
const MAX_SHOWN: usize = 4_000;

/// A finding, with the calculations it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autopsy {
    finding: String,
    calculations: Vec<(&'static str, String)>,
    hints: Vec<String>,
}

impl Autopsy {
    pub(super) fn new(finding: impl Into<String>) -> Self {
        Self { finding: finding.into(), calculations: Vec::new(), hints: Vec::new() }
    }

    pub(super) fn of_expired(timestamp: i64, real_now: i64) -> Self {
        Self::new(format!(
            "the request was signed at {timestamp}, the machine's clock says {real_now}: {} seconds apart, {} allowed",
            timestamp.abs_diff(real_now),
            super::CLOCK_TOLERANCE
        ))
    }

    /// Adds a text that we computed.
    pub(super) fn showing(mut self, what: &'static str, text: &str) -> Self {
        let shown: String = text.chars().take(MAX_SHOWN).collect();
        self.calculations.push((what, if shown.len() < text.len() { shown + "…" } else { shown }));
        self
    }

    /// Adds something the reader should look at.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// A failed comparison: the fault for the client and this for the log.
impl From<Autopsy> for Rejection {
    fn from(autopsy: Autopsy) -> Self {
        Self { fault: Fault::SignatureFailure, autopsy: Some(Box::new(autopsy)) }
    }
}

impl fmt::Display for Autopsy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.finding)?;
        for hint in &self.hints {
            write!(out, "\n  note: {hint}")?;
        }
        for (what, text) in &self.calculations {
            write!(out, "\n  {what}:")?;
            for line in text.split('\n') {
                write!(out, "\n    | {line}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_calculation_is_cut() {
        let shown = Autopsy::new("x").showing("canonical request", &"签".repeat(10_000)).to_string();

        assert!(shown.ends_with('…'));
        assert!(shown.chars().count() < MAX_SHOWN + 100);
    }

    #[test]
    fn lines_stay_apart() {
        let shown = Autopsy::new("no match").hint("look here").showing("string to sign", "a\nb").to_string();

        assert_eq!(shown, "no match\n  note: look here\n  string to sign:\n    | a\n    | b");
    }
}
