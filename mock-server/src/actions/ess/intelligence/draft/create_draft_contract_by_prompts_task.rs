//! `CreateDraftContractByPromptsTask` drafts a contract from what somebody wants: a Word file, seconds later.
//!
//! Parties, sum, name and clauses are read from the words by the rules of [`demand`](crate::domain::intelligence::draft::Demand), and
//! written down by those of [`write`](crate::domain::intelligence::draft::write). Clauses of the reference template are added, rule files
//! are annexed; both are PDF or Word files up to 1 MB (`api CreateDraftContractByPromptsTask`). What is against the law is not drafted:
//! the task fails, and says why (`ex DescribeDraftContractByPromptsTask` shows the words; that the task fails is from the text). A
//! file whose text cannot be read makes it fail, too. It takes a unit of the company's package; no message tells of it. `ReviewTaskId` must
//! name a review of the company; what it found does not change the draft (ASSUMED).

use std::sync::Arc;

use ess_schemas::ess::{CreateDraftContractByPromptsTaskRequest, CreateDraftContractByPromptsTaskResponse};

use crate::actions::ess::dialect::given;
use crate::domain::file::UploadedFile;
use crate::domain::intelligence::draft::{MOST_BYTES, Prepared, Tongue, Wanted, prepare as draft};
use crate::domain::intelligence::extension;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::intelligence::NewTask;

/// Writes the contract before the world is opened; nothing when a file is not there.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    request: &mut CreateDraftContractByPromptsTaskRequest,
) -> Option<Prepared> {
    let (template, rules) = account.enter(edge, |world, _, _| {
        let file = |id: &String| world.files.get(id.as_str()).cloned();
        let rules = rule_files(request).iter().map(file).collect::<Option<Vec<_>>>()?;
        match given(&request.reference_template_id) {
            Some(id) => Some((Some(file(id)?), rules)),
            None => Some((None, rules)),
        }
    })?;
    let tongue = match request.contract_language.as_deref() {
        Some("en") => Tongue::English,
        Some(_) | None => Tongue::Chinese,
    };
    Some(draft(&Wanted { words: &request.requirement, template: template.as_deref(), rules: &rules, tongue }))
}

/// See the module's comment.
///
/// # Errors
/// A file that is not there, not the caller's, too large or not of a kind that can be read; no such review; or no unit is left.
pub fn create_draft_contract_by_prompts_task(
    call: &mut Call<'_>,
    request: CreateDraftContractByPromptsTaskRequest,
    prepared: Option<Prepared>,
) -> Result<CreateDraftContractByPromptsTaskResponse, Refusal> {
    if let Some(id) = given(&request.reference_template_id) {
        readable(call, "ReferenceTemplateId", id)?;
    }
    for id in rule_files(&request) {
        readable(call, "RequirementFileIds", id)?;
    }
    if let Some(id) = given(&request.review_task_id) {
        call.world.review(id, call.caller.organization())?;
    }
    // Every file was there right now, so that it was written.
    let prepared = prepared.ok_or_else(|| Refusal::FileUnknown { file: String::new() })?;
    let task = NewTask {
        organization: call.caller.organization().clone(),
        operator: call.caller.operator()?.id.clone(),
        name: prepared.name,
        user_data: String::new(),
    };
    let task = call.world.draft(task, prepared.content, call.now)?;
    Ok(CreateDraftContractByPromptsTaskResponse { task_id: Some(task.to_string()) })
}

fn rule_files(request: &CreateDraftContractByPromptsTaskRequest) -> &[String] {
    request.requirement_file_ids.as_deref().unwrap_or_default()
}

fn readable(call: &Call<'_>, field: &'static str, id: &str) -> Result<Arc<UploadedFile>, Refusal> {
    let refused = |detail| Err(Refusal::ValueNotAllowed { field: field.to_owned(), detail });
    let file = call.usable_file(id)?;
    if !matches!(extension(&file.name).as_str(), "pdf" | "doc" | "docx") {
        return refused(format!("PDF and Word files are read, and this is {}", file.name));
    }
    if file.content.bytes.len() > MOST_BYTES {
        return refused(format!("{} has more than 1 MB", file.name));
    }
    Ok(file)
}
