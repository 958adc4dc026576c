//! Whom, and by what: employees a request names by either of their ids, and filters of a list.

use std::collections::BTreeMap;
use std::sync::Arc;

use ess_schemas::essbasic::Filter;

use crate::actions::essbasic::dialect::OpenIds;
use crate::domain::employee::Employee;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The employees somebody named, each with the id they were named by; nobody where it is not one of the caller's company who is
/// there and has proved who they are.
pub(super) type Named = Vec<(String, Option<Arc<Employee>>)>;

/// Employees by the vendor's ids, or else by the platform's (`api ChannelCreateUserRoles`: the vendor's win).
///
/// # Errors
/// Neither are there.
pub(super) fn employees(
    call: &Call<'_>,
    user_ids: Option<Vec<String>>,
    open_ids: Option<Vec<String>>,
) -> Result<Named, Refusal> {
    let some = |ids: Option<Vec<String>>| ids.filter(|ids| !ids.is_empty());
    let fit = |one: &Employee| &one.organization == call.caller.organization() && one.is_present() && one.verified;
    let all = &call.world.directory.employees;
    if let Some(ids) = some(user_ids) {
        let found = |id: String| (all.get(id.as_str()).filter(|one| fit(one)).cloned(), id);
        return Ok(ids.into_iter().map(found).map(|(found, id)| (id, found)).collect());
    }
    let ids = some(open_ids).ok_or(Refusal::ParameterMissing { field: "UserIds" })?;
    let known = OpenIds::of(call)?;
    let found = |id: &String| known.employee(id).filter(|one| fit(one)).and_then(|one| all.get(one.id.as_str()));
    Ok(ids.into_iter().map(|id| (id.clone(), found(&id).cloned())).collect())
}

/// What each filter asks for; every key may stand once.
///
/// # Errors
/// A key stands twice, or is none of `known`.
pub(super) fn filters(
    filters: Option<Vec<Filter>>,
    known: &[&'static str],
) -> Result<BTreeMap<&'static str, Vec<String>>, Refusal> {
    let mut found = BTreeMap::new();
    for Filter { key, values } in filters.into_iter().flatten() {
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
    filters: &'a BTreeMap<&'static str, Vec<String>>,
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
