//! `DescribeOrganizationSeals` lists the seals of a company, or of a member of its holding group.
//!
//! Enabled ones, unless other states are named (`api DescribeOrganizationSeals`); `Offset` counts pages. `TotalCount` is
//! that of all seals of the company, whatever is chosen, but 0 or 1 when one is named. Who may use a seal is told for
//! `InfoType` 1 only (`ex DescribeOrganizationSeals`). Whoever has a role may look (ASSUMED).

use ess_schemas::ess::{
    AuthorizedUser, DescribeOrganizationSealsRequest, DescribeOrganizationSealsResponse, OccupiedSeal,
};

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Seal, SealStatus};
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// Seals of a page when nobody says (`api DescribeOrganizationSeals`).
const PAGE: usize = 20;

/// See the module's comment.
///
/// # Errors
/// The operator has no role.
pub fn describe_organization_seals(
    call: &mut Call<'_>,
    request: DescribeOrganizationSealsRequest,
) -> Result<DescribeOrganizationSealsResponse, Refusal> {
    call.caller.entitled()?.ensure_may_look()?;
    let own: Vec<_> =
        call.world.directory.seals.iter().filter(|one| &one.organization == call.caller.organization()).collect();
    let named = given(&request.seal_id);
    let statuses = request.seal_statuses.as_deref().unwrap_or_default();
    let kinds = request.seal_types.as_deref().unwrap_or_default();
    let chosen = own.iter().filter(|seal| {
        named.is_none_or(|id| id == seal.id.as_str())
            && has_status(seal, statuses)
            && (kinds.is_empty() || kinds.iter().any(|kind| kind == seal.kind.wire()))
    });
    let total = if named.is_some() { chosen.clone().count() } else { own.len() };
    let number = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    let limit = number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE);
    let skipped = number(request.offset).unwrap_or(0).saturating_mul(limit);
    let with_users = request.info_type == Some(1);
    Ok(DescribeOrganizationSealsResponse {
        total_count: i64::try_from(total).unwrap_or(i64::MAX),
        seals: chosen.skip(skipped).take(limit).map(|seal| occupied(call, seal, with_users)).collect(),
    })
}

fn has_status(seal: &Seal, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return seal.status == SealStatus::Enabled;
    }
    wanted.iter().any(|word| word == "ALL" || word == seal.status.wire())
}

/// Its picture may be fetched for five minutes (`api OccupiedSeal`); it may be used for ever, as no request to use it is
/// modelled.
fn occupied(call: &Call<'_>, seal: &Seal, with_users: bool) -> OccupiedSeal {
    let kind = ResourceKind::Seal.wire();
    let key = download::key(&call.world.ids, kind, seal.id.as_str(), call.now.plus(5 * MINUTE));
    let users = seal.authorized.iter().filter(|_| with_users);
    OccupiedSeal {
        seal_id: seal.id.to_string(),
        seal_name: seal.name.clone(),
        create_on: seal.created_at.seconds(),
        creator: seal.creator.as_ref().map(ToString::to_string).unwrap_or_default(),
        seal_policy_id: String::new(),
        seal_status: seal.status.wire().to_owned(),
        fail_reason: String::new(),
        url: call.urls.file(kind, seal.id.as_str(), 0, "PNG", &key),
        seal_type: seal.kind.wire().to_owned(),
        is_all_time: true,
        authorized_users: users.map(|user| AuthorizedUser { user_id: user.to_string() }).collect(),
        extend_scene: None,
        real_width: None,
        real_height: None,
        sub_seal_type: None,
        sub_seal_name: None,
        seal_description: None,
    }
}
