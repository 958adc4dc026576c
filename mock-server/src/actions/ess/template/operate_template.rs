//! `OperateTemplate` takes a template away, switches it on or off, or copies it. Receivers hear of it, except where nothing
//! changes (`api OperateTemplate`: switching twice is no mistake; that it is silent is ASSUMED).

use std::sync::Arc;

use ess_schemas::ess::{OperateTemplateRequest, OperateTemplateResponse};

use crate::actions::ess::dialect::given;
use crate::domain::event::{About, Event, TemplateChange};
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// See the module's comment.
///
/// # Errors
/// No such template of the caller's.
pub fn operate_template(
    call: &mut Call<'_>,
    request: OperateTemplateRequest,
) -> Result<OperateTemplateResponse, Refusal> {
    let template = call.own_template(&request.template_id)?;
    match request.operate_type.as_str() {
        "DELETE" => {
            call.world.directory.templates.remove(template.id.as_str());
            tell(call, TemplateChange::Deleted, &template)?;
        }
        "ENABLE" => switch(call, &template, true)?,
        "DISABLE" => switch(call, &template, false)?,
        "COPY" => return copy(call, &template, given(&request.template_name)),
        other => {
            let detail = format!("{other}: DELETE, ENABLE, DISABLE or COPY");
            return Err(Refusal::ParameterInvalid { field: "OperateType", detail });
        }
    }
    Ok(OperateTemplateResponse { template_id: None, template_name: None })
}

fn switch(call: &mut Call<'_>, template: &Template, enabled: bool) -> Result<(), Refusal> {
    if template.enabled == enabled {
        return Ok(());
    }
    let switched = Template { enabled, ..template.clone() };
    call.world.directory.templates.insert(switched.clone());
    tell(call, TemplateChange::Switched, &Arc::new(switched))
}

/// Called as asked, else after its original (`api OperateTemplate.TemplateName`).
fn copy(call: &mut Call<'_>, template: &Template, name: Option<&String>) -> Result<OperateTemplateResponse, Refusal> {
    let name = name.cloned().unwrap_or_else(|| format!("{}_副本", template.name));
    let ids = &mut call.world.ids;
    let id = ids.next(Kind::Slot).into();
    let copy = Arc::new(template.copy(name, id, || ids.next(Kind::Slot).into(), call.now));
    call.world.directory.templates.insert(copy.as_ref().clone());
    tell(call, TemplateChange::Added, &copy)?;
    Ok(OperateTemplateResponse { template_id: Some(copy.id.to_string()), template_name: Some(copy.name.clone()) })
}

fn tell(call: &mut Call<'_>, change: TemplateChange, template: &Arc<Template>) -> Result<(), Refusal> {
    let about = About::Template(change, template.clone(), call.caller.actor()?);
    call.outbox.push(Event { at: call.now, about });
    Ok(())
}
