//! What came of a comparison.

use serde_json::json;

use super::{Fact, Form, Sight, as_json, files, progress};
use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::comparison::{Comparison, EXTENSIONS};
use crate::domain::intelligence::difference::{Change, Difference};
use crate::domain::intelligence::timing::Progress;
use crate::domain::time::Timestamp;
use crate::engine::world::World;
use crate::pages::words::Language;

pub(super) fn sight(comparison: &Comparison, now: Timestamp, language: Language) -> Sight {
    let (task, at) = (&comparison.task, comparison.task.progress(now));
    let failed = comparison.outcome.as_ref().err();
    let mut facts = vec![
        Fact::new("任务", "Task", task.id.to_string()),
        Fact::new("文件", "File", task.name.clone()),
        Fact::new("状态", "Status", progress(at, failed.is_some(), language).to_owned()),
    ];
    if !comparison.comment.is_empty() {
        facts.push(Fact::new("备注", "Comment", comparison.comment.clone()));
    }
    // Nothing is told before the end.
    let found: &[(String, Difference)] = if at == Progress::Ended { comparison.differences() } else { &[] };
    if at == Progress::Ended {
        let told = match failed {
            Some(failed) => failed.message.clone(),
            None => found.len().to_string(),
        };
        facts.push(Fact::new("差异", "Differences", told));
    }
    let shown = |(id, one): &(String, Difference)| json!({ "id": id, "change": word(one.change, Language::English), "page": one.page, "original": one.original, "newer": one.newer });
    let json = as_json(&facts, &found.iter().map(shown).collect::<Vec<_>>());
    let rows = found.iter().map(|(_, one)| row(one, language)).collect();
    Sight { headline: language.pick("合同对比", "A comparison"), facts, rows, json }
}

fn row(one: &Difference, language: Language) -> (String, String) {
    let page = match language {
        Language::Chinese => format!("第{}页", one.page),
        Language::English => format!("page {}", one.page),
    };
    let text = match one.change {
        Change::Added => one.newer.clone(),
        Change::Changed => format!("{} → {}", one.original, one.newer),
        Change::Deleted => one.original.clone(),
    };
    (text, format!("{} · {page}", word(one.change, language)))
}

fn word(change: Change, language: Language) -> &'static str {
    match change {
        Change::Added => language.pick("新增", "added"),
        Change::Changed => language.pick("变更", "changed"),
        Change::Deleted => language.pick("删除", "deleted"),
    }
}

/// What can be compared, and the way to.
pub(super) fn blank(world: &World, company: &OrganizationId, now: Timestamp, language: Language) -> (Sight, Vec<Form>) {
    let rows = files::usable(world, company, EXTENSIONS, now);
    let known: Vec<_> = rows.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
    let body = json!({ "original": "<file>", "newer": "<file>" });
    let json = json!({ "files": known, "actions": [{ "action": "compare", "body": body }] });
    let original = ("original", language.pick("原版文件资源ID", "Id of the older file"));
    let newer = ("newer", language.pick("新版文件资源ID", "Id of the newer file"));
    let button = language.pick("开始对比", "Compare them");
    let form = Form { action: "compare", about: None, fields: vec![original, newer], button };
    (Sight { headline: language.pick("新建合同对比", "Compare two files"), facts: Vec::new(), rows, json }, vec![form])
}
