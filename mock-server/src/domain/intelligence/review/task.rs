//! A review of one file, from its beginning to its end.
//!
//! The lists are those of the moment it was asked for. What people say of what it found, and add to it, comes after its end.

use std::sync::Arc;

use super::judging::{Passed, Policy, Risk, Role};
use super::summary::Summary;
use crate::domain::file::UploadedFile;
use crate::domain::ids::{ChecklistId, TaskId, UserId};
use crate::domain::intelligence::timing::Progress;
use crate::domain::intelligence::{Outcome, Task};
use crate::domain::refusal::Refusal;
use crate::domain::register::Registered;
use crate::domain::time::Timestamp;

/// Risks people may add to one review (ASSUMED).
pub const BY_HAND: usize = 200;

/// A review (合同审查任务).
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Review {
    /// What every task has.
    pub task: Task,
    /// The file, as it was.
    pub file: Arc<UploadedFile>,
    /// What was asked for.
    pub wanted: Wanted,
    /// What comes of it.
    pub outcome: Outcome<Report>,
}

impl Registered for Review {
    type Id = TaskId;
    fn id(&self) -> &TaskId {
        &self.task.id
    }
}

/// What somebody asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Wanted {
    /// The lists named, in order; one is chosen when there are none.
    pub checklists: Vec<ChecklistId>,
    /// In whose interest; the party the contract names first when there are none.
    pub roles: Vec<Role>,
    /// How strictly.
    pub policy: Policy,
    /// Whether the vendor's own list is added.
    pub general: bool,
    /// A note.
    pub comment: String,
}

impl Wanted {
    /// What is wanted when nothing is said: as strictly as can be, with the vendor's own list (`api CreateBatchContractReviewTask`).
    #[must_use]
    pub fn usual() -> Self {
        Self { general: true, ..Self::default() }
    }
}

/// What a review comes to.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Report {
    /// The lists it went by.
    pub checklists: Vec<ChecklistId>,
    /// In whose interest it was.
    pub roles: Vec<Role>,
    /// What is wrong; what people added comes last.
    pub risks: Vec<Item<Risk>>,
    /// What holds.
    pub passed: Vec<Item<Passed>>,
    /// What else was read.
    pub summary: Summary,
}

/// Something found, and what people said of it.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Item<T> {
    /// Its id.
    pub id: String,
    /// What.
    pub what: T,
    /// What was said of it.
    pub feedback: Option<Feedback>,
    /// What was done about it on the page.
    #[serde(default)]
    pub mark: Mark,
    /// Who put it there; nobody when the review found it.
    #[serde(default)]
    pub by: Option<(UserId, Timestamp)>,
}

/// What was done about a risk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// The contract was changed because of it.
    Revised(Timestamp),
    /// It is no risk to this company.
    Ignored(Timestamp),
}

/// What somebody says of something found (`api CreateRiskIdentificationTaskFeedback`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Feedback {
    /// How good it is.
    pub opinion: Opinion,
    /// Why.
    pub reason: String,
    /// When it was said.
    pub at: Timestamp,
}

/// How good something found is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// 1
    OtherwiseWrong,
    /// 2
    Wrong,
    /// 3
    Right,
}

impl Opinion {
    /// The one of this number.
    #[must_use]
    pub fn from_wire(number: i64) -> Option<Self> {
        [Self::OtherwiseWrong, Self::Wrong, Self::Right].into_iter().find(|one| one.wire() == number)
    }

    /// Its number.
    #[must_use]
    pub fn wire(self) -> i64 {
        match self {
            Self::OtherwiseWrong => 1,
            Self::Wrong => 2,
            Self::Right => 3,
        }
    }
}

impl Review {
    /// What it has come to.
    ///
    /// # Errors
    /// It has not ended, or has failed.
    pub fn report(&self, now: Timestamp) -> Result<&Report, Refusal> {
        let done = self.outcome.as_ref().ok().filter(|_| self.task.progress(now) == Progress::Ended);
        done.ok_or_else(|| Refusal::ReviewNotDone { task: self.task.id.to_string() })
    }

    /// Whether it has found this.
    #[must_use]
    pub fn has_found(&self, item: &str, now: Timestamp) -> bool {
        let has = |report: &Report| {
            report.risks.iter().any(|one| one.id == item) || report.passed.iter().any(|one| one.id == item)
        };
        self.report(now).is_ok_and(has)
    }

    /// Takes down what somebody says of something it found.
    ///
    /// # Errors
    /// It has not ended, or found no such thing.
    pub fn hear(&mut self, item: &str, feedback: Feedback, now: Timestamp) -> Result<(), Refusal> {
        let report = self.report_mut(now)?;
        let risks = report.risks.iter_mut().map(|one| (&one.id, &mut one.feedback));
        let passed = report.passed.iter_mut().map(|one| (&one.id, &mut one.feedback));
        let mut all = risks.chain(passed);
        let (_, place) = all.find(|(id, _)| *id == item).ok_or_else(|| risk_unknown(item))?;
        *place = Some(feedback);
        Ok(())
    }

    /// Marks a risk.
    ///
    /// # Errors
    /// It has not ended, or found no such risk.
    pub fn mark(&mut self, risk: &str, mark: Mark, now: Timestamp) -> Result<(), Refusal> {
        let risks = &mut self.report_mut(now)?.risks;
        risks.iter_mut().find(|one| one.id == risk).ok_or_else(|| risk_unknown(risk))?.mark = mark;
        Ok(())
    }

