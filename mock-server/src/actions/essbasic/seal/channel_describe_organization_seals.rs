//! `ChannelDescribeOrganizationSeals` lists a customer's seals, as `DescribeOrganizationSeals` does; `Offset` counts seals, and
//! people go by the platform's ids.

use ess_schemas::essbasic::{
    AuthorizedUser, ChannelDescribeOrganizationSealsRequest, ChannelDescribeOrganizationSealsResponse, OccupiedSeal,
};

use crate::actions::essbasic::dialect::{OpenIds, given};
use crate::actions::seals::{Listing, listed, picture_url};
use crate::domain::refusal::Refusal;
use crate::domain::seal::Seal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;

/// Seals of a page when nobody says (`api ChannelDescribeOrganizationSeals`).
const PAGE: usize = 20;

/// See the module's comment.
///
/// # Errors
/// The operator has no role.
pub fn channel_describe_organization_seals(
    call: &mut Call<'_>,
    request: ChannelDescribeOrganizationSealsRequest,
) -> Result<ChannelDescribeOrganizationSealsResponse, Refusal> {
    call.caller.entitled()?.ensure_may_look()?;
    let number = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    let (total_count, seals) = listed(
        call,
        &Listing {
            seal: given(&request.seal_id),
            kinds: request.seal_types.as_deref().unwrap_or_default(),
            statuses: request.seal_statuses.as_deref().unwrap_or_default(),
            limit: number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE),
            skipped: number(request.offset).unwrap_or(0),
        },
    );
    let (ids, with_users) = (OpenIds::of(call)?, request.info_type == Some(1));
    let seals = seals.iter().map(|seal| occupied(call, seal, ids, with_users)).collect();
    Ok(ChannelDescribeOrganizationSealsResponse { total_count, seals })
}

/// Its picture may be fetched for five minutes (`api OccupiedSeal`). Grants that end are not shown as such (ASSUMED: the field
/// speaks of a request to use it).
fn occupied(call: &Call<'_>, seal: &Seal, ids: OpenIds<'_>, with_users: bool) -> OccupiedSeal {
    let users = seal.authorized(call.now).into_iter().filter(|_| with_users);
    let size = seal.size();
    OccupiedSeal {
        seal_id: seal.id.to_string(),
        seal_name: seal.name.clone(),
        create_on: seal.created_at.seconds(),
        creator: ids.staff_id(seal.creator.as_ref()),
        seal_policy_id: String::new(),
        seal_status: seal.status.wire().to_owned(),
        fail_reason: seal.fail_reason.clone(),
        url: picture_url(call, seal, 5 * MINUTE),
        seal_type: seal.kind.wire().to_owned(),
        is_all_time: true,
        authorized_users: users.map(|user| AuthorizedUser { open_id: ids.staff_id(Some(user)) }).collect(),
        real_width: size.map(|size| size.width.into()),
        real_height: size.map(|size| size.height.into()),
        seal_description: Some(seal.description.clone()),
    }
}
