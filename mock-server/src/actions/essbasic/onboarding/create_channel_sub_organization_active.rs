//! `CreateChannelSubOrganizationActive` gives customers a licence each, or a year more: for all of them or for none
//! (`api CreateChannelSubOrganizationActive`; that one who cannot be given one fails all ASSUMED).

use std::collections::BTreeSet;

use ess_schemas::essbasic::{CreateChannelSubOrganizationActiveRequest, CreateChannelSubOrganizationActiveResponse};

use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The field everything here is about.
const FIELD: &str = "SubOrganizationOpenIds";

/// See the module's comment.
///
/// # Errors
/// Nobody was named, or somebody twice or whom the application does not know; one of them has not proved who it is, has a
/// licence already or, to be prolonged, none; or there are too few licences left.
pub fn create_channel_sub_organization_active(
    call: &mut Call<'_>,
    request: CreateChannelSubOrganizationActiveRequest,
) -> Result<CreateChannelSubOrganizationActiveResponse, Refusal> {
    let ids = request.sub_organization_open_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: FIELD });
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = ids.iter().find(|id| !seen.insert(id.as_str())) {
        return Err(Refusal::ParameterInvalid { field: FIELD, detail: format!("{twice} stands twice") });
    }
    let mut application = call.caller.agent()?.application.as_ref().clone();
    for id in &ids {
        let unknown = || Refusal::ParameterInvalid { field: FIELD, detail: format!("{id} is no customer") };
        let mut customer = application.customers().get(id.as_str()).ok_or_else(unknown)?.as_ref().clone();
        if request.renew.unwrap_or(false) {
            customer.renew(call.now)?;
        } else {
            customer.activate(call.now)?;
        }
        application.put_customer(customer);
    }
    application.licences.take(u64::try_from(ids.len()).unwrap_or(u64::MAX))?;
    call.world.directory.applications.insert(application);
    Ok(CreateChannelSubOrganizationActiveResponse {})
}
