//! Pages of the console that a caller's own page embeds, for both services. An address lives five minutes and opens once.
//!
//! `BusinessId` names what the page is about, where it is about one thing; where a template is made it may name the PDF it
//! is made of. Looking at contracts, templates and seals, and making seals and making and changing templates is modelled; the other
//! pages say what the vendor has there. Who makes or changes something must have the right to (`api CreateEmbedWebUrl.Operator`).
//!
//! `UserData` counts where a template is made (`api CreateEmbedWebUrl.UserData`): receivers get it back in `TemplateAdd`,
//! `TemplateUpdate` and `TemplateDelete`. Elsewhere it is taken and changes nothing (ASSUMED).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;

use crate::domain::embedded_page::{EmbeddedPage, LIFETIME, Subject};
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// What is asked for.
pub(super) struct Wanted<'a> {
    /// `EmbedType`.
    pub(super) page: &'a str,
    /// `BusinessId`.
    pub(super) business: &'a str,
    /// `UserData`.
    pub(super) user_data: Option<&'a String>,
    /// Whether a contract's details show its components, and a template's page its own.
    pub(super) shows_flow_components: Option<bool>,
    pub(super) shows_template_components: Option<bool>,
}

/// The page's address.
///
/// # Errors
/// A page that does not exist, what it is about is missing, unknown or none of the caller's business, the operator may not make or
/// change such a thing, or `UserData` that is no JSON.
pub(super) fn make(call: &mut Call<'_>, wanted: Wanted<'_>) -> Result<String, Refusal> {
    let Wanted { page, business, user_data, shows_flow_components, shows_template_components } = wanted;
    let unknown = || Refusal::ValueNotAllowed { field: "EmbedType".into(), detail: page.to_owned() };
    let page = EmbeddedPage::from_wire(page).ok_or_else(unknown)?;
    check(call, page, business)?;
    if let Some(right) = page.right() {
        call.caller.with_right(right)?;
    }
    let user_data = user_data.filter(|_| page == EmbeddedPage::CreateTemplate);
    let opens = Opens::Embedded {
        page,
        business: business.into(),
        organization: call.caller.organization().clone(),
        operator: call.caller.operator()?.id.clone(),
        application: call.caller.application().cloned(),
        user_data: user_data.map(|data| json_in(data)).transpose()?.unwrap_or_default().to_owned(),
    };
    let link = call.world.add_link(opens, call.now.plus(LIFETIME), None);
    let components = shows_flow_components
        .filter(|_| page == EmbeddedPage::FlowDetail)
        .or(shows_template_components.filter(|_| page == EmbeddedPage::Template));
    Ok(call.urls.embedded_page(&link, call.caller.console(), page, business, components == Some(true)))
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
        Subject::Flow if !call.reachable_flow(id)?.involves(company) => {
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
