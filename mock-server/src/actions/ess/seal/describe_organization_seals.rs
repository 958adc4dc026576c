//! `DescribeOrganizationSeals` lists the seals of a company, or of a member of its holding group.
//!
//! Enabled ones, unless other states are named (`api DescribeOrganizationSeals`); `Offset` counts pages. `TotalCount` is
//! that of all seals of the company, whatever is chosen, but 0 or 1 when one is named. Who may use a seal is told for
//! `InfoType` 1 only (`ex DescribeOrganizationSeals`). Whoever has a role may look (ASSUMED).
//!
//! `SealPolicyId` is that of the operator's own grant, `IsAllTime` whether it never ends; an administrator needs none, and shows
//! none (`api OccupiedSeal` calls them those of the seal; whose they are is ASSUMED).

use ess_schemas::ess::{
    AuthorizedUser, DescribeOrganizationSealsRequest, DescribeOrganizationSealsResponse, OccupiedSeal,
};

use crate::actions::ess::dialect::given;
use crate::actions::seals::{Listing, listed, picture_url};
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{FOREVER, Seal};
use crate::domain::time::MINUTE;
use crate::engine::call::Call;

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
    let number = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    let limit = number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE);
    let (total_count, seals) = listed(
        call,
        &Listing {
            seal: given(&request.seal_id),
            kinds: request.seal_types.as_deref().unwrap_or_default(),
            statuses: request.seal_statuses.as_deref().unwrap_or_default(),
            limit,
            skipped: number(request.offset).unwrap_or(0).saturating_mul(limit),
        },
    );
    let with_users = request.info_type == Some(1);
    let operator = call.caller.operator()?.id.clone();
    let seals = seals.iter().map(|seal| occupied(call, seal, &operator, with_users)).collect();
    Ok(DescribeOrganizationSealsResponse { total_count, seals })
}

/// Its picture may be fetched for five minutes (`api OccupiedSeal`).
fn occupied(call: &Call<'_>, seal: &Seal, operator: &UserId, with_users: bool) -> OccupiedSeal {
    let users = seal.authorized(call.now).into_iter().filter(|_| with_users);
    let own = seal.general_grant_of(operator, call.now);
    let size = seal.size();
    OccupiedSeal {
        seal_id: seal.id.to_string(),
        seal_name: seal.name.clone(),
        create_on: seal.created_at.seconds(),
        creator: seal.creator.as_ref().map(ToString::to_string).unwrap_or_default(),
        seal_policy_id: own.map(|grant| grant.id.clone()).unwrap_or_default(),
        seal_status: seal.status.wire().to_owned(),
        fail_reason: seal.fail_reason.clone(),
        url: picture_url(call, seal, 5 * MINUTE),
        seal_type: seal.kind.wire().to_owned(),
        is_all_time: own.is_none_or(|grant| grant.until >= FOREVER),
        authorized_users: users.map(|user| AuthorizedUser { user_id: user.to_string() }).collect(),
        extend_scene: None,
        real_width: size.map(|size| size.width.into()),
        real_height: size.map(|size| size.height.into()),
        sub_seal_type: seal.listed_kind(),
        sub_seal_name: (!seal.own_kind.is_empty()).then(|| seal.own_kind.clone()),
        seal_description: Some(seal.description.clone()),
    }
}
