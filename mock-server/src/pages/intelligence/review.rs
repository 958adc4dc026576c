//! Pages of reviews: one that is to begin, what came of one, all of a company's.

use serde_json::{Value, json};

use super::{Fact, Form, Sight, as_json, progress};
use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::page::ReviewHides;
use crate::domain::intelligence::review::judging::Risk;
use crate::domain::intelligence::review::task::{Item, Mark, Review};
use crate::domain::time::Timestamp;
use crate::engine::world::World;
use crate::pages::words::Language;

/// The most reviews of a list.
const LISTED: usize = 100;

/// A page that asks for a file.
pub(super) fn blank(language: Language) -> (Sight, Vec<Form>) {
    let form = Form {
        action: "review",
        about: None,
        fields: vec![("file", language.pick("文件资源ID", "Id of an uploaded file"))],
        button: language.pick("开始审查", "Review it"),
    };
    let headline = language.pick("合同智能审查", "Review a contract");
    let json = json!({ "actions": [{ "action": "review", "body": { "file": "<file>" } }] });
    (Sight { headline, facts: Vec::new(), rows: Vec::new(), json }, vec![form])
}

/// What came of a review, or how far it is.
pub(super) fn sight(review: &Review, now: Timestamp, hides: ReviewHides, language: Language) -> (Sight, Vec<Form>) {
    let mut facts = vec![
        Fact::new("任务", "Task", review.task.id.to_string()),
        Fact::new("文件", "File", review.file.name.clone()),
        Fact::new("状态", "Status", progress(review.task.progress(now), review.outcome.is_err(), language).to_owned()),
    ];
    let ReviewHides { store, export, again, qr_code } = hides;
    let hidden = [(store, "store"), (export, "export"), (again, "again"), (qr_code, "qr_code")];
    let hidden: Vec<&str> = hidden.into_iter().filter(|(hidden, _)| *hidden).map(|(_, name)| name).collect();
    let Ok(report) = review.report(now) else {
        let json = with_more(as_json(&facts, &[]), &[("hides", json!(hidden))]);
        return (Sight { headline: headline(language), facts, rows: Vec::new(), json }, Vec::new());
    };
    facts.push(Fact::new("风险", "Risks", report.risks.len().to_string()));
    facts.push(Fact::new("通过项", "Passed", report.passed.len().to_string()));
    facts.extend(report.roles.iter().map(|role| Fact::new("审查角色", "Role", role.name.clone())));
    facts.extend(report.checklists.iter().map(|list| Fact::new("审查清单", "Checklist", list.to_string())));
    let risks = report.risks.iter().map(|item| risk_row(item, language));
    let passed = report.passed.iter().map(|item| (item.what.name.clone(), language.pick("通过", "holds").to_owned()));
    let rows = risks.chain(passed).collect();
    let shown: Vec<Value> = report.risks.iter().map(risk_json).collect();
    let actions = json!([
        { "action": "ignore", "body": { "about": "<risk>" } },
        { "action": "revise", "body": { "about": "<risk>" } },
        { "action": "restore", "body": { "about": "<risk>" } },
        { "action": "add", "body": { "name": "<name>", "advice": "<advice>", "level": "中风险" } },
    ]);
    let json = with_more(as_json(&facts, &shown), &[("hides", json!(hidden)), ("actions", actions)]);
    let mut forms: Vec<Form> = report.risks.iter().map(|item| risk_form(item, language)).collect();
    forms.push(Form {
        action: "add",
        about: None,
        fields: vec![("name", language.pick("风险名称", "Risk")), ("advice", language.pick("修改建议", "Advice"))],
        button: language.pick("新增风险", "Add a risk"),
    });
    (Sight { headline: headline(language), facts, rows, json }, forms)
}

/// The company's reviews, newest first.
pub(super) fn list(world: &World, company: &OrganizationId, now: Timestamp, language: Language) -> Sight {
    let reviews: Vec<_> = world.reviews_of(company).rev().take(LISTED).collect();
    let said = |review: &Review| progress(review.task.progress(now), review.outcome.is_err(), language);
    let shown: Vec<Value> = reviews
        .iter()
        .map(|review| json!({ "id": review.task.id.as_str(), "file": review.file.name, "status": said(review) }))
        .collect();
    let row = |review: &Review| (review.file.name.clone(), format!("{} · {}", said(review), review.task.id));
    Sight {
        headline: language.pick("审查记录", "Reviews"),
        facts: Vec::new(),
        rows: reviews.iter().map(|review| row(review)).collect(),
        json: as_json(&[], &shown),
    }
}

fn headline(language: Language) -> &'static str {
    language.pick("合同审查", "A review")
}

fn risk_row(item: &Item<Risk>, language: Language) -> (String, String) {
    let mark = match item.mark {
        Mark::None => "",
        Mark::Revised(_) => language.pick(" · 已修订", " · revised"),
        Mark::Ignored(_) => language.pick(" · 已忽略", " · ignored"),
    };
    (item.what.name.clone(), format!("{}{mark} · {}", item.what.level.wire(), item.what.advice))
}

fn risk_json(item: &Item<Risk>) -> Value {
    let mark = match item.mark {
        Mark::None => "none",
        Mark::Revised(_) => "revised",
        Mark::Ignored(_) => "ignored",
    };
    json!({ "id": item.id, "risk": item.what.name, "level": item.what.level.alias(), "mark": mark, "by_hand": item.by.is_some() })
}

/// The button at a risk: it is ignored, or taken seriously again.
fn risk_form(item: &Item<Risk>, language: Language) -> Form {
    let (action, chinese, english) = match item.mark {
        Mark::None => ("ignore", "忽略", "Ignore"),
        Mark::Revised(_) | Mark::Ignored(_) => ("restore", "恢复", "Restore"),
    };
    let button = language.pick(chinese, english);
    Form { action, about: Some(item.id.clone()), fields: Vec::new(), button }
}

fn with_more(mut json: Value, more: &[(&str, Value)]) -> Value {
    if let Value::Object(fields) = &mut json {
        fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    }
    json
}
