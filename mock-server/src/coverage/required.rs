//! The reasons for which an action can be refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ess_schemas::contract::StructContract;
use ess_schemas::refusals::{RefusalRow, refusal};
use ess_schemas::{ActionContract, Service};
use serde::Deserialize;

use super::{of_identity, of_membership};

static ESS: LazyLock<Reasons> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is compiled in, and a test reads it")]
    serde_saphyr::from_str(include_str!("../../../schemas/ess/2020-11-11/coverage.yaml"))
        .expect("coverage.yaml is read")
});

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
    limits(contract.request, &mut Vec::new(), &mut names);
    for entry in listed {
        match ESS.families.get(entry) {
            Some(family) => names.extend(family.iter().map(String::as_str)),
            None => _ = names.insert(entry),
        }
    }
    names.into_iter().filter_map(|name| refusal(contract.service, name)).collect()
}

fn listed(contract: &ActionContract) -> Option<&'static Vec<String>> {
    match contract.service {
        Service::Ess => ESS.actions.get(contract.name),
        Service::Essbasic => None,
    }
}

/// The refusals that limits of fields name, however deep the fields lie. Structs contain themselves.
fn limits(owner: &'static StructContract, seen: &mut Vec<&'static str>, names: &mut BTreeSet<&'static str>) {
    if seen.contains(&owner.name) {
        return;
    }
    seen.push(owner.name);
    for field in owner.fields {
        names.extend(field.limits.map(|limits| limits.refusal));
        if let Some(inner) = field.kind.structure() {
            limits(inner, seen, names);
        }
    }
}

/// Code -> why no call produces it.
pub(super) fn exceptions(contract: &ActionContract) -> BTreeMap<String, String> {
    let here =
        |one: &&Exception| contract.service == Service::Ess && one.actions.iter().any(|name| name == contract.name);
    ESS.not_produced.iter().filter(here).map(|one| (one.code.clone(), one.because.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_yaml_names_actions_and_reasons_that_exist() {
        for (action, reasons) in &ESS.actions {
            assert!(ess_schemas::action(Service::Ess, action).is_some(), "{action} is no action");
            for reason in reasons.iter().filter(|reason| !ESS.families.contains_key(*reason)) {
                assert!(refusal(Service::Ess, reason).is_some(), "{action}: {reason} is neither a reason nor a family");
            }
        }
        for reason in ESS.families.values().flatten() {
            assert!(refusal(Service::Ess, reason).is_some(), "{reason} has no row in refusals.yaml");
        }
        for exception in &ESS.not_produced {
            assert!(!exception.because.is_empty());
            for action in &exception.actions {
                assert!(ESS.actions.contains_key(action), "{action} is excepted and not listed");
            }
        }
    }
}
