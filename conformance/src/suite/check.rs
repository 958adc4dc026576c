//! What is wrong with a suite that can be read: found before anything runs, with file, line and column.

use std::collections::BTreeSet;

use ess_schemas::{Service, StructContract};
use serde_json::Value;
use serde_saphyr::{Location, Spanned};

use super::Suite;
use super::case::{CaseFile, Preparation, Row, service_of};
use super::marks::{Bound, LimitMark};
use super::matcher;
use super::mistake::{Mistake, nearest};
use super::names::{Expression, names_in};
use super::step::{Call, Step};
use crate::stage::service_and_action;
use crate::target::profile::Profile;

/// The profile whose values every suite may name: the fake's has them all.
const VOCABULARY: &str = "fake.yaml";

/// Every mistake in the suite, by file and line.
pub fn check(suite: &Suite) -> Vec<Mistake> {
    let vocabulary = match vocabulary(suite) {
        Ok(vocabulary) => vocabulary,
        Err(mistake) => return vec![mistake],
    };
    let mut mistakes = Vec::new();
    for (path, file) in &suite.files {
        let name = format!("cases/{path}.yaml");
        Reading { suite, file: &name, known: vocabulary.clone(), columns: columns(file), mistakes: &mut mistakes }
            .case_file(path, file);
    }
    for (name, preparation) in &suite.preparations {
        let name = format!("preparations/{name}.yaml");
        Reading { suite, file: &name, known: vocabulary.clone(), columns: BTreeSet::new(), mistakes: &mut mistakes }
            .preparation(preparation);
    }
    mistakes.sort();
    mistakes
}

/// First names that profiles give values to.
fn vocabulary(suite: &Suite) -> Result<BTreeSet<String>, Mistake> {
    let file = format!("targets/{VOCABULARY}");
    let text = suite.folder.bytes("targets", VOCABULARY)?;
    let text = String::from_utf8(text).map_err(|error| Mistake::of_file(&file, error.to_string()))?;
    let profile = Profile::read(&file, &text, |_| Some("x".to_owned()))?;
    Ok(profile.values.keys().cloned().collect())
}

fn columns(file: &CaseFile) -> BTreeSet<&str> {
    file.each.values().flat_map(|row| row.value.values.keys()).map(String::as_str).collect()
}

/// One file, read from top to bottom; `known` grows by what steps bind.
struct Reading<'a> {
    suite: &'a Suite,
    file: &'a str,
    known: BTreeSet<String>,
    /// What rows of its table say.
    columns: BTreeSet<&'a str>,
    mistakes: &'a mut Vec<Mistake>,
}

