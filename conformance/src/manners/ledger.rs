//! The write-ahead list of a run at a target that is not ours: lines of JSON, each on the disk before what it announces is sent.
//!
//! A line is never changed. What is open is what the lines add up to, so that a run that is killed at any moment leaves behind all that
//! is needed to clean up: a call that was announced and has no outcome is one whose answer was lost.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::effects::Object;

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// A run begins.
    Run(RunLine),
    /// A call that creates something is about to be sent.
    Intent(Intent),
    /// It was answered.
    Created {
        /// The intent's number.
        call: u64,
        /// What there is now.
        objects: Vec<Object>,
    },
    /// It was refused, so there is nothing.
    Refused {
        /// The intent's number.
        call: u64,
        /// The vendor's code.
        code: String,
    },
    /// Its answer was lost.
    Lost {
        /// The intent's number.
        call: u64,
        /// What happened instead.
        why: String,
    },
    /// Nothing came of it, as is known by now.
    Vanished {
        /// The intent's number.
        call: u64,
        /// How that is known.
        why: String,
    },
    /// Something needs nobody's care any more.
    Gone {
        /// What.
        object: Object,
        /// How.
        how: Gone,
    },
}

/// Where a run goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunLine {
    /// The run's name, which stands in the names of its contracts.
    pub run: String,
    /// The target, as `--target` says it.
    pub target: String,
    /// The profile, as `--profile` says it.
    pub profile: Option<PathBuf>,
}

/// A call that creates something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intent {
    /// Its number in the ledger.
    pub call: u64,
    /// When, in unix seconds.
    pub at: i64,
    /// The action.
    pub action: String,
    /// Of which service.
    pub service: String,
    /// The profile's key it is signed with.
    pub key: String,
    /// In whose name: `Operator`, `Caller` or `Agent` of the request.
    pub actor: Value,
    /// How many contracts it makes.
    pub contracts: u64,
    /// Their names where nobody else has such.
    pub names: Vec<String>,
    /// When they end by themselves, in unix seconds.
    pub ends: Option<i64>,
}

/// How something came to need nobody's care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    /// It was withdrawn.
    Cancelled,
    /// It had ended already: refused, expired, withdrawn or void.
    Ended,
    /// Everybody has signed it: it stays.
    Signed,
    /// It cannot be taken back, and disturbs nobody.
    Stays,
}

/// The list on the disk, held by one run at a time.
#[derive(Debug)]
pub struct Ledger {
    file: File,
    path: PathBuf,
    lines: Vec<Line>,
}

/// What somebody must care for still.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    /// Calls whose answer nobody saw.
    pub unanswered: Vec<Intent>,
    /// What was created, with the call that created it.
    pub objects: Vec<(Object, Intent)>,
}

impl Ledger {
    /// Opens a list, or begins one.
    ///
    /// # Errors
    /// Another run holds it, it cannot be read or written, or a line of it is none.
    pub fn open(path: &Path) -> Result<Self, String> {
        let at = |error: std::io::Error| format!("{}: {error}", path.display());
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(at)?;
        file.try_lock().map_err(|_| format!("{}: another run holds this ledger", path.display()))?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(at)?;
        // What was cut off while it was written announces nothing: the call waits until its line is on the disk.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let mut lines = Vec::new();
        for (number, line) in text[..whole].lines().enumerate() {
            lines.push(
                serde_json::from_str(line).map_err(|error| format!("{}:{}: {error}", path.display(), number + 1))?,
            );
        }
        file.set_len(u64::try_from(whole).unwrap_or_default()).map_err(at)?;
        file.seek(SeekFrom::End(0)).map_err(at)?;
        Ok(Self { file, path: path.to_owned(), lines })
    }

    /// Adds a line. It is on the disk when this returns.
    ///
    /// # Errors
    /// It is not.
    pub fn add(&mut self, line: Line) -> Result<(), String> {
        let at = |error: std::io::Error| format!("{}: {error}", self.path.display());
        let mut text = serde_json::to_string(&line).map_err(|error| error.to_string())?;
        text.push('\n');
        self.file.write_all(text.as_bytes()).map_err(at)?;
        self.file.sync_data().map_err(at)?;
        self.lines.push(line);
        Ok(())
    }

    /// The number of the next call.
    pub fn next_call(&self) -> u64 {
        self.lines.iter().filter_map(Line::intent).map(|intent| intent.call).max().unwrap_or(0) + 1
    }

    /// The run that wrote last.
    pub fn last_run(&self) -> Option<&RunLine> {
        self.lines.iter().rev().find_map(|line| match line {
            Line::Run(run) => Some(run),
            Line::Intent(_)
            | Line::Created { .. }
            | Line::Refused { .. }
            | Line::Lost { .. }
            | Line::Vanished { .. }
            | Line::Gone { .. } => None,
        })
    }

