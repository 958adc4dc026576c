//! A case read to its end without a target: what it needs there, and which calls it makes.
//!
//! What an answer holds is not known beforehand, so it stands as [`UNKNOWN`]; everything else has the value it will have. A run skips
//! by this what a target cannot do, preparations included, before anything is sent, and counts by this what it is about to cause.

use std::collections::{BTreeMap, BTreeSet};

use ess_schemas::Service;
use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use super::Suite;
use super::case::Case;
use super::marks::Capability;
use super::names::{Names, UNKNOWN};
use super::request::request;
use super::step::{Act, Call, Step, Use};
use crate::stage::service_and_action;
use crate::target::profile::Profile;

/// The key a call is signed with when it names none.
pub(crate) const OWN_KEY: &str = "own";
/// The same for a call of a platform's.
const PLATFORM_KEY: &str = "platform";
/// Preparations use others; deeper than this they use themselves.
const DEEPEST: usize = 8;

/// By which key an action is called when the step names none.
pub(crate) fn usual_key(action: &str) -> &'static str {
    match service_and_action(action).0 {
        Service::Ess => OWN_KEY,
        Service::Essbasic => PLATFORM_KEY,
    }
}

/// A case without its target.
#[derive(Debug, Default)]
pub struct Rehearsal {
    /// What comes once, before every row.
    pub before: Part,
    /// The case's own steps.
    pub own: Part,
}

/// Steps without their target, those of preparations among them.
#[derive(Debug, Default)]
pub struct Part {
    /// Every call, in order.
    pub calls: Vec<RehearsedCall>,
    /// Contracts that people launch by scanning a code.
    pub scans: u64,
    needs: BTreeSet<Capability>,
    keys: BTreeSet<String>,
    /// Values that stand for nothing, and why.
    missing: Vec<String>,
}

/// A call as it will be made.
#[derive(Debug)]
pub struct RehearsedCall {
    /// The action, with `essbasic.` before it where it is the platform's.
    pub action: String,
    /// The request; what earlier answers say in it stands as [`UNKNOWN`].
    pub request: Value,
    /// It must fail.
    pub refused: bool,
    /// It is repeated until something holds.
    pub repeated: bool,
    /// The case asks for a deadline, or expects one.
    pub speaks_of_deadlines: bool,
}

impl Rehearsal {
    /// Reads a case to its end.
    pub fn of(suite: &Suite, profile: &Profile, case: &Case) -> Self {
        let names = Names { values: profile.values.clone(), now: 0, unique: String::new(), folder: None };
        let mut reading = Reading { suite, profile, names, part: Part::default() };
        reading.part.needs.extend(case.needs());
        reading.steps(&case.file.before, 0);
        let before = std::mem::take(&mut reading.part);
        if case.row().is_some() {
            let row = reading.value(&Value::Object(case.row_values()));
            reading.names.values.insert("row".to_owned(), row);
        }
        reading.steps(&case.file.steps, 0);
        Self { before, own: reading.part }
    }

    /// Why a target of this profile cannot play it.
    pub fn lacking(&self, profile: &Profile) -> Option<String> {
        let parts = [&self.before, &self.own];
        let need = parts.iter().flat_map(|part| &part.needs).find(|need| !profile.capabilities.contains(need));
        let key = || parts.iter().flat_map(|part| &part.keys).find(|key| !profile.keys.contains_key(*key));
        let missing = || parts.iter().flat_map(|part| &part.missing).next();
        need.map(|need| format!("the target has no {need}"))
            .or_else(|| key().map(|key| format!("the target's profile has no key `{key}`")))
            .or_else(|| missing().map(|name| format!("the target's profile has no `{name}`")))
    }

    /// Whether a target must be capable of this.
    pub fn needs(&self, capability: Capability) -> bool {
        self.before.needs.contains(&capability) || self.own.needs.contains(&capability)
    }

    /// Every call, in order.
    pub fn calls(&self) -> impl Iterator<Item = &RehearsedCall> {
        self.before.calls.iter().chain(&self.own.calls)
    }

    /// Whether a deadline that nobody asked for could be noticed.
    pub fn speaks_of_deadlines(&self) -> bool {
        self.calls().any(|call| call.speaks_of_deadlines)
    }
}

struct Reading<'a> {
    suite: &'a Suite,
    profile: &'a Profile,
    names: Names,
    part: Part,
}

