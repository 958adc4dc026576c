//! `OperateChannelTemplate` says which customers a template of the platform's library is offered to: `SELECT` lists them, `UPDATE`
//! grants it to more, `DELETE` takes grants back.
//!
//! What cannot be done for single customers is said in `FailMessageList`; then the rest is done all the same. `UPDATE` may also
//! switch the template on or off (`Available`), and before it is published choose between all customers and some (`AuthTag`). Who
//! has it already keeps it (`api OperateChannelTemplate`). Customers whom it is granted to get it at once where it pushes.

use std::sync::Arc;

use ess_schemas::essbasic::{AuthFailMessage, OperateChannelTemplateRequest, OperateChannelTemplateResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::said;
use crate::domain::application::Application;
use crate::domain::event::Actor;
use crate::domain::ids::{OpenId, UserId};
use crate::domain::library::{Audience, LibraryTemplate};
use crate::domain::refusal::Refusal;
use crate::domain::template::Operation;
use crate::engine::call::Call;

/// Customers of a page when nothing is asked for, and the most a call may name (`api OperateChannelTemplate`).
const PAGE: usize = 20;
const MOST: usize = 100;

/// See the module's comment.
///
/// # Errors
/// No such template in the application's library, nobody is named, too many are, or nobody has a grant that could be taken back.
pub fn operate_channel_template(
    call: &mut Call<'_>,
    request: OperateChannelTemplateRequest,
) -> Result<OperateChannelTemplateResponse, Refusal> {
    if request.template_id.is_empty() {
        return Err(Refusal::TemplateIdEmpty);
    }
    let application = call.caller.agent()?.application.clone();
    let offered = call.world.directory.library.get(request.template_id.as_str());
    let offered = offered.filter(|one| one.application == application.id);
    let unknown = || Refusal::TemplateUnknown { template: request.template_id.clone() };
    let offered = offered.ok_or_else(unknown)?.as_ref().clone();
    let named = given(&request.proxy_organization_open_ids).map(String::as_str).unwrap_or_default();
    let named: Vec<&str> = named.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if named.len() > MOST {
        return Err(Refusal::ListTooLong { field: "ProxyOrganizationOpenIds".into(), limit: MOST });
    }
    match request.operate_type.to_ascii_uppercase().as_str() {
        "UPDATE" => update(call, &application, offered, &named, &request),
        "DELETE" => delete(call, &application, offered, &named),
        _ => Ok(select(&application, &offered, &request)),
    }
}

fn select(
    application: &Application,
    offered: &LibraryTemplate,
    request: &OperateChannelTemplateRequest,
) -> OperateChannelTemplateResponse {
    let all = offered.audience_of(application);
    let number = |asked: Option<i64>| asked.and_then(|asked| usize::try_from(asked).ok());
    let limit = number(request.limit).filter(|limit| *limit > 0).unwrap_or(PAGE);
    let page = all.iter().skip(number(request.offset).unwrap_or(0)).take(limit).map(ToString::to_string);
    OperateChannelTemplateResponse {
        proxy_organization_open_ids: page.collect(),
        total: i64::try_from(all.len()).unwrap_or(i64::MAX),
        ..answer(application, offered, &[], 0)
    }
}

fn update(
    call: &mut Call<'_>,
    application: &Arc<Application>,
    mut offered: LibraryTemplate,
    named: &[&str],
    request: &OperateChannelTemplateRequest,
) -> Result<OperateChannelTemplateResponse, Refusal> {
    let operation = match request.available {
        Some(1) => Some(Operation::Enable),
        Some(2) => Some(Operation::Disable),
        Some(_) | None => None,
    };
    let audience = given(&request.auth_tag).and_then(|tag| Audience::from_wire(tag));
    if named.is_empty() && operation.is_none() && audience.is_none() {
        return Err(Refusal::ParameterMissing { field: "ProxyOrganizationOpenIds" });
    }
    if let Some(audience) = audience {
        offered.offer_to(audience)?;
    }
    let mut failed = Vec::new();
    let mut new: Vec<OpenId> = Vec::new();
    for customer in named {
        match offered.grant(customer, application) {
            Ok(true) => new.push(OpenId::from(*customer)),
            Ok(false) => (),
            Err(refusal) => failed.push(failure(customer, &refusal)),
        }
    }
    let told = answer(application, &offered, &failed, named.len());
    let (pushes, id) = (offered.pushes, offered.template.clone());
    call.world.directory.library.insert(offered);
    if let Some(operation) = operation {
        switch(call, application, id.as_str(), operation);
    }
    // One that is switched off, or has no document yet, is pushed to nobody (ASSUMED).
    let usable = call.world.directory.templates.get(id.as_str()).is_some_and(|one| one.ensure_usable().is_ok());
    for customer in new.iter().filter(|_| pushes && usable) {
        call.world.hand_template_over(id.as_str(), customer.as_str(), call.now, call.outbox)?;
    }
    Ok(told)
}

/// The platform's own template, by whoever made it: no employee is named (`api OperateChannelTemplate`).
fn switch(call: &mut Call<'_>, application: &Application, id: &str, operation: Operation) {
    let Some(template) = call.world.directory.templates.get(id).cloned() else { return };
    let user = template.creator.clone().unwrap_or_else(|| UserId::from(""));
    let actor = Actor { user, application: Some(application.id.clone()) };
    call.world.operate_template(&template, operation, actor, call.now, call.outbox);
}

fn delete(
    call: &mut Call<'_>,
    application: &Application,
    mut offered: LibraryTemplate,
    named: &[&str],
) -> Result<OperateChannelTemplateResponse, Refusal> {
    let Some(first) = named.first() else {
        return Err(Refusal::ParameterMissing { field: "ProxyOrganizationOpenIds" });
    };
    if offered.granted.is_empty() {
        return Err(Refusal::TemplateNotGranted { organization: (*first).to_owned() });
    }
    let mut failed = Vec::new();
    for customer in named {
        if let Err(refusal) = offered.revoke(customer) {
            failed.push(failure(customer, &refusal));
        }
    }
    let told = answer(application, &offered, &failed, named.len());
    call.world.directory.library.insert(offered);
    Ok(told)
}

fn failure(customer: &str, refusal: &Refusal) -> AuthFailMessage {
    AuthFailMessage {
        proxy_organization_open_id: customer.to_owned(),
        message: said::<OperateChannelTemplateRequest>(refusal),
    }
}

fn answer(
    application: &Application,
    offered: &LibraryTemplate,
    failed: &[AuthFailMessage],
    named: usize,
) -> OperateChannelTemplateResponse {
    let result = match failed.len() {
        0 => "all-success",
        all if all == named => "fail",
        _ => "part-success",
    };
    OperateChannelTemplateResponse {
        app_id: application.id.to_string(),
        template_id: offered.template.to_string(),
        operate_result: result.to_owned(),
        auth_tag: offered.audience.wire().to_owned(),
        fail_message_list: failed.to_vec(),
        ..Default::default()
    }
}
