//! The vendor's own checklist. Its name and the beginning of what it cites are shown (`ex DescribeContractReviewTask`); its points are
//! ASSUMED: clauses every contract of business has, and some that only whoever pays, or is paid, cares for.

use super::checklist::{Category, Checklist, Level, Point, Side};
use crate::domain::time::Timestamp;

/// Its id, the same in every world.
pub const GENERAL: &str = "yDgenUUckpreviewUGeneralCheckLis";

/// A group: its name, and its points by words, level, side, whether a contract must have it, and what it is about.
type Group = (&'static str, &'static [(&'static str, Level, Side, bool, &'static str)]);

const GROUPS: &[Group] = &[
    (
        "合同主体审查",
        &[
            ("甲方、买方、委托方、承租方", Level::High, Side::Everybody, true, "合同应当写明付款一方的名称。"),
            ("乙方、卖方、受托方、出租方", Level::High, Side::Everybody, true, "合同应当写明收款一方的名称。"),
        ],
    ),
    (
        "价款与履行审查",
        &[
            ("金额、价款、费用、租金", Level::High, Side::Everybody, true, "合同应当写明价款及其计算方式。"),
            ("付款、支付", Level::Middle, Side::Everybody, true, "合同应当写明付款的时间、方式与条件。"),
            ("逾期付款、滞纳金、延期付款", Level::Middle, Side::Paid, true, "收款一方应当约定逾期付款的责任。"),
            ("验收", Level::Middle, Side::Paying, true, "付款一方应当约定验收的标准与期限。"),
            ("质保、保修、质量", Level::Low, Side::Paying, true, "付款一方应当约定质量标准与质保期。"),
            ("期限、有效期", Level::Middle, Side::Everybody, true, "合同应当写明履行期限。"),
        ],
    ),
    (
        "风险与争议审查",
        &[
            ("违约", Level::High, Side::Everybody, true, "合同应当约定违约责任。"),
            ("解除、终止", Level::Middle, Side::Everybody, true, "合同应当约定解除与终止的条件。"),
            ("保密", Level::Low, Side::Everybody, true, "合同应当约定保密义务。"),
            ("不可抗力", Level::Low, Side::Everybody, true, "合同应当约定不可抗力的处理方式。"),
            ("争议、仲裁、诉讼", Level::Middle, Side::Everybody, true, "合同应当约定争议的解决方式与管辖。"),
            ("知识产权", Level::Low, Side::Everybody, false, "涉及成果时，合同应当约定知识产权的归属。"),
        ],
    ),
];

/// The list.
#[must_use]
pub fn general() -> Checklist {
    let categories = GROUPS.iter().zip(1..).map(|((name, points), group)| Category {
        name: (*name).to_owned(),
        points: points.iter().zip(1..).map(|(row, number)| point(group, number, *row)).collect(),
    });
    Checklist {
        id: GENERAL.into(),
        organization: None,
        name: "通用商业合同审查清单".to_owned(),
        enabled: true,
        categories: categories.collect(),
        updater: None,
        updated_at: Timestamp::default(),
    }
}

fn point(
    group: usize,
    number: usize,
    (summary, level, side, indispensable, explanation): (&str, Level, Side, bool, &str),
) -> Point {
    Point {
        id: format!("yDgenUUckppoint0UGeneral00000{group}{number:02}"),
        summary: summary.to_owned(),
        explanation: explanation.to_owned(),
        level,
        indispensable,
        as_reference: false,
        reference: String::new(),
        suggestion: String::new(),
        ai_suggestion: String::new(),
        labels: Vec::new(),
        side,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_point_has_an_id_of_the_vendors_length_to_itself() {
        let list = general();
        let ids: BTreeSet<&str> = list.points().map(|(_, point)| point.id.as_str()).collect();
        assert_eq!(ids.len(), list.points().count());
        assert!(ids.iter().chain([&GENERAL]).all(|id| id.len() == 32), "{ids:?}");
    }
}
