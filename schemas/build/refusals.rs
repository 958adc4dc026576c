//! `refusals.yaml` and `codes.yaml`: why a call is refused, and what each code says.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::names::{maybe, text, texts};
use crate::{Outcome, read};

pub(crate) struct Refusals {
    rows: BTreeMap<String, Row>,
    descriptions: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    chain: Vec<String>,
    otherwise: String,
    message: Option<String>,
    source: String,
    #[serde(default)]
    actions: BTreeMap<String, Exception>,
    /// Placeholder -> value in our words -> the same in the service's words.
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    code: String,
    message: Option<String>,
    source: String,
}

impl Refusals {
    pub(crate) fn read(folder: &Path) -> Outcome<Refusals> {
        Ok(Refusals { rows: yaml(&folder.join("refusals.yaml"))?, descriptions: yaml(&folder.join("codes.yaml"))? })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.rows.contains_key(name)
    }

    /// Every action some row makes an exception for.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &String> {
        self.rows.values().flat_map(|row| row.actions.keys())
    }

    /// Two tables sorted by name, for binary search.
    pub(crate) fn write(&self) -> String {
        let mut out = String::from("pub(super) static ROWS: &[RefusalRow] = &[\n");
        for (name, row) in &self.rows {
            let mut exceptions = String::new();
            for (action, exception) in &row.actions {
                // Writing into a String cannot fail.
                let _ = write!(
                    exceptions,
                    "Exception {{ action: {}, code: {}, message: {}, source: {} }}, ",
                    text(action),
                    text(&exception.code),
                    maybe(exception.message.as_deref().map(text)),
                    text(&exception.source),
                );
            }
            let mut words = String::new();
            for (placeholder, of) in &row.words {
                for (ours, theirs) in of {
                    let _ = write!(words, "({}, {}, {}), ", text(placeholder), text(ours), text(theirs));
                }
            }
            let _ = writeln!(
                out,
                "RefusalRow {{ name: {}, chain: {}, otherwise: {}, message: {}, source: {}, exceptions: &[{exceptions}], words: &[{words}] }},",
                text(name),
                texts(&row.chain),
                text(&row.otherwise),
                maybe(row.message.as_deref().map(text)),
                text(&row.source),
            );
        }
        out.push_str("];\n\npub(super) static DESCRIPTIONS: &[(&str, &str)] = &[\n");
        for (code, description) in &self.descriptions {
            let _ = writeln!(out, "({}, {}),", text(code), text(description));
        }
        out.push_str("];\n");
        out
    }
}

fn yaml<T: DeserializeOwned>(path: &Path) -> Outcome<T> {
    serde_saphyr::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}
