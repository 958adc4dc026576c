//! A table of risks people marked: those they ignore, those they say are wrong, and those they saw themselves
//! (`api ExportContractReviewMarkedRisk`).

use jiff::civil::Date;

use super::judging::Risk;
use super::task::{Feedback, Item, Mark, Opinion, Review};
use crate::domain::ids::{OrganizationId, TaskId};
use crate::domain::intelligence::timing::Timing;
use crate::domain::refusal::Refusal;
use crate::domain::register::Registered;
use crate::domain::time::{Timestamp, beijing};

/// The table's columns (ASSUMED).
const COLUMNS: [&str; 9] =
    ["审查任务ID", "文件名称", "风险名称", "风险等级", "风险描述", "修改建议", "标注类型", "反馈原因", "标注日期"];

/// A task that makes such a table, of the marks there were when it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct RiskExport {
    /// Its id.
    pub id: TaskId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// When it goes on.
    pub timing: Timing,
    /// The table; the first row names the columns.
    pub rows: Vec<Vec<String>>,
}

impl Registered for RiskExport {
    type Id = TaskId;
    fn id(&self) -> &TaskId {
        &self.id
    }
}

/// Days, on the vendor's calendar, both included (ASSUMED).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// Reads `2006-01-02` and `2006-02-01`.
    ///
    /// # Errors
    /// No days, or in the wrong order (ASSUMED).
    pub fn read(first: &str, last: &str) -> Result<Self, Refusal> {
        let day = |field, text: &str| {
            let detail = || format!("`{text}` is no day such as 2006-01-02");
            Date::strptime("%Y-%m-%d", text).map_err(|_| Refusal::ParameterInvalid { field, detail: detail() })
        };
        let (first, last) = (day("FromDate", first)?, day("ToDate", last)?);
        if first > last {
            let detail = format!("it is before FromDate, {first}");
            return Err(Refusal::ParameterInvalid { field: "ToDate", detail });
        }
        Ok(Self { first, last })
    }

    fn include(self, at: Timestamp) -> bool {
        (self.first..=self.last).contains(&beijing(at).date())
    }
}

/// The table of what was marked on these days, review by review.
pub fn table<'a>(reviews: impl Iterator<Item = &'a Review>, days: Days) -> Vec<Vec<String>> {
    let rows = reviews.flat_map(|review| {
        let risks = review.outcome.iter().flat_map(|report| &report.risks);
        risks.filter_map(move |risk| row(review, risk, days))
    });
    [columns()].into_iter().chain(rows).collect()
}

/// The first row.
#[must_use]
pub fn columns() -> Vec<String> {
    COLUMNS.map(str::to_owned).to_vec()
}

fn row(review: &Review, risk: &Item<Risk>, days: Days) -> Option<Vec<String>> {
    let (mark, at) = marked(risk).into_iter().rfind(|(_, at)| days.include(*at))?;
    let reason = risk.feedback.as_ref().map(|feedback| feedback.reason.clone()).unwrap_or_default();
    let what = &risk.what;
    Some(vec![
        review.task.id.to_string(),
        review.file.name.clone(),
        what.name.clone(),
        what.level.wire().to_owned(),
        what.description.clone(),
        what.advice.clone(),
        mark.to_owned(),
        reason,
        beijing(at).date().to_string(),
    ])
}

/// How a risk was marked, the strongest last.
fn marked(risk: &Item<Risk>) -> Vec<(&'static str, Timestamp)> {
    let by_hand = risk.by.as_ref().map(|(_, at)| ("人工标注", *at));
    let wrong = risk.feedback.as_ref().filter(|one| one.opinion != Opinion::Right);
    let wrong = wrong.map(|Feedback { at, .. }| ("标记错误", *at));
    let ignored = match risk.mark {
        Mark::Ignored(at) => Some(("忽略", at)),
        Mark::None | Mark::Revised(_) => None,
    };
    [by_hand, wrong, ignored].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{review, risk};
    use super::*;
    use crate::domain::samples::at;

    #[test]
    fn days_are_read_as_the_vendor_writes_them_and_in_order() {
        assert!(Days::read("2025-12-01", "2025-12-01").is_ok());
        for (first, last, field) in [
            ("20251201", "2025-12-01", "FromDate"),
            ("2025-12-01", "2025-12-32", "ToDate"),
            ("2025-12-02", "2025-12-01", "ToDate"),
        ] {
            let refused = Days::read(first, last).unwrap_err();
            assert!(matches!(refused, Refusal::ParameterInvalid { field: named, .. } if named == field), "{refused:?}");
        }
    }

    #[test]
    fn a_table_has_what_was_ignored_called_wrong_or_added_on_these_days_and_nothing_else() {
        let feedback = |opinion| Some(Feedback { opinion, reason: "因为".into(), at: at(0) });
        let item = |name: &str| Item::new(name.to_owned(), risk(name));
        let risks = vec![
            item("未标注"),
            Item { mark: Mark::Ignored(at(0)), ..item("忽略的") },
            Item { mark: Mark::Revised(at(0)), ..item("改过的") },
            Item { feedback: feedback(Opinion::Wrong), ..item("错的") },
            Item { feedback: feedback(Opinion::Right), ..item("对的") },
            Item { by: Some(("user".into(), at(0))), ..item("人工的") },
            Item { mark: Mark::Ignored(at(86_400)), ..item("次日忽略的") },
        ];
        let review = review(risks);

        let rows = table([&review].into_iter(), Days::read("2023-11-15", "2023-11-15").unwrap());

        let seen: Vec<[&str; 3]> = rows[1..].iter().map(|row| [2, 6, 7].map(|column| row[column].as_str())).collect();
        assert_eq!(seen, [["忽略的", "忽略", ""], ["错的", "标记错误", "因为"], ["人工的", "人工标注", ""]]);
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    }
}