    /// Takes in a risk somebody saw.
    ///
    /// # Errors
    /// It has not ended, or has too many of these.
    pub fn annotate(&mut self, id: String, risk: Risk, by: UserId, now: Timestamp) -> Result<(), Refusal> {
        let risks = &mut self.report_mut(now)?.risks;
        if risks.iter().filter(|one| one.by.is_some()).count() >= BY_HAND {
            let detail = format!("{BY_HAND} risks by hand at most");
            return Err(Refusal::ParameterInvalid { field: "risk", detail });
        }
        risks.push(Item { by: Some((by, now)), ..Item::new(id, risk) });
        Ok(())
    }

    fn report_mut(&mut self, now: Timestamp) -> Result<&mut Report, Refusal> {
        self.report(now)?;
        let not_done = Refusal::ReviewNotDone { task: self.task.id.to_string() };
        self.outcome.as_mut().map_err(|_| not_done)
    }
}

fn risk_unknown(risk: &str) -> Refusal {
    Refusal::RiskUnknown { risk: risk.to_owned() }
}

impl<T> Item<T> {
    /// Something found.
    pub fn new(id: String, what: T) -> Self {
        Self { id, what, feedback: None, mark: Mark::None, by: None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{review, risk};
    use super::*;
    use crate::domain::intelligence::Failed;
    use crate::domain::intelligence::timing::Timing;
    use crate::domain::samples::at;

    /// A review that ends ten seconds after the beginning, with one risk.
    fn running() -> Review {
        let mut review = review(vec![Item::new("one".into(), risk("缺失"))]);
        review.task.timing = Timing { created_at: at(0), ends_at: at(10) };
        review
    }

    fn feedback(opinion: Opinion) -> Feedback {
        Feedback { opinion, reason: String::new(), at: at(10) }
    }

    #[test]
    fn nothing_is_said_of_a_review_before_it_has_come_to_something() {
        let not_done = Err(Refusal::ReviewNotDone { task: "review".into() });
        let mut early = running();
        assert_eq!(early.hear("one", feedback(Opinion::Right), at(9)), not_done);
        assert_eq!(early.mark("one", Mark::Ignored(at(9)), at(9)), not_done);
        assert_eq!(early.annotate("two".into(), risk("人工"), "user".into(), at(9)), not_done);
        assert_eq!(early, running(), "a refused step leaves no trace");
        assert!(!early.has_found("one", at(9)) && early.has_found("one", at(10)));
        let mut failed = Review { outcome: Err(Failed::unreadable("合同.pdf")), ..running() };
        assert_eq!(failed.hear("one", feedback(Opinion::Right), at(10)), not_done);
    }

    #[test]
    fn only_what_was_found_is_spoken_of() {
        let mut review = running();
        let unknown = Err(Refusal::RiskUnknown { risk: "other".into() });
        assert_eq!(review.hear("other", feedback(Opinion::Wrong), at(10)), unknown);
        assert_eq!(review.mark("other", Mark::Ignored(at(10)), at(10)), unknown);
    }

    #[test]
    fn people_add_so_many_risks_and_no_more() {
        let mut review = running();
        for number in 0..BY_HAND {
            review.annotate(number.to_string(), risk("人工"), "user".into(), at(10)).unwrap();
        }
        let refused = review.annotate("more".into(), risk("人工"), "user".into(), at(10)).unwrap_err();
        assert!(matches!(refused, Refusal::ParameterInvalid { .. }), "{refused:?}");
    }

    /// What somebody does to a finished review.
    #[derive(Clone, Debug)]
    enum Deed {
        Say(usize, Opinion),
        Mark(usize, Mark),
        Add,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let opinion = prop_oneof![Just(Opinion::OtherwiseWrong), Just(Opinion::Wrong), Just(Opinion::Right)];
        let mark = prop_oneof![Just(Mark::None), Just(Mark::Ignored(at(10))), Just(Mark::Revised(at(10)))];
        prop_oneof![
            (0..4_usize, opinion).prop_map(|(one, opinion)| Deed::Say(one, opinion)),
            (0..4_usize, mark).prop_map(|(one, mark)| Deed::Mark(one, mark)),
            Just(Deed::Add),
        ]
    }

    proptest! {
        /// Whatever people do, in whatever order: nothing found is lost or changed, the last word on each counts, and nobody is
        /// heard on what is not there.
        #[test]
        fn the_last_word_on_each_finding_counts(deeds in proptest::collection::vec(deed(), 0..20)) {
            let mut review = running();
            let mut expected: Vec<(Option<Opinion>, Mark)> = vec![(None, Mark::None)];
            let id = |place: usize| if place == 0 { "one".to_owned() } else { format!("added-{place}") };
            for deed in deeds {
                match deed {
                    Deed::Say(place, opinion) => {
                        let heard = review.hear(&id(place), feedback(opinion), at(10));
                        prop_assert_eq!(heard.is_ok(), place < expected.len());
                        if let Some(one) = expected.get_mut(place) {
                            one.0 = Some(opinion);
                        }
                    }
                    Deed::Mark(place, mark) => {
                        prop_assert_eq!(review.mark(&id(place), mark, at(10)).is_ok(), place < expected.len());
                        if let Some(one) = expected.get_mut(place) {
                            one.1 = mark;
                        }
                    }
                    Deed::Add => {
                        review.annotate(id(expected.len()), risk("人工"), "user".into(), at(10)).unwrap();
                        expected.push((None, Mark::None));
                    }
                }
            }
            let risks = &review.report(at(10)).unwrap().risks;
            let said = risks.iter().map(|one| (one.feedback.as_ref().map(|said| said.opinion), one.mark));
            prop_assert_eq!(said.collect::<Vec<_>>(), expected);
            prop_assert_eq!(&risks[0].what, &risk("缺失"));
        }
    }
}