impl Reading<'_> {
    fn steps(&mut self, steps: &[Spanned<Step>], depth: usize) {
        for step in steps {
            self.part.needs.extend(step.value.needs());
            self.step(&step.value, depth);
        }
    }

    fn step(&mut self, step: &Step, depth: usize) {
        match step {
            Step::Use(wanted) => self.prepare(wanted, depth),
            Step::Call(call) => self.call(call),
            Step::Act(act) => self.act(act),
            Step::Open(open) => self.values(std::iter::once(&open.url).chain(&open.shows)),
            Step::Callbacks(callbacks) => {
                let lists = [&callbacks.in_order, &callbacks.any_order, &callbacks.only, &callbacks.none];
                self.values(callbacks.about.iter().chain(lists.into_iter().flatten().flatten()));
                self.keep(&callbacks.keep);
            }
            Step::Download(download) => {
                let texts = download.text.iter().chain(&download.lacks).chain(&download.pages);
                self.values(std::iter::once(&download.url).chain(texts));
                self.keep(&download.keep);
            }
            Step::Check(check) => self.values([&check.value, &check.is]),
            Step::Arrange(arrange) => {
                let values = [&arrange.quota, &arrange.settings, &arrange.disorder, &arrange.fault];
                self.values(values.into_iter().flatten());
            }
            Step::Wait(_) | Step::Clock(_) | Step::Receiver(_) => {}
        }
    }

    fn prepare(&mut self, wanted: &Use, depth: usize) {
        if depth >= DEEPEST {
            return;
        }
        for name in &wanted.names {
            let with =
                wanted.with.iter().map(|(given, value)| (given.clone(), self.value(value))).collect::<Map<_, _>>();
            let Some(preparation) = self.suite.preparations.get(self.profile.stand_in(&name.value)).cloned() else {
                self.part.missing.push(format!("preparation {}", name.value));
                continue;
            };
            let outside = std::mem::replace(&mut self.names.values, self.profile.values.clone());
            for (given, value) in &preparation.given {
                let value = with.get(given).cloned().unwrap_or_else(|| self.value(value));
                self.names.values.insert(given.clone(), value);
            }
            self.steps(&preparation.steps, depth + 1);
            let gives = preparation.gives.iter().map(|(given, value)| (given.clone(), self.value(value))).collect();
            self.names.values = outside;
            let bound = wanted.name.as_ref().unwrap_or(&name.value);
            self.names.values.insert(bound.clone(), Value::Object(gives));
        }
    }

    fn call(&mut self, call: &Call) {
        let set = call.set.as_ref().map(|set| self.value(set));
        let with = self.value(&call.with);
        // What cannot be put into place is the case's to say when it runs.
        let request = request(with.clone(), set.as_ref()).unwrap_or(with);
        let key = call.by.as_ref().map(|by| self.value(&Value::from(by.as_str())));
        let key = key.as_ref().and_then(Value::as_str);
        self.part.keys.insert(key.unwrap_or_else(|| usual_key(&call.action.value)).to_owned());
        let refused = call.refused.as_ref().map(|refused| self.value(&refused.value));
        let expected = [&call.spoil, &call.answers, &call.until].map(|value| value.as_ref().map(|one| self.value(one)));
        let speaks = |value: &Value| value.to_string().to_ascii_lowercase().contains("deadline");
        self.part.calls.push(RehearsedCall {
            action: call.action.value.clone(),
            speaks_of_deadlines: speaks(&request) || expected.iter().flatten().any(speaks),
            request,
            refused: refused.is_some_and(|refused| !refused.is_null()),
            repeated: call.until.is_some(),
        });
        self.keep(&call.keep);
    }

    fn act(&mut self, act: &Act) {
        let values = [&act.flow, &act.approver, &act.message, &act.fields, &act.link];
        self.values(values.into_iter().flatten().chain(act.with.values()));
        if act.verb.value == "scan" && !act.fails {
            self.part.scans += 1;
        }
    }

    fn values<'v>(&mut self, values: impl IntoIterator<Item = &'v Value>) {
        for value in values {
            drop(self.value(value));
        }
    }

    /// The value it will have; what stands for nothing is noted, and not known from then on.
    fn value(&mut self, value: &Value) -> Value {
        match self.names.resolve(value) {
            Ok(value) => value,
            Err(unresolved) => {
                self.part.missing.push(unresolved.name);
                Value::from(UNKNOWN)
            }
        }
    }

    fn keep(&mut self, keep: &BTreeMap<String, String>) {
        for name in keep.keys() {
            self.names.bind(name, Value::from(UNKNOWN));
        }
    }
}
