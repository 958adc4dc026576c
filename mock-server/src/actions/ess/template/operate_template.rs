//! `OperateTemplate` takes a template away, switches it on or off, or copies it.

use ess_schemas::ess::{OperateTemplateRequest, OperateTemplateResponse};

use crate::actions::ess::dialect::given;
use crate::actions::words::template_operation;
use crate::domain::refusal::Refusal;
use crate::domain::template::Operation;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such template of the caller's.
pub fn operate_template(
    call: &mut Call<'_>,
    request: OperateTemplateRequest,
) -> Result<OperateTemplateResponse, Refusal> {
    let template = call.own_template(&request.template_id)?;
    let operation = template_operation(&request.operate_type, given(&request.template_name))?;
    let copies = matches!(operation, Operation::Copy { .. });
    let made = call.operate_template(&template, operation)?;
    Ok(OperateTemplateResponse {
        template_id: copies.then(|| made.id.to_string()),
        template_name: copies.then(|| made.name.clone()),
    })
}
