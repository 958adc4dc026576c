//! `CreateOrganizationAuthFile` writes a letter of authorization and answers a link to it, which lives five minutes
//! (`api CreateOrganizationAuthFile`).

use std::sync::Arc;

use ess_schemas::essbasic::{CreateOrganizationAuthFileRequest, CreateOrganizationAuthFileResponse};

use crate::actions::letters;
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Writes the letter before the world is opened; nothing, when it is about no company or cannot be drawn.
pub(in crate::actions) fn prepare(
    account: &Arc<Account>,
    _: EdgeTime,
    request: &mut CreateOrganizationAuthFileRequest,
) -> Option<Arc<Content>> {
    letters::write(account, request.organization_common_info.as_ref()?.into(), request.r#type)
}

/// See the module's comment.
///
/// # Errors
/// No company, or one without a name, credit code or legal person.
pub(in crate::actions) fn create_organization_auth_file(
    call: &mut Call<'_>,
    request: CreateOrganizationAuthFileRequest,
    content: Option<Arc<Content>>,
) -> Result<CreateOrganizationAuthFileResponse, Refusal> {
    let info = request.organization_common_info;
    let info = info.as_ref().ok_or(Refusal::ParameterMissing { field: "OrganizationCommonInfo" })?;
    Ok(CreateOrganizationAuthFileResponse { file_url: letters::hand_out(call, &info.into(), content)? })
}
