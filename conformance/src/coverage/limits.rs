//! Every numeric limit of the requests that the fake takes, from both sides.

use std::collections::{BTreeMap, BTreeSet};

use ess_schemas::{Limits, Service, StructContract};

use super::{Item, named, stateful};
use crate::suite::case::Case;
use crate::suite::marks::{Bound, Side};

/// A limit and its side, as cases mark it.
type Mark = (String, &'static str, &'static str);

/// Each side of each limit.
pub(super) fn sides(service: Service, cases: &[Case]) -> Vec<Item> {
    let mut tested: BTreeMap<Mark, Vec<String>> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.service() == service) {
        if let Some(mark) = case.limit() {
            let side = match mark.side {
                Side::Within => "within",
                Side::Beyond => "beyond",
            };
            let of = format!("{}.{}", mark.structure, mark.field);
            tested.entry((of, word(mark.bound), side)).or_default().push(case.id.clone());
        }
    }
    let mut items = Vec::new();
    for (of, limits) in limited(service) {
        for (bound, value) in numeric(limits) {
            for side in ["within", "beyond"] {
                items.push(Item {
                    name: named(service, format_args!("{of} {bound} {side}")),
                    what: value.clone(),
                    cases: tested.get(&(of.clone(), bound, side)).cloned().unwrap_or_default(),
                    because: None,
                });
            }
        }
    }
    items
}

/// Every limited field that a request of a stateful action can reach.
fn limited(service: Service) -> BTreeMap<String, &'static Limits> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    stateful(service).for_each(|one| collect(one.contract.request, &mut seen, &mut found));
    found
}

fn collect(
    at: &'static StructContract,
    seen: &mut BTreeSet<&'static str>,
    found: &mut BTreeMap<String, &'static Limits>,
) {
    if !seen.insert(at.name) {
        return;
    }
    for field in at.fields {
        if let Some(limits) = field.limits {
            found.insert(format!("{}.{}", at.name, field.name), limits);
        }
        if let Some(inner) = field.kind.structure() {
            collect(inner, seen, found);
        }
    }
}

fn numeric(limits: &'static Limits) -> Vec<(&'static str, String)> {
    let count = |bound: Bound, value: Option<usize>| value.map(|value| (word(bound), value.to_string()));
    let number = |bound: Bound, value: Option<f64>| value.map(|value| (word(bound), value.to_string()));
    [
        count(Bound::MaxLength, limits.max_length),
        count(Bound::MinLength, limits.min_length),
        count(Bound::ItemMaxLength, limits.item_max_length),
        count(Bound::MaxItems, limits.max_items),
        count(Bound::MinItems, limits.min_items),
        number(Bound::Minimum, limits.minimum),
        number(Bound::Maximum, limits.maximum),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn word(bound: Bound) -> &'static str {
    match bound {
        Bound::MaxLength => "max_length",
        Bound::MinLength => "min_length",
        Bound::ItemMaxLength => "item_max_length",
        Bound::MaxItems => "max_items",
        Bound::MinItems => "min_items",
        Bound::Minimum => "minimum",
        Bound::Maximum => "maximum",
        Bound::Allowed => "allowed",
        Bound::Pattern => "pattern",
        Bound::Format => "format",
    }
}
