//! `CreateInformationExtractionWebUrl` makes the address of a page where files are searched for fields: five minutes, once.
//!
//! Files that are named need not be chosen there. `UserData` comes back in the messages of the tasks made there. What `Option` hides is
//! nothing this page has.

use ess_schemas::ess::{CreateInformationExtractionWebUrlRequest, CreateInformationExtractionWebUrlResponse};

use super::super::pages::address;
use super::files::searchable;
use crate::actions::ess::dialect::given;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A file that cannot be searched.
pub fn create_information_extraction_web_url(
    call: &mut Call<'_>,
    request: CreateInformationExtractionWebUrlRequest,
) -> Result<CreateInformationExtractionWebUrlResponse, Refusal> {
    let files = request.resource_ids.unwrap_or_default();
    searchable(call, &files)?;
    let user_data = given(&request.user_data).cloned().unwrap_or_default();
    Ok(CreateInformationExtractionWebUrlResponse {
        url: address(call, IntelligencePage::NewExtraction { files, user_data })?,
    })
}
