//! `CreateEmbedWebUrl` makes the address of one of twelve pages of the console. It lives five minutes and opens once.
//!
//! `BusinessId` names what the page is about, where it is about one thing; where a template is made it may name the PDF it
//! is made of. Looking at contracts, templates and seals, and making and changing templates is modelled; the other pages say
//! what the vendor has there.
//!
//! `UserData` counts where a template is made (`api CreateEmbedWebUrl.UserData`): receivers get it back in `TemplateAdd`,
//! `TemplateUpdate` and `TemplateDelete`. Elsewhere it is taken and changes nothing (ASSUMED).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::ess::{CreateEmbedWebUrlRequest, CreateEmbedWebUrlResponse};
use serde::de::IgnoredAny;

use crate::actions::ess::dialect::given;
use crate::domain::embedded_page::{EmbeddedPage, LIFETIME, Subject};
use crate::domain::link::Opens;
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
    let unknown = || Refusal::ValueNotAllowed { field: "EmbedType".into(), detail: request.embed_type.clone() };
    let page = EmbeddedPage::from_wire(&request.embed_type).ok_or_else(unknown)?;
    let business = given(&request.business_id).map_or("", String::as_str);
    check(call, page, business)?;
    let user_data = given(&request.user_data).filter(|_| page == EmbeddedPage::CreateTemplate);
    let user_data = user_data.map(|data| json_in(data)).transpose()?.unwrap_or_default().to_owned();
    let organization = call.caller.organization().clone();
    let operator = call.caller.operator()?.id.clone();
    let opens = Opens::Embedded { page, business: business.into(), organization, operator, user_data };
    let link = call.world.add_link(opens, call.now.plus(LIFETIME), None);
    let option = request.option.as_ref();
    let components = option.and_then(|option| {
        let of_flow = option.show_flow_detail_component.filter(|_| page == EmbeddedPage::FlowDetail);
        of_flow.or(option.show_template_component.filter(|_| page == EmbeddedPage::Template))
    });
    let web_url = call.urls.embedded_page(&link, page, business, components == Some(true));
    Ok(CreateEmbedWebUrlResponse { web_url })
}

/// It is the base64 of a JSON text (`api CreateEmbedWebUrl.UserData`; that another text is refused is ASSUMED).
fn json_in(user_data: &str) -> Result<&str, Refusal> {
    let text = STANDARD.decode(user_data).ok();
    let is_json = text.is_some_and(|text| serde_json::from_slice::<IgnoredAny>(&text).is_ok());
    let detail = || "it is not the base64 of a JSON text".to_owned();
    is_json.then_some(user_data).ok_or_else(|| Refusal::ValueNotAllowed { field: "UserData".into(), detail: detail() })
}

/// What the page is about must be there and the caller's; of a contract, they must be a party.
fn check(call: &Call<'_>, page: EmbeddedPage, id: &str) -> Result<(), Refusal> {
    let company = call.caller.organization();
    let subject = page.subject();
    if subject == Subject::Nothing {
        return Ok(());
    }
    if id.is_empty() {
        let optional = subject == Subject::File;
        return if optional { Ok(()) } else { Err(Refusal::ParameterMissing { field: "BusinessId" }) };
    }
    match subject {
        Subject::Flow if !call.flow(id)?.involves(company) => {
            Err(Refusal::FlowOfAnotherOrganization { flow: id.to_owned() })
        }
        Subject::Template => call.own_template(id).map(drop),
        Subject::Seal => {
            let seal = call.world.directory.seals.get(id).filter(|seal| &seal.organization == company);
            seal.map(drop).ok_or_else(|| Refusal::SealUnknown { seal: id.to_owned() })
        }
        Subject::File if call.usable_file(id)?.content.pages.is_none() => {
            Err(Refusal::FileNotPdf { file: id.to_owned() })
        }
        Subject::Flow | Subject::File | Subject::Nothing => Ok(()),
    }
}
