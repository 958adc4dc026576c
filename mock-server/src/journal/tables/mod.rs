//! What the code of the actions says about itself, as data: fields nobody reads, and assumptions. A test ([`extraction`])
//! takes both from the sources again and fails when they have changed; `UPDATE_TABLES=1 cargo test -p ess-mock-server tables`
//! writes them anew.

#[cfg(test)]
mod extraction;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// `unread.yaml`: by struct, the fields no rule reads.
static UNREAD: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| read(include_str!("unread.yaml")));
/// `assumed.yaml`: by action, the sentences of its file that say ASSUMED.
static ASSUMED: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| read(include_str!("assumed.yaml")));

/// Whether no rule reads this field of `ess`.
pub(super) fn is_unread(structure: &str, field: &str) -> bool {
    UNREAD.get(structure).is_some_and(|fields| fields.contains(field))
}

/// What the file of this action of `ess` assumes.
pub(super) fn assumed_by(action: &str) -> &'static [String] {
    ASSUMED.get(action).map_or(&[], Vec::as_slice)
}

#[expect(clippy::expect_used, reason = "the tables are part of the binary, and a test reads them")]
fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_saphyr::from_str(text).expect("a table that a test has read")
}
