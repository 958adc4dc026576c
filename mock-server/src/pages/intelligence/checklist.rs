//! Pages of checklists: one that is to be made, one, all of a company's.

use serde_json::{Value, json};

use super::{Fact, Form, Sight, as_json};
use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::review::checklist::Checklist;
use crate::engine::world::World;
use crate::pages::words::Language;

/// A page where a list is made: its name, and a line to a point.
pub(super) fn blank(language: Language) -> (Sight, Vec<Form>) {
    let headline = language.pick("新建审查清单", "Make a checklist");
    let json = json!({ "actions": [creation()] });
    (Sight { headline, facts: Vec::new(), rows: Vec::new(), json }, vec![form(language)])
}

/// A list.
pub(super) fn sight(list: &Checklist, language: Language) -> Sight {
    let facts = vec![
        Fact::new("清单", "Checklist", list.id.to_string()),
        Fact::new("名称", "Name", list.name.clone()),
        Fact::new("状态", "Status", standing(list, language).to_owned()),
    ];
    let row = |(category, point): (&str, &crate::domain::intelligence::review::checklist::Point)| {
        (point.summary.clone(), format!("{category} · {}", point.level.wire()))
    };
    let shown: Vec<Value> = list
        .points()
        .map(|(category, point)| json!({ "category": category, "point": point.summary, "level": point.level.wire() }))
        .collect();
    let json = as_json(&facts, &shown);
    Sight {
        headline: language.pick("审查清单", "A checklist"), facts, rows: list.points().map(row).collect(), json
    }
}

/// The company's lists, oldest first, and, unless that is hidden, the way to make one.
pub(super) fn list(world: &World, company: &OrganizationId, hidden: bool, language: Language) -> (Sight, Vec<Form>) {
    let lists = world.checklists_of(company);
    let shown: Vec<Value> = lists
        .iter()
        .map(|list| json!({ "id": list.id.as_str(), "name": list.name, "enabled": list.enabled }))
        .collect();
    let mut json = as_json(&[], &shown);
    if !hidden {
        json["actions"] = json!([creation()]);
    }
    let rows = lists.iter().map(|list| (list.name.clone(), format!("{} · {}", standing(list, language), list.id)));
    let sight =
        Sight {
            headline: language.pick("审查清单列表", "Checklists"), facts: Vec::new(), rows: rows.collect(), json
        };
    (sight, (!hidden).then(|| form(language)).into_iter().collect())
}

fn form(language: Language) -> Form {
    Form {
        action: "create",
        about: None,
        fields: vec![
            ("name", language.pick("清单名称", "Name")),
            ("points", language.pick("审查点（每行一个）", "Points, a line each")),
        ],
        button: language.pick("保存", "Save"),
    }
}

fn creation() -> Value {
    json!({ "action": "create", "body": { "name": "<name>", "points": "<points>" } })
}

fn standing(list: &Checklist, language: Language) -> &'static str {
    if list.enabled { language.pick("已启用", "enabled") } else { language.pick("已停用", "disabled") }
}