impl Reading<'_> {
    fn case_file(&mut self, path: &str, file: &CaseFile) {
        if !path.split('/').all(|piece| {
            piece.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
        }) {
            self.mistakes.push(Mistake::of_file(
                self.file,
                "an id is a path in snake_case, such as ess/cancel_flow/finished_flow_is_refused",
            ));
        }
        if path.split('/').count() < 3 {
            self.mistakes
                .push(Mistake::of_file(self.file, "a case stands in a chapter of a service, such as ess/cancel_flow/"));
        }
        if let Some(mark) = &file.limit {
            self.limit(path, mark);
        }
        self.steps(&file.before);
        let before = self.known.clone();
        for (name, row) in &file.each {
            if let Some(mark) = &row.value.limit {
                self.limit(path, mark);
            }
            self.known = before.clone();
            self.row(service_of(path), name, row);
        }
        self.known = before;
        if !file.each.is_empty() {
            self.known.insert("row".to_owned());
        }
        self.steps(&file.steps);
    }

    fn row(&mut self, service: Service, name: &str, row: &Spanned<Row>) {
        if !name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_') {
            self.at(row.referenced, format!("a row's name is in snake_case, not `{name}`"));
        }
        for value in row.value.values.values() {
            self.names(value, row.referenced);
        }
        if let Some(refused) = row.value.values.get("refused") {
            self.refused((service, None), refused, row.referenced);
        }
        for paths in ["answers", "until"] {
            row.value.values.get(paths).into_iter().for_each(|answers| self.expectations(answers, row.referenced));
        }
    }

    fn preparation(&mut self, preparation: &Preparation) {
        let nowhere = Location::UNKNOWN;
        preparation.given.values().for_each(|value| self.names(value, nowhere));
        self.known.extend(preparation.given.keys().cloned());
        self.steps(&preparation.steps);
        preparation.gives.values().for_each(|value| self.names(value, nowhere));
    }

    fn steps(&mut self, steps: &[Spanned<Step>]) {
        for step in steps {
            self.step(&step.value, step.referenced);
        }
    }

    fn step(&mut self, step: &Step, at: Location) {
        match step {
            Step::Use(wanted) => {
                for name in &wanted.names {
                    let known = &self.suite.preparations;
                    match known.get(&name.value) {
                        None => {
                            let near = nearest(&name.value, known.keys().map(String::as_str));
                            self.at(name.referenced, format!("there is no preparation `{}`; {near}", name.value));
                        }
                        Some(preparation) => {
                            for given in wanted.with.keys().filter(|given| !preparation.given.contains_key(*given)) {
                                let near = nearest(given, preparation.given.keys().map(String::as_str));
                                self.mistakes.push(Mistake::with(
                                    self.file,
                                    name,
                                    format!("`{}` takes no `{given}`; {near}", name.value),
                                ));
                            }
                        }
                    }
                }
                wanted.with.values().for_each(|value| self.names(value, at));
                let bound = wanted.name.iter().chain(wanted.names.iter().map(|name| &name.value));
                self.known.extend(bound.cloned().collect::<Vec<_>>());
            }
            Step::Call(call) => self.call(call, at),
            Step::Act(act) => {
                if act.link.is_none() && !["sign", "reject", "fill", "rename"].contains(&act.verb.value.as_str()) {
                    self.at(
                        act.verb.referenced,
                        format!("nobody can `{}` without a link; there is sign, reject, fill, rename", act.verb.value),
                    );
                }
                let values = [&act.flow, &act.approver, &act.message, &act.fields, &act.link];
                values.into_iter().flatten().chain(act.with.values()).for_each(|value| self.names(value, at));
            }
            Step::Open(open) => {
                self.names(&open.url, at);
                open.shows.iter().for_each(|text| self.names(text, at));
            }
            Step::Callbacks(callbacks) => {
                callbacks.about.iter().for_each(|about| self.names(about, at));
                let lists = [&callbacks.in_order, &callbacks.any_order, &callbacks.only, &callbacks.none];
                lists.into_iter().flatten().flatten().for_each(|message| self.expectations(message, at));
                self.keeps(&callbacks.keep, at);
            }
            Step::Download(download) => {
                let values = download.text.iter().chain(&download.lacks).chain(&download.pages);
                std::iter::once(&download.url).chain(values).for_each(|value| self.names(value, at));
                self.keeps(&download.keep, at);
            }
            Step::Check(check) => {
                self.names(&check.value, at);
                self.names(&check.is, at);
                self.matcher(&check.is, at);
            }
            Step::Arrange(arrange) => {
                let values = [&arrange.quota, &arrange.settings, &arrange.disorder, &arrange.fault];
                values.into_iter().flatten().for_each(|value| self.names(value, at));
            }
            Step::Wait(_) | Step::Clock(_) | Step::Receiver(_) => {}
        }
    }

    fn call(&mut self, call: &Call, at: Location) {
        let (service, action) = service_and_action(&call.action.value);
        let contract = ess_schemas::action(service, action);
        if contract.is_none() && call.spoil.is_none() {
            let near = nearest(action, ess_schemas::actions(service).iter().map(|one| one.name));
            self.at(call.action.referenced, format!("{} has no action `{action}`; {near}", service.name()));
        }
        self.names(&call.with, at);
        if let Some(by) = &call.by {
            self.names(&Value::from(by.as_str()), at);
        }
        [&call.set, &call.spoil].into_iter().flatten().for_each(|value| self.names(value, at));
        if let Some(refused) = &call.refused {
            self.names(&refused.value, refused.referenced);
            let (service, action) = service_and_action(&call.action.value);
            self.refused((service, Some(action)), &refused.value, refused.referenced);
        }
        [&call.answers, &call.until].into_iter().flatten().for_each(|answers| self.expectations(answers, at));
        self.keeps(&call.keep, at);
    }

    /// `{ code, message, because }`, of a call or, without its action, of a row.
    fn refused(&mut self, (service, action): (Service, Option<&str>), refused: &Value, at: Location) {
        let Value::Object(words) = refused else {
            if !refused.as_str().is_some_and(|text| text.starts_with("${")) && !refused.is_null() {
                self.at(at, "`refused` is a map of code, message and because".to_owned());
            }
            return;
        };
        for word in words.keys().filter(|word| !["code", "message", "because"].contains(&word.as_str())) {
            self.at(at, format!("`refused` has no word `{word}`; there is code, message, because"));
        }
        let code = words.get("code");
        if code.is_none() {
            self.at(at, "`refused` needs a `code`".to_owned());
        }
        words.get("message").into_iter().for_each(|message| self.matcher(message, at));
        let Some(because) = words.get("because").and_then(Value::as_str) else { return };
        if because.contains("${") {
            return;
        }
        match ess_schemas::refusal(service, because) {
            None => self.at(at, format!("`because: {because}`: refusals.yaml has no such row")),
            Some(row) => {
                let contract = action.and_then(|action| ess_schemas::action(service, action));
                let winner = contract.map(|contract| row.code_for(contract));
                if let (Some(winner), Some(code)) = (winner, code.and_then(Value::as_str))
                    && winner != code
                {
                    self.at(at, format!("`because: {because}` leads to {winner} for this action, not to {code}"));
                }
            }
        }
    }

    /// A map of JSON paths and matchers, or a text that stands for one.
    fn expectations(&mut self, expected: &Value, at: Location) {
        self.names(expected, at);
        let Value::Object(expected) = expected else { return };
        for (path, matcher) in expected {
            if let Err(why) = matcher::parse_path(path) {
                self.at(at, why);
            }
            self.matcher(matcher, at);
        }
    }

    fn matcher(&mut self, matcher: &Value, at: Location) {
        if let Some(why) = matcher::mistake_in(matcher) {
            self.at(at, why);
        }
    }

    fn keeps(&mut self, keep: &std::collections::BTreeMap<String, String>, at: Location) {
        for (name, path) in keep {
            if let Err(why) = matcher::parse_path(path) {
                self.at(at, why);
            }
            self.known.extend(name.split('.').next().map(str::to_owned));
        }
    }

    fn names(&mut self, value: &Value, at: Location) {
        let mut found = Vec::new();
        names_in(value, &mut found);
        for name in found {
            match Expression::read(name) {
                Err(why) => self.at(at, format!("${{{name}}}: {why}")),
                Ok(Expression::Path(path)) if !self.known.contains(path[0]) => {
                    let near = nearest(path[0], self.known.iter().map(String::as_str));
                    self.at(at, format!("${{{name}}}: nothing has this name here; {near}"));
                }
                Ok(Expression::Path(path))
                    if path[0] == "row" && path.get(1).is_some_and(|name| !self.columns.contains(name)) =>
                {
                    let near = nearest(path[1], self.columns.iter().copied());
                    self.at(at, format!("${{{name}}}: no row of this table says `{}`; {near}", path[1]));
                }
                Ok(Expression::File(file)) => {
                    if let Err(mistake) = self.suite.folder.bytes("files", file) {
                        self.at(at, format!("${{{name}}}: {mistake}"));
                    }
                }
                Ok(_) => {}
            }
        }
    }

    fn limit(&mut self, path: &str, mark: &Spanned<LimitMark>) {
        if let Err(why) = limit_exists(service_of(path), &mark.value) {
            self.at(mark.referenced, why);
        }
    }

    fn at(&mut self, at: Location, what: String) {
        self.mistakes.push(Mistake::at(self.file, at, what));
    }
}

