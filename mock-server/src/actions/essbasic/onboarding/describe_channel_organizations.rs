//! `DescribeChannelOrganizations` tells how far the application's customers are, all of them or one; of one nobody knows it
//! answers none (ASSUMED: the action publishes no code for it).

use ess_schemas::essbasic::{DescribeChannelOrganizationsRequest, DescribeChannelOrganizationsResponse};

use crate::actions::essbasic::dialect::{channel_organization, given};
use crate::domain::customer::Customer;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nothing is to be shown.
pub fn describe_channel_organizations(
    call: &mut Call<'_>,
    request: DescribeChannelOrganizationsRequest,
) -> Result<DescribeChannelOrganizationsResponse, Refusal> {
    let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0).ok_or(Refusal::LimitInvalid)?;
    let offset = usize::try_from(request.offset.unwrap_or(0)).unwrap_or(0);
    let application = &call.caller.agent()?.application;
    let statuses = request.authorization_status_list.unwrap_or_default();
    let open_id = given(&request.organization_open_id);
    let is_wanted = |one: &Customer| {
        open_id.is_none_or(|id| id == one.open_id.as_str())
            && (statuses.is_empty() || statuses.iter().any(|status| status == one.certification.status.word()))
    };
    let wanted: Vec<&Customer> =
        application.customers().iter().map(AsRef::as_ref).filter(|one| is_wanted(one)).collect();
    let shown = wanted.iter().skip(offset).take(limit);
    let shown = shown.map(|one| channel_organization(one, application, &call.world.directory, call.now));
    Ok(DescribeChannelOrganizationsResponse {
        channel_organization_infos: Some(shown.collect()),
        offset: Some(request.offset.unwrap_or(0)),
        limit: Some(request.limit),
        total: i64::try_from(wanted.len()).ok(),
    })
}
