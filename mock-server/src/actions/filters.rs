//! Filters of a list: which keys there are, and what they ask for. Both services write them alike.

use std::collections::BTreeMap;

use ess_schemas::{ess, essbasic};

use crate::domain::refusal::Refusal;

/// What each filter asks for.
pub(super) type Filters = BTreeMap<&'static str, Vec<String>>;

/// A filter as a request has it: a key, and values.
pub(super) trait Filter {
    /// Its two parts.
    fn parts(self) -> (String, Vec<String>);
}

impl Filter for ess::Filter {
    fn parts(self) -> (String, Vec<String>) {
        (self.key, self.values)
    }
}

impl Filter for essbasic::Filter {
    fn parts(self) -> (String, Vec<String>) {
        (self.key, self.values)
    }
}

/// What each filter asks for; every key may stand once.
///
/// # Errors
/// A key stands twice, or is none of `known`.
pub(super) fn read<F: Filter>(filters: Option<Vec<F>>, known: &[&'static str]) -> Result<Filters, Refusal> {
    let mut found = BTreeMap::new();
    for filter in filters.into_iter().flatten() {
        let (key, values) = filter.parts();
        let wrong = |detail: &str| Refusal::ParameterInvalid { field: "Filters", detail: format!("`{key}` {detail}") };
        let name = known.iter().find(|name| **name == key).ok_or_else(|| wrong("is no filter"))?;
        if found.insert(*name, values).is_some() {
            return Err(wrong("stands twice"));
        }
    }
    Ok(found)
}

/// A filter's values, each of which must be one of these words.
///
/// # Errors
/// One is not.
pub(super) fn words<'a>(
    filters: &'a Filters,
    key: &'static str,
    known: &[&str],
) -> Result<Option<&'a [String]>, Refusal> {
    let Some(values) = filters.get(key) else { return Ok(None) };
    match values.iter().find(|value| !known.contains(&value.as_str())) {
        Some(value) => {
            let detail = format!("`{key}` is one of {}, and not `{value}`", known.join(", "));
            Err(Refusal::ParameterInvalid { field: "Filters", detail })
        }
        None => Ok(Some(values).filter(|values| !values.is_empty()).map(Vec::as_slice)),
    }
}
