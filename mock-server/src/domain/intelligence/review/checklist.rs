//! Checklists: what a company wants every contract to be looked at for (`api ImportContractReviewChecklist`).

use crate::domain::ids::{ChecklistId, OrganizationId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::register::Registered;
use crate::domain::time::Timestamp;

/// The most points of a checklist. ASSUMED: nothing is said; it keeps a review short.
pub const POINTS: usize = 500;

/// A checklist (审查清单).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Checklist {
    /// Its id.
    pub id: ChecklistId,
    /// Whose it is; the vendor's own when nobody's.
    pub organization: Option<OrganizationId>,
    /// What it is called.
    pub name: String,
    /// Whether it is used where none is named.
    pub enabled: bool,
    /// Its points, in groups.
    pub categories: Vec<Category>,
    /// Who changed it last.
    pub updater: Option<UserId>,
    /// When.
    pub updated_at: Timestamp,
}

impl Registered for Checklist {
    type Id = ChecklistId;
    fn id(&self) -> &ChecklistId {
        &self.id
    }
}

/// A group of points.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Category {
    /// What it is called.
    pub name: String,
    /// Its points.
    pub points: Vec<Point>,
}

/// A point (审查点): one thing to look for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Point {
    /// Its id.
    pub id: String,
    /// What it is called, which is what is looked for.
    pub summary: String,
    /// What it is about.
    pub explanation: String,
    /// How bad it is when it does not hold.
    pub level: Level,
    /// Whether the contract must say something of it.
    pub indispensable: bool,
    /// Whether the contract must say it as the reference does.
    pub as_reference: bool,
    /// How a contract should put it.
    pub reference: String,
    /// What to do about it, as it stands.
    pub suggestion: String,
    /// What to do about it, for whoever writes advice.
    pub ai_suggestion: String,
    /// Labels of the risk.
    pub labels: Vec<String>,
    /// Whom it concerns; everybody but in the vendor's own list.
    #[serde(default)]
    pub side: Side,
}

/// How bad it is when a point does not hold (`api ChecklistPoint.RiskLevel`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 一般风险
    Low,
    /// 中风险
    Middle,
    /// 高风险
    High,
}

impl Level {
    /// The level of this name. ASSUMED: no others, although the text says "in general".
    ///
    /// # Errors
    /// There is none.
    pub fn from_wire(word: &str) -> Result<Self, Refusal> {
        let found = [Self::High, Self::Middle, Self::Low].into_iter().find(|level| level.wire() == word);
        found.ok_or_else(|| Refusal::ParameterInvalid {
            field: "RiskLevel",
            detail: format!("`{word}` is none of 高风险, 中风险 and 一般风险"),
        })
    }

    /// Its name.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::High => "高风险",
            Self::Middle => "中风险",
            Self::Low => "一般风险",
        }
    }

    /// `OutputRisk.RiskLevel`.
    #[must_use]
    pub fn alias(self) -> &'static str {
        if self == Self::High { "HIGH" } else { "NORMAL" }
    }

    /// `OutputRisk.RiskLevelId`: 1 is the highest, then from 2 on ever lower, 0 the lowest.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::High => 1,
            Self::Middle => 2,
            Self::Low => 0,
        }
    }
}

/// Whom a point concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Everybody.
    #[default]
    Everybody,
    /// Whoever pays.
    Paying,
    /// Whoever is paid.
    Paid,
}

impl Checklist {
    /// Its points, each with the name of its group.
    pub fn points(&self) -> impl Iterator<Item = (&str, &Point)> {
        self.categories.iter().flat_map(|category| category.points.iter().map(|point| (category.name.as_str(), point)))
    }

    /// Whether a company may use it: its own, or the vendor's.
    #[must_use]
    pub fn is_open_to(&self, company: &OrganizationId) -> bool {
        self.organization.as_ref().is_none_or(|owner| owner == company)
    }

    /// Refuses one that nobody could work with.
    ///
    /// # Errors
    /// It has no name or no groups, one of these or of their points has none, or there are too many points.
    pub fn check(&self) -> Result<(), Refusal> {
        let blank = |text: &str| text.trim().is_empty();
        let missing = |field| Err(Refusal::ParameterMissing { field });
        if blank(&self.name) {
            return missing("Name");
        }
        if self.categories.is_empty() {
            return missing("Categories");
        }
        if self.categories.iter().any(|category| blank(&category.name)) {
            return missing("Categories.Name");
        }
        for (_, point) in self.points() {
            if blank(&point.summary) {
                return missing("Categories.Points.Summary");
            }
            if blank(&point.explanation) {
                return missing("Categories.Points.Explanation");
            }
            if point.as_reference && blank(&point.reference) {
                return missing("Categories.Points.ReferenceItem");
            }
        }
        let points = self.points().count();
        if points > POINTS {
            let detail = format!("{points} points, {POINTS} at most");
            return Err(Refusal::ParameterInvalid { field: "Categories", detail });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::general;
    use super::*;

    #[test]
    fn a_list_is_taken_only_when_it_says_what_to_look_for() {
        let good = general();
        assert_eq!(good.check(), Ok(()));
        let spoilt = |spoil: &dyn Fn(&mut Checklist)| {
            let mut list = general();
            spoil(&mut list);
            list.check().unwrap_err()
        };
        let missing = |field| Refusal::ParameterMissing { field };
        assert_eq!(spoilt(&|list| list.name = " ".into()), missing("Name"));
        assert_eq!(spoilt(&|list| list.categories.clear()), missing("Categories"));
        assert_eq!(spoilt(&|list| list.categories[0].name.clear()), missing("Categories.Name"));
        let point = |list: &mut Checklist| list.categories[0].points[0].clone();
        assert_eq!(spoilt(&|list| list.categories[0].points[0].summary.clear()), missing("Categories.Points.Summary"));
        assert_eq!(
            spoilt(&|list| list.categories[0].points[0].as_reference = true),
            missing("Categories.Points.ReferenceItem")
        );
        let many = |list: &mut Checklist| list.categories[0].points = vec![point(list); POINTS + 1];
        assert!(matches!(spoilt(&many), Refusal::ParameterInvalid { field: "Categories", .. }));
    }

    /// `api OutputRisk`: 1 is the highest level, 0 the lowest.
    #[test]
    fn levels_have_the_vendors_words_and_numbers() {
        let wire = |level: Level| (level.wire(), level.alias(), level.number());
        assert_eq!(
            [Level::High, Level::Middle, Level::Low].map(wire),
            [("高风险", "HIGH", 1), ("中风险", "NORMAL", 2), ("一般风险", "NORMAL", 0)]
        );
        assert!(Level::from_wire("极高风险").is_err());
    }
}
