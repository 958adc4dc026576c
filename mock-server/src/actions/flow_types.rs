//! Kinds of contracts a company sorts its templates into: what both services tell alike.
//!
//! Kinds are made in the console, which is not part of this stand-in: those that templates of the company are sorted into are there.
//! How many templates a kind has is told when asked for, else 0 (`ex DescribeUserFlowType`).

use std::collections::BTreeMap;

use crate::domain::template::Template;
use crate::engine::call::Call;

/// A kind of contracts.
pub(super) struct FlowType {
    /// Its id.
    pub(super) id: String,
    /// What it is called.
    pub(super) name: String,
    /// How many of the company's templates are sorted into it, where that is asked for.
    pub(super) templates: i64,
}

/// The kinds of the templates of the caller's company that are chosen, by their ids.
pub(super) fn flow_types(call: &Call<'_>, counted: bool, chosen: impl Fn(&Template) -> bool) -> Vec<FlowType> {
    let templates = call.world.directory.templates.iter().map(AsRef::as_ref);
    let own = templates.filter(|one| &one.organization == call.caller.organization() && chosen(one));
    let mut kinds: BTreeMap<String, (String, i64)> = BTreeMap::new();
    for template in own {
        if let Some(id) = template.flow_type_id() {
            kinds.entry(id).or_insert_with(|| (template.kind.clone(), 0)).1 += 1;
        }
    }
    let count = |count| if counted { count } else { 0 };
    kinds.into_iter().map(|(id, (name, number))| FlowType { id, name, templates: count(number) }).collect()
}