    /// What is open of runs at this target, and how many other lines speak of another one.
    pub fn open_at(&self, target: &str) -> Open {
        let mut here = false;
        let mut unanswered: BTreeMap<u64, &Intent> = BTreeMap::new();
        let mut intents: BTreeMap<u64, &Intent> = BTreeMap::new();
        let mut objects: BTreeMap<&Object, u64> = BTreeMap::new();
        for line in &self.lines {
            match line {
                Line::Run(run) => here = run.target == target,
                Line::Intent(intent) if here => {
                    intents.insert(intent.call, intent);
                    unanswered.insert(intent.call, intent);
                }
                Line::Created { call, objects: created } => {
                    unanswered.remove(call);
                    objects.extend(created.iter().map(|object| (object, *call)));
                }
                Line::Refused { call, .. } | Line::Vanished { call, .. } => drop(unanswered.remove(call)),
                Line::Gone { object, .. } => drop(objects.remove(object)),
                Line::Intent(_) | Line::Lost { .. } => {}
            }
        }
        let objects =
            objects.into_iter().filter_map(|(object, call)| Some((object.clone(), (*intents.get(&call)?).clone())));
        Open { objects: objects.collect(), unanswered: unanswered.into_values().cloned().collect() }
    }

    /// Targets of other runs that have something open.
    pub fn open_elsewhere(&self, target: &str) -> Vec<String> {
        let mut others: Vec<String> = self
            .lines
            .iter()
            .filter_map(|line| match line {
                Line::Run(run) if run.target != target => Some(run.target.clone()),
                Line::Run(_)
                | Line::Intent(_)
                | Line::Created { .. }
                | Line::Refused { .. }
                | Line::Lost { .. }
                | Line::Vanished { .. }
                | Line::Gone { .. } => None,
            })
            .collect();
        others.sort();
        others.dedup();
        others.retain(|other| self.open_at(other) != Open::default());
        others
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Line {
    fn intent(&self) -> Option<&Intent> {
        match self {
            Self::Intent(intent) => Some(intent),
            Self::Run(_)
            | Self::Created { .. }
            | Self::Refused { .. }
            | Self::Lost { .. }
            | Self::Vanished { .. }
            | Self::Gone { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::manners::effects::Kind;

    fn run(target: &str) -> Line {
        Line::Run(RunLine { run: "ess-1".to_owned(), target: target.to_owned(), profile: None })
    }

    fn intent(call: u64) -> Intent {
        Intent {
            call,
            at: 1000,
            action: "CreateFlowByFiles".to_owned(),
            service: "ess".to_owned(),
            key: "own".to_owned(),
            actor: json!({"UserId": "yU"}),
            contracts: 1,
            names: vec![format!("合同 ess-1-{call}")],
            ends: Some(2000),
        }
    }

    fn contract(id: &str) -> Object {
        Object { kind: Kind::Contract, id: id.to_owned() }
    }

    #[test]
    fn what_is_open_survives_whoever_wrote_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let mut ledger = Ledger::open(&path).unwrap();
        let created = |call, id: &str| Line::Created { call, objects: vec![contract(id)] };
        for line in [
            run("here"),
            Line::Intent(intent(1)),
            created(1, "yA"),
            Line::Intent(intent(2)),
            created(2, "yB"),
            Line::Gone { object: contract("yA"), how: Gone::Cancelled },
            Line::Intent(intent(3)),
            Line::Refused { call: 3, code: "OperationDenied".to_owned() },
            Line::Intent(intent(4)),
        ] {
            ledger.add(line).unwrap();
        }
        drop(ledger);

        let ledger = Ledger::open(&path).unwrap();

        let open = Open { unanswered: vec![intent(4)], objects: vec![(contract("yB"), intent(2))] };
        assert_eq!(ledger.open_at("here"), open);
        assert_eq!(ledger.open_at("there"), Open::default());
        assert_eq!(ledger.open_elsewhere("there"), ["here"]);
        assert_eq!(ledger.next_call(), 5);
    }

    #[test]
    fn a_line_cut_off_in_the_middle_is_dropped_and_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let mut ledger = Ledger::open(&path).unwrap();
        ledger.add(run("here")).unwrap();
        drop(ledger);
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"line\":\"intent\",\"ca").unwrap();

        Ledger::open(&path).unwrap().add(Line::Intent(intent(1))).unwrap();

        assert_eq!(Ledger::open(&path).unwrap().open_at("here").unanswered, [intent(1)]);
    }

    #[test]
    fn two_runs_do_not_share_a_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let _held = Ledger::open(&path).unwrap();

        assert!(Ledger::open(&path).unwrap_err().ends_with("another run holds this ledger"));
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        std::fs::write(&path, "{\"line\":\"other\"}\n").unwrap();

        assert!(Ledger::open(&path).unwrap_err().contains("ledger.jsonl:1: unknown variant `other`"));
    }
}
