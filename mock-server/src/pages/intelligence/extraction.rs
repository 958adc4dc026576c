//! What came of a search for fields, all searches of a company, and what can be searched.

use serde_json::{Value, json};

use super::{Fact, Form, Sight, as_json, files, progress};
use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::extraction::{Extraction, FieldResult};
use crate::domain::intelligence::timing::Progress;
use crate::domain::time::Timestamp;
use crate::engine::world::World;
use crate::pages::words::Language;

/// What can be searched (`api CreateBatchInformationExtractionTask`).
pub(super) const EXTENSIONS: &[&str] = &["pdf", "doc", "docx", "png", "jpg", "jpeg"];
/// Searches a list shows, newest first.
const SHOWN: usize = 50;

pub(super) fn sight(world: &World, extraction: &Extraction, now: Timestamp, language: Language) -> Sight {
    let at = extraction.task.progress(now);
    let failed = extraction.outcome.as_ref().err().filter(|_| at == Progress::Ended);
    let mut facts = vec![
        Fact::new("任务", "Task", extraction.task.id.to_string()),
        Fact::new("文件", "File", extraction.task.name.clone()),
        Fact::new("状态", "Status", progress(at, failed.is_some(), language).to_owned()),
    ];
    facts.extend(failed.map(|failed| Fact::new("原因", "Reason", failed.message.clone())));
    // Nothing is told before the end.
    let found: Vec<&FieldResult> = match at {
        Progress::Ended => world.intelligence.results_of(extraction).collect(),
        Progress::Created | Progress::Queued | Progress::Running => Vec::new(),
    };
    let values = |one: &FieldResult| one.found.iter().map(|(_, found)| found.value.clone()).collect::<Vec<_>>();
    let shown: Vec<Value> =
        found.iter().map(|one| json!({ "id": one.id, "field": one.field.name, "values": values(one) })).collect();
    let json = as_json(&facts, &shown);
    let rows = found.iter().map(|one| (one.field.name.clone(), values(one).join(" / "))).collect();
    Sight { headline: language.pick("合同信息提取", "Fields of a contract"), facts, rows, json }
}

pub(super) fn list(world: &World, company: &OrganizationId, now: Timestamp, language: Language) -> Sight {
    let own = world.intelligence.extractions.iter().rev().filter(|one| &one.task.organization == company);
    let own: Vec<_> = own.take(SHOWN).collect();
    let at = |one: &Extraction| progress(one.task.progress(now), one.outcome.is_err(), language);
    let shown: Vec<Value> =
        own.iter().map(|one| json!({ "id": one.task.id.as_str(), "file": one.task.name, "status": at(one) })).collect();
    let rows = own.iter().map(|one| (one.task.name.clone(), format!("{} · {}", one.task.id, at(one)))).collect();
    let headline = language.pick("合同信息提取任务", "Searches for fields");
    Sight { headline, facts: Vec::new(), rows, json: as_json(&[], &shown) }
}

/// What can be searched, and the way to: files that were named, else any that was uploaded before.
pub(super) fn blank(
    world: &World,
    company: &OrganizationId,
    named: &[String],
    now: Timestamp,
    language: Language,
) -> (Sight, Vec<Form>) {
    let mut rows = files::usable(world, company, EXTENSIONS, now);
    if !named.is_empty() {
        rows.retain(|(id, _)| named.contains(id));
    }
    let known: Vec<_> = rows.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
    let body = json!({ "file": "<file>", "fields": "<name>\n<name>|DATE" });
    let json = json!({ "files": known, "actions": [{ "action": "extract", "body": body }] });
    let file = ("file", language.pick("文件资源ID", "Id of a file"));
    let fields = ("fields", language.pick("字段（每行一个）", "Fields, a line each"));
    let button = language.pick("开始提取", "Search it");
    let form = Form { action: "extract", about: None, fields: vec![file, fields], button };
    let headline = language.pick("新建合同信息提取", "Search a file for fields");
    (Sight { headline, facts: Vec::new(), rows, json }, vec![form])
}
