//! `CreateBatchInformationExtractionTask` searches files for fields: a task for each, in the order of the files.
//!
//! The fields are those of a template the company made in its console (`FieldTemplateId`), else those named (`api
//! CreateBatchInformationExtractionTask`: the template goes before); one of the two is needed (ASSUMED). An `OPTION` needs its choices
//! (`api ExtractionField`). Where values stand is told by the rules of [`search`](crate::domain::intelligence::extraction::search). Each
//! task takes a unit of the company's package. `AIInformationExtraction`, `BillingUse` and `FlowCost` tell of its end, seconds later.
//! A file whose text cannot be read makes the task fail, not the call; a picture has no text, so that nothing is found in it (ASSUMED).

use std::sync::Arc;

use ess_schemas::ess::{
    CreateBatchInformationExtractionTaskRequest, CreateBatchInformationExtractionTaskResponse, ExtractionField,
};

use super::files::searchable;
use crate::actions::ess::dialect::given;
use crate::domain::intelligence::Outcome;
use crate::domain::intelligence::extraction::{Field, FieldKind, Found, extract};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::intelligence::NewTask;
use crate::engine::intelligence::extracting::NewExtraction;
use crate::engine::world::World;

/// What was found before the world was opened, file by file.
type Searched = Vec<Option<Outcome<Vec<Vec<Found>>>>>;

/// Searches the files before the world is opened.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    request: &mut CreateBatchInformationExtractionTaskRequest,
) -> Searched {
    let (files, fields) = account.enter(edge, |world, _, _| {
        let files: Vec<_> = request.resource_ids.iter().map(|id| world.files.get(id.as_str()).cloned()).collect();
        (files, template(world, request).or_else(|| named(request).ok()))
    });
    let fields = fields.unwrap_or_default();
    files.into_iter().map(|file| Some(extract(&*file?, &fields))).collect()
}

/// See the module's comment.
///
/// # Errors
/// No file, one that cannot be searched, no field or one that is none, no such template, or too few units are left.
pub fn create_batch_information_extraction_task(
    call: &mut Call<'_>,
    request: CreateBatchInformationExtractionTaskRequest,
    searched: Searched,
) -> Result<CreateBatchInformationExtractionTaskResponse, Refusal> {
    if request.resource_ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "ResourceIds" });
    }
    let fields = fields(call, &request)?;
    let files = searchable(call, &request.resource_ids)?;
    let (organization, operator) = (call.caller.organization(), &call.caller.operator()?.id);
    let tasks = files.into_iter().zip(searched).map(|(file, outcome)| {
        // It was there right now, so it was searched.
        let outcome = outcome.ok_or_else(|| Refusal::FileUnknown { file: file.id.to_string() })?;
        let task = NewTask {
            organization: organization.clone(),
            operator: operator.clone(),
            name: file.name.clone(),
            user_data: String::new(),
        };
        Ok((task, NewExtraction { file, fields: fields.clone(), outcome }))
    });
    let tasks = tasks.collect::<Result<Vec<_>, Refusal>>()?;
    let tasks = call.world.extract(tasks, call.now)?;
    Ok(CreateBatchInformationExtractionTaskResponse { task_ids: Some(tasks.iter().map(ToString::to_string).collect()) })
}

fn fields(call: &Call<'_>, request: &CreateBatchInformationExtractionTaskRequest) -> Result<Vec<Field>, Refusal> {
    let Some(id) = given(&request.field_template_id) else { return named(request) };
    let own = call.world.intelligence.field_templates.get(id);
    let own = own.filter(|one| &one.organization == call.caller.organization());
    own.map(|one| one.fields.clone()).ok_or_else(|| Refusal::TemplateUnknown { template: id.clone() })
}

/// The fields of the template that is named; whose it is, is looked at later.
fn template(world: &World, request: &CreateBatchInformationExtractionTaskRequest) -> Option<Vec<Field>> {
    let id = given(&request.field_template_id)?;
    world.intelligence.field_templates.get(id).map(|one| one.fields.clone())
}

fn named(request: &CreateBatchInformationExtractionTaskRequest) -> Result<Vec<Field>, Refusal> {
    let fields = request.fields.as_deref().unwrap_or_default();
    if fields.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Fields" });
    }
    fields.iter().map(field).collect()
}

fn field(wanted: &ExtractionField) -> Result<Field, Refusal> {
    let missing = |field| Refusal::ParameterMissing { field };
    let name = given(&wanted.name).ok_or_else(|| missing("Fields.Name"))?.clone();
    let kind = given(&wanted.r#type).ok_or_else(|| missing("Fields.Type"))?;
    let refused = || Refusal::ValueNotAllowed { field: "Fields.Type".into(), detail: kind.clone() };
    let kind = FieldKind::from_wire(kind).ok_or_else(refused)?;
    let choices = wanted.choice_list.clone().unwrap_or_default();
    if kind == FieldKind::Option && choices.is_empty() {
        return Err(missing("Fields.ChoiceList"));
    }
    Ok(Field { name, kind, description: wanted.description.clone().unwrap_or_default(), choices })
}
