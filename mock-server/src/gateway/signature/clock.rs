//! Which clock a signature's five minutes are counted by.

use clap::ValueEnum;
use serde::Serialize;

/// See the module's comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureClock {
    /// The machine's: unmodified SDKs sign with theirs.
    #[default]
    Real,
    /// That of the world the key opens, for clients that are told the time.
    World,
}
