//! A whole review: which lists a text is held against, in whose interest, and what is found.

use super::checklist::Checklist;
use super::judging::{Role, Verdict, fit, judge, role_in};
use super::summary::{Summary, summarize};
use super::task::Wanted;
use super::{GENERAL, general};
use crate::documents::Reading;
use crate::domain::ids::ChecklistId;

/// What a text comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Examined {
    /// The lists it was held against.
    pub checklists: Vec<ChecklistId>,
    /// In whose interest.
    pub roles: Vec<Role>,
    /// What was found.
    pub verdict: Verdict,
    /// What else was read.
    pub summary: Summary,
}

/// Examines a text. `lists` are those the company may use, oldest first.
///
/// Where no list is named, the vendor's model chooses one (`api CreateBatchContractReviewTask.ChecklistIds`). ASSUMED: the company's
/// own of those switched on that has the most points with a clause in the text, the oldest of equals; the vendor's when none has any.
#[must_use]
pub fn examine(reading: &Reading, lists: &[Checklist], wanted: &Wanted) -> Examined {
    let mut chosen: Vec<Checklist> = wanted.checklists.iter().filter_map(|id| find(lists, id)).collect();
    if chosen.is_empty() {
        chosen.push(fitting(reading, lists).unwrap_or_else(general));
    }
    if wanted.general && !chosen.iter().any(|list| list.id.as_str() == GENERAL) {
        chosen.push(general());
    }
    let roles = if wanted.roles.is_empty() { role_in(reading).into_iter().collect() } else { wanted.roles.clone() };
    Examined {
        verdict: judge(reading, &chosen, &roles, wanted.policy),
        checklists: chosen.into_iter().map(|list| list.id).collect(),
        summary: summarize(reading),
        roles,
    }
}

fn find(lists: &[Checklist], id: &ChecklistId) -> Option<Checklist> {
    if id.as_str() == GENERAL {
        return Some(general());
    }
    lists.iter().find(|list| &list.id == id).cloned()
}

fn fitting(reading: &Reading, lists: &[Checklist]) -> Option<Checklist> {
    let enabled = lists.iter().filter(|list| list.enabled).map(|list| (fit(reading, list), list));
    // The last of the greatest is taken, so that the oldest must come last.
    let best = enabled.filter(|(points, _)| *points > 0).rev().max_by_key(|(points, _)| *points);
    best.map(|(_, list)| list.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{plain_document, read_text};

    fn reading(line: &str) -> Reading {
        Reading::of_pdf(&read_text(&plain_document(1, &[line.to_owned()], &[]).unwrap()).unwrap())
    }

    /// A list whose points are called so.
    fn list(id: &str, enabled: bool, words: &[&str]) -> Checklist {
        let mut list = Checklist { id: id.into(), organization: Some("own".into()), enabled, ..general() };
        let point = list.categories[0].points[0].clone();
        list.categories.truncate(1);
        list.categories[0].points = words
            .iter()
            .map(|word| super::super::checklist::Point { summary: (*word).into(), ..point.clone() })
            .collect();
        list
    }

    fn by(lists: &[Checklist], wanted: &Wanted) -> Vec<String> {
        let examined = examine(&reading("卖方保证验收与付款"), lists, wanted);
        examined.checklists.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_lists_named_are_used_and_otherwise_the_one_that_fits_best() {
        let lists = [
            list("one", true, &["验收"]),
            list("off", false, &["验收", "付款", "保证"]),
            list("two", true, &["验收", "付款"]),
            list("three", true, &["付款", "验收"]),
        ];
        assert_eq!(by(&lists, &Wanted::default()), ["two"], "the oldest of the best");
        assert_eq!(by(&lists[1..2], &Wanted::default()), [GENERAL]);
        assert_eq!(by(&[], &Wanted::default()), [GENERAL]);
        let named = Wanted { checklists: vec!["three".into(), GENERAL.into()], ..Wanted::default() };
        assert_eq!(by(&lists, &named), ["three", GENERAL]);
        let general = Wanted { general: true, ..Wanted::default() };
        assert_eq!(by(&lists, &general), ["two", GENERAL]);
        assert_eq!(by(&[], &general), [GENERAL], "once");
    }

    #[test]
    fn roles_are_those_asked_for_or_the_party_named_first() {
        let roles = |wanted: &Wanted| examine(&reading("卖方"), &[], wanted).roles;
        assert_eq!(roles(&Wanted::default())[0].name, "卖方");
        let asked = Role { name: "甲方".into(), description: "我方".into() };
        assert_eq!(roles(&Wanted { roles: vec![asked.clone()], ..Wanted::default() }), [asked]);
    }
}
