//! Takes the tables from the sources of the actions, by name: a field counts as read when its name stands in the code that
//! may read it. For a request's own fields that is the action's file, the files its chapter shares, and what both services share
//! of the subjects it names; for a struct that several actions use, every file of the service.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ess_schemas::contract::{ActionContract, StructContract};
use heck::ToSnakeCase as _;

use crate::actions::{file_name, handled};

/// Read for every action alike, outside of the handlers: who acts (`identity`), and the token of repeated calls.
const READ_ELSEWHERE: [(&str, &str); 6] = [
    ("UserInfo", "UserId"),
    ("Agent", "ProxyOrganizationId"),
    ("Caller", "OperatorId"),
    ("*", "Operator"),
    ("*", "Agent"),
    ("*", "ClientToken"),
];

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/actions/ess")
}

/// What both services share, a file per subject.
fn of_both_services() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/actions");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.is_file() && path.file_name().is_some_and(|name| name != "mod.rs")).collect();
    files.sort();
    files
}

/// Those of them that this code takes something from.
fn named_in<'a>(code: &str, shared: &'a [PathBuf]) -> Vec<&'a PathBuf> {
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    shared.iter().filter(|path| code.contains(&format!("{}::", stem(path)))).collect()
}

/// The code of a file without comments and tests; and its comments.
fn code_and_comments(path: &Path) -> (String, String) {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let (mut code, mut comments) = (String::new(), String::new());
    for line in text.lines() {
        let comment = ["//!", "///", "//"].into_iter().find_map(|mark| line.trim_start().strip_prefix(mark));
        match comment {
            Some(comment) => comments.push_str(&format!("{} ", comment.trim())),
            None => {
                code.push_str(line);
                code.push('\n');
                if !comments.ends_with("\n") {
                    comments.push('\n');
                }
            }
        }
    }
    (code, comments)
}

/// The names that stand in code.
fn words(code: &str) -> BTreeSet<String> {
    code.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').map(ToOwned::to_owned).collect()
}

/// Every file of the service, by its path below the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn of_ess() -> Vec<&'static ActionContract> {
    handled().filter(|contract| contract.service == ess_schemas::Service::Ess).collect()
}

fn file_of(contract: &ActionContract, all: &[PathBuf]) -> PathBuf {
    let name = format!("{}.rs", file_name(contract.name));
    all.iter().find(|path| path.file_name().is_some_and(|found| found == name.as_str())).unwrap().clone()
}

fn unread() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let all = files(&sources());
    let of_actions: BTreeSet<PathBuf> = of_ess().iter().map(|contract| file_of(contract, &all)).collect();
    let both = of_both_services();
    let everywhere = words(&all.iter().chain(&both).map(|path| code_and_comments(path).0).collect::<String>());
    let mut tables = BTreeMap::new();
    let mut shared = BTreeMap::new();
    for contract in of_ess() {
        let file = file_of(contract, &all);
        let may_read =
            |path: &&PathBuf| **path == file || (path.parent() == file.parent() && !of_actions.contains(*path));
        let mut nearby: String = all.iter().filter(may_read).map(|path| code_and_comments(path).0).collect();
        let shared_code: String = named_in(&nearby, &both).into_iter().map(|path| code_and_comments(path).0).collect();
        nearby.push_str(&shared_code);
        note(contract.request, &words(&nearby), &mut tables);
        gather(contract.request, &mut shared);
    }
    for structure in shared.into_values() {
        note(structure, &everywhere, &mut tables);
    }
    tables
}

fn note(
    structure: &'static StructContract,
    read: &BTreeSet<String>,
    tables: &mut BTreeMap<&'static str, BTreeSet<&'static str>>,
) {
    let is_read = |field: &str| {
        let elsewhere = |(of, name): &(&str, &str)| *name == field && (*of == "*" || *of == structure.name);
        read.contains(&field.to_snake_case()) || READ_ELSEWHERE.iter().any(elsewhere)
    };
    let unread: BTreeSet<_> = structure.fields.iter().map(|field| field.name).filter(|field| !is_read(field)).collect();
    if !unread.is_empty() {
        tables.insert(structure.name, unread);
    }
}

/// Every struct inside of this one.
fn gather(structure: &'static StructContract, found: &mut BTreeMap<&'static str, &'static StructContract>) {
    for inner in structure.fields.iter().filter_map(|field| field.kind.structure()) {
        if found.insert(inner.name, inner).is_none() {
            gather(inner, found);
        }
    }
}

fn assumed() -> BTreeMap<&'static str, Vec<String>> {
    let all = files(&sources());
    let both = of_both_services();
    let of_file = |contract: &&'static ActionContract| {
        let (code, mut comments) = code_and_comments(&file_of(contract, &all));
        for shared in named_in(&code, &both) {
            comments.push('\n');
            comments.push_str(&code_and_comments(shared).1);
        }
        let sentences: Vec<String> = comments
            .lines()
            .flat_map(|paragraph| paragraph.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()))
            .filter(|sentence| sentence.contains("ASSUMED"))
            .collect();
        (!sentences.is_empty()).then_some((contract.name, sentences))
    };
    of_ess().iter().filter_map(of_file).collect()
}

fn in_yaml<Items, Item>(head: &str, table: &BTreeMap<&'static str, Items>) -> String
where
    for<'a> &'a Items: IntoIterator<Item = &'a Item>,
    Item: AsRef<str>,
{
    let mut text = head.to_owned();
    for (name, items) in table {
        writeln!(text, "{name}:").unwrap();
        for item in items {
            writeln!(text, "  - {}", serde_json::to_string(item.as_ref()).unwrap()).unwrap();
        }
    }
    text
}

fn hold(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/journal/tables").join(name);
    if std::env::var_os("UPDATE_TABLES").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        written, text,
        "{name} is not what the sources say: UPDATE_TABLES=1 writes it anew; look at the difference"
    );
}

#[test]
fn the_table_of_unread_fields_is_what_the_sources_say() {
    let head = "# Fields of requests that are taken and change nothing: no code that may read them names them. By struct.\n\
                # Written by a test, see extraction.rs.\n\n";
    hold("unread.yaml", &in_yaml(head, &unread()));
}

#[test]
fn the_table_of_assumptions_is_what_the_sources_say() {
    let head = "# What the files of actions call ASSUMED, by action. Written by a test, see extraction.rs.\n\n";
    hold("assumed.yaml", &in_yaml(head, &assumed()));
}
