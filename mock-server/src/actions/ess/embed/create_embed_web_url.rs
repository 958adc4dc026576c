//! `CreateEmbedWebUrl` makes the address of one of twelve pages of the console ([`crate::actions::embedding`]).

use ess_schemas::ess::{CreateEmbedWebUrlRequest, CreateEmbedWebUrlResponse};

use crate::actions::embedding::{self, Wanted};
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A page that does not exist, what it is about is missing, unknown or none of the caller's business, or `UserData` that is
/// no JSON.
pub fn create_embed_web_url(
    call: &mut Call<'_>,
    request: CreateEmbedWebUrlRequest,
) -> Result<CreateEmbedWebUrlResponse, Refusal> {
    let option = request.option.as_ref();
    let wanted = Wanted {
        page: &request.embed_type,
        business: given(&request.business_id).map_or("", String::as_str),
        user_data: given(&request.user_data),
        shows_flow_components: option.and_then(|option| option.show_flow_detail_component),
        shows_template_components: option.and_then(|option| option.show_template_component),
    };
    Ok(CreateEmbedWebUrlResponse { web_url: embedding::make(call, wanted)? })
}
