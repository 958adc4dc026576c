//! Reviews in the words of the service.

use ess_schemas::ess::{
    ContractSummary, ContractSummaryInfo, Identity, OutputReference, OutputRisk, PositionInfo, ReferenceExcerpt,
    RiskIdentificationRoleInfo,
};

use crate::domain::intelligence::review::judging::{Excerpt, Passed, Risk, Role};
use crate::domain::intelligence::review::summary::Summary;
use crate::domain::intelligence::review::task::{Item, Mark, Report, Review};
use crate::domain::intelligence::timing::Progress;
use crate::domain::time::Timestamp;
use crate::engine::world::World;

/// `Status` of a review (`api DescribeContractReviewTask`).
pub(super) fn status(review: &Review, now: Timestamp) -> i64 {
    match review.task.progress(now) {
        Progress::Created => 1,
        Progress::Queued => 2,
        Progress::Running => 3,
        Progress::Ended if review.outcome.is_ok() => 4,
        Progress::Ended => 5,
    }
}

/// A role somebody wants.
pub(super) fn role(wanted: &RiskIdentificationRoleInfo) -> Role {
    Role { name: wanted.name.clone().unwrap_or_default(), description: wanted.description.clone().unwrap_or_default() }
}

/// A role as it is told.
pub(super) fn told_role(role: &Role) -> RiskIdentificationRoleInfo {
    RiskIdentificationRoleInfo { name: Some(role.name.clone()), description: Some(role.description.clone()) }
}

/// A risk; those a review found came about when it ended.
pub(super) fn risk(item: &Item<Risk>, ended_at: Timestamp, world: &World) -> OutputRisk {
    let risk = &item.what;
    let creator = item.by.as_ref().and_then(|(user, _)| world.directory.employees.get(user.as_str()));
    let clause: Vec<&str> = risk.clause.iter().map(|excerpt| excerpt.content.as_str()).collect();
    OutputRisk {
        risk_id: Some(item.id.clone()),
        risk_name: Some(risk.name.clone()),
        risk_description: Some(risk.description.clone()),
        risk_level: Some(risk.level.alias().to_owned()),
        risk_advice: Some(risk.advice.clone()),
        risk_presentation: Some(risk.presentation.clone()),
        content: Some(clause.join("\n")),
        positions: Some(risk.clause.iter().map(position).collect()),
        is_mark: Some(matches!(item.mark, Mark::Revised(_))),
        is_ignore: Some(matches!(item.mark, Mark::Ignored(_))),
        risk_basis: Some(risk.basis.clone()),
        risk_level_id: Some(risk.level.number()),
        risk_labels: Some(risk.labels.clone()),
        risk_origin: Some(i64::from(item.by.is_some())),
        creator: Some(creator.map(|user| user.name.clone()).unwrap_or_default()),
        creator_id: Some(item.by.as_ref().map(|(user, _)| user.to_string()).unwrap_or_default()),
        created_on: Some(item.by.as_ref().map_or(ended_at, |(_, at)| *at).seconds()),
        risk_level_alias_name: Some(risk.level.wire().to_owned()),
    }
}

/// A point that holds. Where text flows, there is no position to tell (`ex DescribeContractReviewTask`).
pub(super) fn passed(item: &Item<Passed>) -> OutputReference {
    let passed = &item.what;
    let excerpts = passed.excerpts.iter().map(|excerpt| ReferenceExcerpt {
        content: Some(excerpt.content.clone()),
        position: excerpt.area.is_some().then(|| position(excerpt)),
    });
    OutputReference {
        risk_id: Some(item.id.clone()),
        risk_name: Some(passed.name.clone()),
        risk_description: Some(passed.description.clone()),
        category_name: Some(passed.category.clone()),
        risk_basis: Some(passed.basis.clone()),
        excerpts: Some(excerpts.collect()),
    }
}

/// Where a piece of the text stands. Text that flows has no place on a page: a Word file's (`DocType` 2). The id is made of where it
/// is (ASSUMED).
fn position(excerpt: &Excerpt) -> PositionInfo {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let side = |side: fn(&crate::documents::Area) -> f64| Some(excerpt.area.as_ref().map_or(0.0, side));
    PositionInfo {
        x: side(|area| area.x),
        y: side(|area| area.y),
        width: side(|area| area.width),
        height: side(|area| area.height),
        page_index: Some(count(excerpt.page.saturating_sub(1))),
        id: Some(format!("{}-{}-{}", excerpt.page, excerpt.begin, excerpt.end)),
        begin: Some(count(excerpt.begin)),
        end: Some(count(excerpt.end)),
        doc_type: Some(if excerpt.area.is_some() { 1 } else { 2 }),
    }
}

/// What else was read, by the kinds the service has (`api ContractSummary`). What is known of a party is what the world knows of a
/// company of that name.
pub(super) fn summaries(report: &Report, world: &World) -> Vec<ContractSummary> {
    let Summary { first_line, parties, amounts, days } = &report.summary;
    let info = |key: &str, value: &str, identity| ContractSummaryInfo {
        key: Some(key.to_owned()),
        value: Some(value.to_owned()),
        identity,
    };
    let base = vec![info("合同名称", first_line, None)];
    let parties = parties.iter().map(|(kind, name)| info(kind, name, identity(name, world))).collect();
    let amounts = amounts.iter().map(|amount| info("合同金额", amount, None));
    let performance = amounts.chain(days.iter().map(|day| info("日期", day, None))).collect();
    let kinds = [("Base", base), ("Identity", parties), ("Performance", performance)];
    kinds.into_iter().map(|(name, infos)| ContractSummary { name: Some(name.to_owned()), infos: Some(infos) }).collect()
}

fn identity(name: &str, world: &World) -> Option<Identity> {
    let company = world.directory.organizations.iter().find(|company| company.name == name)?;
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(Identity {
        ent_name: Some(company.name.clone()),
        credit_code: known(&company.credit_code),
        legal_rep_name: known(company.legal_person()),
        reg_address: known(&company.address),
        ..Identity::default()
    })
}
