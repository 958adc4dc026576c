//! Three witnesses of one case: the documents (the case itself), the fake, and the target. Who differs from whom?
//!
//! The target is the vendor's own word, so whoever differs from it is wrong: the document, or the fake. Nothing here reads or sends.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::outcome::Outcome;
use crate::redaction::Redaction;
use crate::suite::case::Basis;

/// What came of a case, as far as runs and targets can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// As the case says.
    Agrees,
    /// Otherwise, and how: step, place and what was found, without ids.
    Differs(String),
    /// The target would not let it be tried.
    Declined,
    /// The target lacks something.
    Skipped,
    /// It could not be tried to its end.
    Broken,
}

impl Seen {
    /// What is comparable of an outcome.
    pub fn of(outcome: &Outcome, redaction: &Redaction) -> Self {
        match redaction.outcome(outcome) {
            Outcome::Agrees => Self::Agrees,
            Outcome::Skipped { .. } => Self::Skipped,
            Outcome::Declined { .. } => Self::Declined,
            Outcome::Broken { .. } => Self::Broken,
            Outcome::Differs { step, differences } => {
                let one = |place: &str, actual: &str| {
                    // Where a refusal was expected, what the success holds does not matter.
                    let actual = if actual.starts_with("success") { "success" } else { actual };
                    format!("{}: {place}: {actual}", step.what)
                };
                let all: Vec<String> = differences.iter().map(|found| one(&found.place, &found.actual)).collect();
                Self::Differs(all.join("; "))
            }
        }
    }

    /// Whether it says anything about the behaviour.
    fn is_telling(&self) -> bool {
        match self {
            Self::Agrees | Self::Differs(_) => true,
            Self::Declined | Self::Skipped | Self::Broken => false,
        }
    }
}

/// Who differs from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nobody.
    Agree,
    /// The target is as the case says, and the fake is not.
    FakeDiffers,
    /// The target is not as the case says, whatever the fake does.
    DocumentDiffers,
    /// The target is not as it was when it was asked last.
    Changed,
    /// The target is not always the same.
    Flaky,
    /// The target would not let it be tried.
    Declined,
    /// One of the two has nothing to say.
    NotComparable,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Agree,
        Self::FakeDiffers,
        Self::DocumentDiffers,
        Self::Changed,
        Self::Flaky,
        Self::Declined,
        Self::NotComparable,
    ];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::FakeDiffers => "fake differs",
            Self::DocumentDiffers => "document differs",
            Self::Changed => "changed since last run",
            Self::Flaky => "flaky",
            Self::Declined => "declined",
            Self::NotComparable => "not comparable",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.words())
    }
}

/// Whether a target was the same each time it was asked.
pub fn is_steady(runs: &[Seen]) -> bool {
    runs.windows(2).all(|two| two[0] == two[1])
}

/// Whether what was seen of a target fails it. Nobody published an assumed rule, so it fails the fake alone; a target that is not
/// always the same is reported, but the fake has no excuse.
pub fn fails(runs: &[Seen], basis: Basis, is_fake: bool) -> bool {
    let was_otherwise = runs.iter().any(|seen| matches!(seen, Seen::Differs(_) | Seen::Broken));
    was_otherwise && (is_fake || (basis != Basis::Assumed && is_steady(runs)))
}

/// The verdict on one case: what the fake did, what the target did each time, what it did when it was last asked before.
pub fn verdict(fake: Option<&Seen>, target: &[Seen], before: Option<&Seen>) -> Verdict {
    if !is_steady(target) {
        return Verdict::Flaky;
    }
    let Some(now) = target.last() else { return Verdict::NotComparable };
    match now {
        Seen::Declined => return Verdict::Declined,
        Seen::Skipped | Seen::Broken => return Verdict::NotComparable,
        Seen::Agrees | Seen::Differs(_) => {}
    }
    if before.is_some_and(|before| before.is_telling() && before != now) {
        return Verdict::Changed;
    }
    match (fake, now) {
        (None | Some(Seen::Declined | Seen::Skipped | Seen::Broken), _) => Verdict::NotComparable,
        (Some(Seen::Agrees), Seen::Agrees) => Verdict::Agree,
        (Some(Seen::Differs(_)), Seen::Agrees) => Verdict::FakeDiffers,
        (Some(Seen::Agrees | Seen::Differs(_)), _) => Verdict::DocumentDiffers,
    }
}

/// Whether a case fails a run of a target beside the fake: what fails the target does, and a fake that is not as the target.
pub fn fails_beside(fake: Option<&Seen>, target: &[Seen], basis: Basis) -> bool {
    fake_is_wrong(fake, target) || fails(target, basis, false)
}

/// Whether the target is always as the case says, and the fake is not.
pub fn fake_is_wrong(fake: Option<&Seen>, target: &[Seen]) -> bool {
    matches!(fake, Some(Seen::Differs(_))) && is_steady(target) && target.last() == Some(&Seen::Agrees)
}

