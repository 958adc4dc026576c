//! The members of a holding group a role is for: their ids, or `1` for all of them (`api CreateIntegrationRole.SubOrganizationIds`).

use crate::domain::refusal::Refusal;
use crate::domain::role::Members;
use crate::engine::call::Call;

const FIELD: &str = "SubOrganizationIds";
/// Every member, also those that join later (ASSUMED).
const ALL: &str = "1";

/// Members somebody named; nothing where nobody did.
///
/// # Errors
/// The role is none for a group (ASSUMED: strict), or one has not joined the caller's group.
pub(super) fn members(call: &Call<'_>, for_group: bool, ids: Option<Vec<String>>) -> Result<Option<Members>, Refusal> {
    let Some(ids) = ids.filter(|ids| !ids.is_empty()) else { return Ok(None) };
    if !for_group {
        let detail = "only a role for a group (IsGroupRole 1) has members of the group".to_owned();
        return Err(Refusal::ParameterInvalid { field: FIELD, detail });
    }
    if ids == [ALL] {
        return Ok(Some(Members::All));
    }
    let joined = |id: &String| {
        let member = call.world.directory.organizations.get(id.as_str());
        member.is_some_and(|member| member.has_joined(call.caller.organization()))
    };
    match ids.iter().find(|id| !joined(id)) {
        Some(stranger) => Err(Refusal::SubOrganizationUnknown { organization: stranger.clone() }),
        None => Ok(Some(Members::These(ids.into_iter().map(Into::into).collect()))),
    }
}
