//! Checklists in the words of the service, and back.

use ess_schemas::ess::{ChecklistCategory, ChecklistPoint};

use crate::domain::intelligence::review::checklist::{Category, Level, Point, Side};
use crate::domain::refusal::Refusal;

/// A group of points as somebody wants it. `keeps` says which ids of points stay theirs.
///
/// # Errors
/// A level that does not exist.
pub(super) fn category(wanted: ChecklistCategory, keeps: impl Fn(&str) -> bool) -> Result<Category, Refusal> {
    let points = wanted.points.unwrap_or_default().into_iter().map(|wanted| point(wanted, &keeps));
    Ok(Category { name: wanted.name, points: points.collect::<Result<_, _>>()? })
}

fn point(wanted: ChecklistPoint, keeps: impl Fn(&str) -> bool) -> Result<Point, Refusal> {
    Ok(Point {
        id: wanted.id.filter(|id| keeps(id)).unwrap_or_default(),
        level: Level::from_wire(&wanted.risk_level)?,
        summary: wanted.summary,
        explanation: wanted.explanation,
        indispensable: wanted.is_indispensable.unwrap_or(false),
        as_reference: wanted.is_consistent_with_reference_item.unwrap_or(false),
        reference: wanted.reference_item.unwrap_or_default(),
        suggestion: wanted.suggestion.unwrap_or_default(),
        ai_suggestion: wanted.ai_suggestion.unwrap_or_default(),
        labels: wanted.risk_presentation.unwrap_or_default(),
        side: Side::Everybody,
    })
}

/// A group of points as it is told.
pub(super) fn told(category: &Category) -> ChecklistCategory {
    ChecklistCategory { name: category.name.clone(), points: Some(category.points.iter().map(told_point).collect()) }
}

fn told_point(point: &Point) -> ChecklistPoint {
    ChecklistPoint {
        id: Some(point.id.clone()),
        summary: point.summary.clone(),
        explanation: point.explanation.clone(),
        risk_level: point.level.wire().to_owned(),
        is_indispensable: Some(point.indispensable),
        is_consistent_with_reference_item: Some(point.as_reference),
        reference_item: Some(point.reference.clone()),
        suggestion: Some(point.suggestion.clone()),
        ai_suggestion: Some(point.ai_suggestion.clone()),
        risk_presentation: Some(point.labels.clone()),
    }
}
