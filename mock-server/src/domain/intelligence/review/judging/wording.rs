//! What a review says: how its findings are called, and what to do about them. ASSUMED, but for the words of the vendor's own list.

use super::Policy;
use crate::domain::intelligence::review::checklist::{Checklist, Point};

/// What is wrong with a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    Missing,
    Deviates,
    Blank,
}

/// As the vendor puts it for its own lists (`ex DescribeContractReviewTask`); for a company's own ASSUMED, alike.
pub(super) fn basis(list: &Checklist, category: &str) -> String {
    let whose = if list.organization.is_none() { "系统" } else { "企业" };
    format!("【{}】{{{category}}}, {whose}审查要求。", list.name)
}

/// What a company has settled for the point goes before anything else (`api ChecklistPoint.Suggestion`).
pub(super) fn advice(point: &Point, breach: Breach, aim: &str) -> String {
    if !point.suggestion.is_empty() {
        return point.suggestion.clone();
    }
    let mut advice = format!("建议{}「{}」条款，{aim}", breach.remedy(), point.summary);
    if !point.ai_suggestion.is_empty() {
        advice.push('；');
        advice.push_str(&point.ai_suggestion);
    }
    if !point.reference.is_empty() {
        advice.push_str("；可参考：「");
        advice.push_str(&point.reference);
        advice.push('」');
    }
    advice.push('。');
    advice
}

impl Breach {
    /// What comes behind the point's name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Missing => "缺失",
            Self::Deviates => "与参考条款不一致",
            Self::Blank => "未填写完整",
        }
    }

    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Missing => "条款缺失",
            Self::Deviates => "不符合清单要求",
            Self::Blank => "内容未填写",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Missing => "补充",
            Self::Deviates => "修改",
            Self::Blank => "填写",
        }
    }
}

impl Policy {
    /// What advice is to bring about.
    pub(super) fn aim(self, role: &str) -> String {
        match self {
            Self::Strict => format!("以维护{role}的利益"),
            Self::Neutral => "以平衡双方的权利义务".to_owned(),
            Self::Lenient => "以尽快达成合作".to_owned(),
        }
    }
}
