//! `ChannelCreateEmbedWebUrl` makes the address of one of nine pages of the customer's console
//! ([`crate::actions::embedding`]).

use ess_schemas::essbasic::{ChannelCreateEmbedWebUrlRequest, ChannelCreateEmbedWebUrlResponse};

use crate::actions::embedding::{self, Wanted};
use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// What the page is about is missing, unknown or none of the customer's business, or `UserData` that is no JSON.
pub fn channel_create_embed_web_url(
    call: &mut Call<'_>,
    request: ChannelCreateEmbedWebUrlRequest,
) -> Result<ChannelCreateEmbedWebUrlResponse, Refusal> {
    let option = request.option.as_ref();
    let wanted = Wanted {
        page: &request.embed_type,
        business: given(&request.business_id).map_or("", String::as_str),
        user_data: given(&request.user_data),
        shows_flow_components: option.and_then(|option| option.show_flow_detail_component),
        shows_template_components: option.and_then(|option| option.show_template_component),
    };
    Ok(ChannelCreateEmbedWebUrlResponse { web_url: embedding::make(call, wanted)? })
}
