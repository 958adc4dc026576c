//! Which refusals cases expect: the reason a case names, and the code an action answers.

use std::collections::{BTreeMap, BTreeSet};

use ess_schemas::Service;
use serde_json::{Map, Value};

use super::{Item, named, stateful};
use crate::stage::service_and_action;
use crate::suite::case::Case;
use crate::suite::folder::Folder;
use crate::suite::names::Names;
use crate::suite::step::{Call, Step};

/// A refusal that a case expects.
struct Expected {
    case: String,
    service: Service,
    action: String,
    code: String,
    because: Option<String>,
}

/// Every reason with a winner that can be reached: a row of `refusals.yaml` by which the fake refuses an action.
pub(super) fn reasons(service: Service, cases: &[Case]) -> Vec<Item> {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for coverage in stateful(service) {
        for (code, reasons) in &coverage.possible {
            let produced = !coverage.excepted.contains_key(*code);
            reasons.iter().filter(|_| produced).for_each(|reason| {
                reached.entry(reason).or_default().insert(coverage.contract.name);
            });
        }
    }
    let expected: Vec<Expected> = cases.iter().flat_map(expected).collect();
    let item = |(reason, actions): (&str, BTreeSet<&str>)| Item {
        name: named(service, reason),
        what: format!("{} actions", actions.len()),
        cases: ids(&expected, |one| one.service == service && one.because.as_deref() == Some(reason)),
        because: None,
    };
    reached.into_iter().map(item).collect()
}

/// Every pair of an action and a code the fake can answer it with.
pub(super) fn codes(service: Service, cases: &[Case]) -> Vec<Item> {
    let expected: Vec<Expected> = cases.iter().flat_map(expected).collect();
    let mut items = Vec::new();
    for coverage in stateful(service) {
        let action = coverage.contract.name;
        for code in coverage.possible.keys().filter(|code| !coverage.excepted.contains_key(**code)) {
            items.push(Item {
                name: named(service, format_args!("{action} {code}")),
                what: String::new(),
                cases: ids(&expected, |one| one.service == service && one.action == action && one.code == *code),
                because: None,
            });
        }
    }
    items
}

fn ids(expected: &[Expected], fits: impl Fn(&Expected) -> bool) -> Vec<String> {
    let mut ids: Vec<String> = expected.iter().filter(|one| fits(one)).map(|one| one.case.clone()).collect();
    ids.dedup();
    ids
}

/// What the steps of a case refuse, its row's values in place.
fn expected(case: &Case) -> Vec<Expected> {
    let row: Map<String, Value> = case.row().map(|row| row.values.clone().into_iter().collect()).unwrap_or_default();
    let values = Map::from_iter([("row".to_owned(), Value::Object(row))]);
    let names = Names { values, now: 0, unique: String::new(), folder: Some(Folder::BuiltIn) };
    let steps = case.file.before.iter().chain(&case.file.steps);
    let calls = steps.filter_map(|step| if let Step::Call(call) = &step.value { Some(call) } else { None });
    calls.filter_map(|call| refusal(case, call, &names)).collect()
}

fn refusal(case: &Case, call: &Call, names: &Names) -> Option<Expected> {
    let mut refused = call.refused.as_ref()?.value.clone();
    if let Value::String(_) = refused {
        refused = names.resolve(&refused).ok()?;
    }
    let word = |word: &str| {
        let value = refused.get(word)?;
        names.resolve(value).ok()?.as_str().map(str::to_owned)
    };
    let (service, action) = service_and_action(&call.action.value);
    Some(Expected {
        case: case.id.clone(),
        service,
        action: action.to_owned(),
        code: word("code")?,
        because: word("because"),
    })
}