/// Whether the contract has this limit.
fn limit_exists(service: Service, mark: &LimitMark) -> Result<(), String> {
    let structure = structure(service, &mark.structure)
        .ok_or_else(|| format!("no request of {} has a struct `{}`", service.name(), mark.structure))?;
    let field = structure.field(&mark.field).ok_or_else(|| {
        format!(
            "`{}` has no field `{}`; {}",
            mark.structure,
            mark.field,
            nearest(&mark.field, structure.fields.iter().map(|field| field.name))
        )
    })?;
    let limits = field.limits.ok_or_else(|| format!("`{}.{}` has no limits", mark.structure, mark.field))?;
    let there = match mark.bound {
        Bound::MaxLength => limits.max_length.is_some(),
        Bound::MinLength => limits.min_length.is_some(),
        Bound::ItemMaxLength => limits.item_max_length.is_some(),
        Bound::MaxItems => limits.max_items.is_some(),
        Bound::MinItems => limits.min_items.is_some(),
        Bound::Minimum => limits.minimum.is_some(),
        Bound::Maximum => limits.maximum.is_some(),
        Bound::Allowed => !limits.allowed.is_empty(),
        Bound::Pattern => limits.pattern.is_some(),
        Bound::Format => limits.format.is_some(),
    };
    if there { Ok(()) } else { Err(format!("`{}.{}` has other limits, but not this one", mark.structure, mark.field)) }
}

/// A struct of a service, wherever requests reach it.
fn structure(service: Service, name: &str) -> Option<&'static StructContract> {
    ess_schemas::actions(service).iter().find_map(|action| within(action.request, name, &mut BTreeSet::new()))
}

fn within(
    at: &'static StructContract,
    name: &str,
    seen: &mut BTreeSet<&'static str>,
) -> Option<&'static StructContract> {
    if at.name == name {
        return Some(at);
    }
    if !seen.insert(at.name) {
        return None;
    }
    at.fields.iter().filter_map(|field| field.kind.structure()).find_map(|inner| within(inner, name, seen))
}
