//! `CreateEmbedWebUrl` makes the address of one of twelve pages of the console. It lives five minutes and opens once.
//!
//! `BusinessId` names what the page is about, where it is about one thing. Looking at contracts, templates and seals is
//! modelled; the other pages say what the vendor has there. `UserData` belongs to the callbacks of templates made there.

use ess_schemas::ess::{CreateEmbedWebUrlRequest, CreateEmbedWebUrlResponse};

use crate::actions::ess::dialect::given;
use crate::domain::embedded_page::{EmbeddedPage, LIFETIME, Subject};
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A page that does not exist, or what it is about is missing, unknown or none of the caller's business.
pub fn create_embed_web_url(
    call: &mut Call<'_>,
    request: CreateEmbedWebUrlRequest,
) -> Result<CreateEmbedWebUrlResponse, Refusal> {
    let unknown = || Refusal::ValueNotAllowed { field: "EmbedType".into(), detail: request.embed_type.clone() };
    let page = EmbeddedPage::from_wire(&request.embed_type).ok_or_else(unknown)?;
    let business = given(&request.business_id).map_or("", String::as_str);
    check(call, page.subject(), business)?;
    let organization = call.caller.organization().clone();
    let opens = Opens::Embedded { page, business: business.into(), organization };
    let link = call.world.add_link(opens, call.now.plus(LIFETIME), None);
    let option = request.option.as_ref();
    let components = option.and_then(|option| {
        let of_flow = option.show_flow_detail_component.filter(|_| page == EmbeddedPage::FlowDetail);
        of_flow.or(option.show_template_component.filter(|_| page == EmbeddedPage::Template))
    });
    let web_url = call.urls.embedded_page(&link, page, business, components == Some(true));
    Ok(CreateEmbedWebUrlResponse { web_url })
}

/// What the page is about must be there and the caller's; of a contract, they must be a party.
fn check(call: &Call<'_>, subject: Subject, id: &str) -> Result<(), Refusal> {
    let company = call.caller.organization();
    if subject == Subject::Nothing {
        return Ok(());
    }
    if id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "BusinessId" });
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
        Subject::Flow | Subject::Nothing => Ok(()),
    }
}