/// Why the verdict is this one, in a sentence.
pub fn because(verdict: Verdict, fake: Option<&Seen>, target: &[Seen], basis: Basis) -> &'static str {
    let same = fake.is_some() && fake == target.last();
    match verdict {
        Verdict::Agree => "fake and target are as the case says",
        Verdict::FakeDiffers => "the target is as the case says, the fake is not",
        Verdict::DocumentDiffers => match (fake, basis) {
            (Some(Seen::Agrees), Basis::Assumed) => "the target is not as was assumed, the fake does what was assumed",
            (Some(Seen::Agrees), _) => "the target is not as its documents say, the fake follows the documents",
            (_, _) if same => "the target is not as the case says, the fake does as the target",
            (_, _) => "the target is not as the case says, and the fake does a third thing",
        },
        Verdict::Changed => "the target is not as it was when it was asked last",
        Verdict::Flaky => "run again, the target did something else",
        Verdict::Declined => "the target would not let it be tried",
        Verdict::NotComparable => match target.last() {
            Some(Seen::Agrees | Seen::Differs(_)) => "the fake has nothing to say",
            Some(Seen::Declined | Seen::Skipped | Seen::Broken) | None => "the target has nothing to say",
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::outcome::StepName;
    use crate::suite::matcher::Mismatch;

    fn otherwise(how: &str) -> Seen {
        Seen::Differs(how.to_owned())
    }

    fn word(seen: Option<&Seen>) -> String {
        match seen {
            None => "-".to_owned(),
            Some(Seen::Agrees) => "agrees".to_owned(),
            Some(Seen::Differs(how)) => format!("differs {how}"),
            Some(Seen::Declined) => "declined".to_owned(),
            Some(Seen::Skipped) => "skipped".to_owned(),
            Some(Seen::Broken) => "broken".to_owned(),
        }
    }

    fn everything() -> Vec<Option<Seen>> {
        let seen = [Seen::Agrees, otherwise("A"), otherwise("B"), Seen::Declined, Seen::Skipped, Seen::Broken];
        std::iter::once(None).chain(seen.into_iter().map(Some)).collect()
    }

    #[test]
    fn every_combination_of_witnesses_has_the_verdict_of_this_table() {
        let mut table = String::new();
        for now in everything() {
            for before in everything() {
                for fake in everything() {
                    let runs: Vec<Seen> = now.iter().cloned().collect();
                    let verdict = verdict(fake.as_ref(), &runs, before.as_ref());
                    let fails = |basis| if fails_beside(fake.as_ref(), &runs, basis) { "fails" } else { "reports" };
                    writeln!(
                        table,
                        "target {:9}  before {:9}  fake {:9}  {:22}  documented {:7}  assumed {}",
                        word(now.as_ref()),
                        word(before.as_ref()),
                        word(fake.as_ref()),
                        verdict.words(),
                        fails(Basis::Documented),
                        fails(Basis::Assumed),
                    )
                    .unwrap();
                }
            }
        }

        insta::assert_snapshot!(table);
    }

    #[test]
    fn runs_that_disagree_are_flaky_whatever_anybody_else_says() {
        let all = everything();
        let seen: Vec<&Seen> = all.iter().flatten().collect();
        for one in &seen {
            for other in seen.iter().filter(|other| *other != one) {
                for (fake, before) in all.iter().flat_map(|fake| all.iter().map(move |before| (fake, before))) {
                    let runs = [(*one).clone(), (*other).clone()];

                    assert_eq!(verdict(fake.as_ref(), &runs, before.as_ref()), Verdict::Flaky);
                    assert!(!fails(&runs, Basis::Documented, false), "{runs:?} of a real target only reports");
                }
            }
        }
    }

    #[test]
    fn an_assumed_rule_never_fails_a_target_that_is_not_ours() {
        for seen in everything().into_iter().flatten() {
            assert!(!fails(std::slice::from_ref(&seen), Basis::Assumed, false));
        }
        assert!(fails(&[otherwise("A")], Basis::Assumed, true));
        assert!(fails(&[Seen::Agrees, otherwise("A")], Basis::Assumed, true), "the fake has no excuse");
        assert!(fails(&[otherwise("A")], Basis::Documented, false));
        assert!(fails(&[otherwise("A")], Basis::Observed, false));
    }

    #[test]
    fn ids_and_lines_do_not_make_a_difference_another_one() {
        let differs = |line: u64, id: &str, code: &str| Outcome::Differs {
            step: StepName { file: "cases/a.yaml".to_owned(), line, what: "call CancelFlow".to_owned() },
            differences: vec![Mismatch {
                place: "Error.Code".to_owned(),
                expected: "\"InvalidParameter\"".to_owned(),
                actual: format!("\"{code}\" \"合同{id}不存在\""),
            }],
        };
        let seen = |outcome: &Outcome| Seen::of(outcome, &Redaction::default());
        let one = seen(&differs(3, "yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm", "ResourceNotFound.Flow"));

        assert_eq!(one, seen(&differs(9, "yDwFxUUckpstqfvzUE1h3jo1f3cqjkG9", "ResourceNotFound.Flow")));
        assert_ne!(one, seen(&differs(3, "yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm", "ResourceNotFound")));
    }
}
