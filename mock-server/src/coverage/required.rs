//! The reasons for which an action can be refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ess_schemas::contract::{FieldContract, StructContract};
use ess_schemas::refusals::{RefusalRow, refusal};
use ess_schemas::{ActionContract, Service};
use serde::Deserialize;

use super::{of_identity, of_membership};
use crate::identity::needs_a_right;

static ESS: LazyLock<Reasons> = LazyLock::new(|| read(include_str!("../../../schemas/ess/2020-11-11/coverage.yaml")));
static ESSBASIC: LazyLock<Reasons> =
    LazyLock::new(|| read(include_str!("../../../schemas/essbasic/2021-05-26/coverage.yaml")));

#[expect(clippy::expect_used, reason = "the files are compiled in, and a test reads them")]
fn read(text: &str) -> Reasons {
    serde_saphyr::from_str(text).expect("coverage.yaml is read")
}

fn of(service: Service) -> &'static Reasons {
    match service {
        Service::Ess => &ESS,
        Service::Essbasic => &ESSBASIC,
    }
}

/// `coverage.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    /// Reasons that go together, by a name in small letters.
    families: BTreeMap<String, Vec<String>>,
    /// Action -> reasons and families of reasons.
    pub(super) actions: BTreeMap<String, Vec<String>>,
    /// What is possible on paper and produced by nobody.
    not_produced: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// The code.
    code: String,
    /// The actions.
    actions: Vec<String>,
    /// A reason a reader accepts.
    because: String,
}

/// Every row that can refuse the action: who acts, what a field may hold, and what `coverage.yaml` lists.
pub(super) fn reasons(contract: &'static ActionContract) -> Vec<&'static RefusalRow> {
    let Some(listed) = listed(contract) else { return Vec::new() };
    let mut names: BTreeSet<&str> = of_identity(contract.identity).iter().copied().collect();
    names.extend(of_membership(contract.identity));
    names.extend(needs_a_right(contract).then_some("OperatorLacksPermission"));
    limits(contract.request, &mut Vec::new(), &mut names);
    for entry in listed {
        match of(contract.service).families.get(entry) {
            Some(family) => names.extend(family.iter().map(String::as_str)),
            None => _ = names.insert(entry),
        }
    }
    names.into_iter().filter_map(|name| refusal(contract.service, name)).collect()
}

fn listed(contract: &ActionContract) -> Option<&'static Vec<String>> {
    of(contract.service).actions.get(contract.name)
}

/// The refusals that limits of fields name, however deep the fields lie. Structs contain themselves.
fn limits(owner: &'static StructContract, seen: &mut Vec<&'static str>, names: &mut BTreeSet<&'static str>) {
    if seen.contains(&owner.name) {
        return;
    }
    seen.push(owner.name);
    // Who is named too long in `Agent` is nobody known, which comes first; and nobody sends what is inside of a disabled field.
    let looked_at =
        |field: &&FieldContract| field.name != "Agent" && !(field.disabled && field.kind.structure().is_some());
    for field in owner.fields.iter().filter(looked_at) {
        names.extend(field.limits.map(|limits| limits.refusal));
        if let Some(inner) = field.kind.structure() {
            limits(inner, seen, names);
        }
    }
}

/// Code -> why no call produces it.
pub(super) fn exceptions(contract: &ActionContract) -> BTreeMap<String, String> {
    let here = |one: &&Exception| one.actions.iter().any(|name| name == contract.name);
    let exceptions = of(contract.service).not_produced.iter();
    exceptions.filter(here).map(|one| (one.code.clone(), one.because.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_yaml_names_actions_and_reasons_that_exist() {
        for service in Service::ALL {
            let Reasons { families, actions, not_produced } = of(service);
            for (action, reasons) in actions {
                assert!(ess_schemas::action(service, action).is_some(), "{action} is no action");
                for reason in reasons.iter().filter(|reason| !families.contains_key(*reason)) {
                    assert!(refusal(service, reason).is_some(), "{action}: {reason} is neither a reason nor a family");
                }
            }
            for reason in families.values().flatten() {
                assert!(refusal(service, reason).is_some(), "{reason} has no row in refusals.yaml");
            }
            for exception in not_produced {
                assert!(!exception.because.is_empty());
                for action in &exception.actions {
                    assert!(actions.contains_key(action), "{action} is excepted and not listed");
                }
            }
        }
    }
}
