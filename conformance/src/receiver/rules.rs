//! The rules a receiver is judged by, each delivery by what was answered and by what is held before and after it. Pure.

use std::time::Duration;

use ess_mock_server::scenario::{Hostile, Outcome};
use ess_mock_server::span;
use serde::Serialize;

use super::held::Held;
use super::ledger::{Due, Known};
use super::status::Status;

/// A rule for receivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Every good message is answered 200 in time. (page callback_types_v2; seed scenario-guide)
    Answers,
    /// A message that comes again changes nothing. (seed scenario-guide)
    Idempotent,
    /// No message takes a contract back to where it was. (seed scenario-guide)
    NeverBackwards,
    /// What nobody vouches for, and what cannot be read, is not answered 200 and not believed. (callback docs)
    Rejects,
    /// What is unknown or oddly written is answered 200 and does no harm. (callback docs)
    Survives,
    /// A contract's end is held once it was told, as the query API would answer it. (seed scenario-guide)
    Converges,
}

impl Rule {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 6] =
        [Self::Answers, Self::Idempotent, Self::NeverBackwards, Self::Rejects, Self::Survives, Self::Converges];

    /// What a receiver does that keeps it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Answers => "answers 200 in time",
            Self::Idempotent => "is not changed by a message that comes again",
            Self::NeverBackwards => "never runs backwards",
            Self::Rejects => "rejects what it must",
            Self::Survives => "survives what is unknown or oddly written",
            Self::Converges => "ends with what the query API says",
        }
    }
}

/// How a rule was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// Which one.
    pub rule: Rule,
    /// What was seen.
    pub seen: String,
    /// What a good receiver does.
    pub expected: String,
    /// Whether the receiver does not answer at all any more.
    pub gone: bool,
}

/// What is delivered, as far as a rule depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What is owed to it.
    pub due: Due,
    /// How its body is spoiled.
    pub hostile: Option<Hostile>,
}

impl Case {
    /// The rule that the answer is held to.
    #[must_use]
    pub fn rule(self) -> Rule {
        match (self.due, self.hostile) {
            (Due::Refuse, _) => Rule::Rejects,
            (Due::Keep, _) | (Due::Take | Due::TakeOrLeave, Some(_)) => Rule::Survives,
            (Due::Ignore | Due::Take | Due::TakeOrLeave, _) => Rule::Answers,
        }
    }

    /// Why that is due.
    fn because(self) -> String {
        let stated = self.hostile.map(Hostile::expected);
        match (self.due, stated) {
            (Due::Refuse | Due::Keep, Some(stated)) => format!("{} ({})", stated.because, stated.source),
            (Due::Take | Due::TakeOrLeave | Due::Ignore, Some(stated)) => {
                format!("{} ({})", stated.because, stated.source)
            }
            (Due::Refuse, None) => "200 would end its delivery.".to_owned(),
            (Due::Keep, None) => "The platform adds types without asking; an error would only make it send the same again. (callback docs)".to_owned(),
            (Due::Take | Due::TakeOrLeave | Due::Ignore, None) => {
                "Whatever else makes the platform send it again, six times in all. (page callback_types_v2)".to_owned()
            }
        }
    }

    /// Judges the answer.
    ///
    /// # Errors
    /// How a rule was broken.
    pub fn judge_answer(self, outcome: &Outcome, patience: Duration) -> Result<(), Breach> {
        let (seen, gone) = match outcome {
            Outcome::Answered(200) if self.due != Due::Refuse => return Ok(()),
            Outcome::Answered(status) if *status != 200 && self.due == Due::Refuse => return Ok(()),
            // To hang up is to refuse, too; whether it still answers is seen at the next message.
            Outcome::Unreachable(_) if self.due == Due::Refuse => return Ok(()),
            Outcome::Answered(status) | Outcome::AnswerLost(status) => (format!("answered {status}"), false),
            Outcome::Silence => (format!("no answer within {}", span::write(patience)), true),
            Outcome::Unreachable(why) => (format!("no answer: {why}"), true),
            Outcome::Lost => ("nothing was sent".to_owned(), false),
        };
        let wanted = if self.due == Due::Refuse { "anything but 200" } else { "200" };
        let expected = format!("{wanted}: {}", self.because());
        Err(Breach { rule: self.rule(), seen, expected, gone })
    }

    /// Judges what is held of the contract that the message is about; where nothing may change, of any contract.
    ///
    /// # Errors
    /// How a rule was broken.
    pub fn judge_state(self, before: &Held, after: &Held, known: &Known) -> Result<(), Breach> {
        let changed = changes(before, after);
        let because = self.because();
        match self.due {
            Due::Refuse if !changed.is_empty() => {
                return Err(breach(
                    Rule::Rejects,
                    format!("refused, and yet {changed}"),
                    format!("nothing changes: {because}"),
                ));
            }
            Due::Refuse | Due::Take | Due::TakeOrLeave | Due::Ignore | Due::Keep => (),
        }
        backwards(before, after)?;
        match self.due {
            Due::Ignore if !changed.is_empty() => {
                let expected = "nothing changes: it was received before, or tells nothing (seed scenario-guide: a message comes at least once)";
                Err(breach(Rule::Idempotent, changed, expected.to_owned()))
            }
            Due::Keep if before.status != after.status || before.approvers != after.approvers => {
                Err(breach(Rule::Survives, changed, format!("no contract changes: {because}")))
            }
            Due::Take | Due::TakeOrLeave => {
                ahead(before, after, known)?;
                let lost = if self.hostile.is_some() { Rule::Survives } else { Rule::Converges };
                end(after, known).map_err(|(seen, expected)| breach(lost, seen, expected))
            }
            Due::Refuse | Due::Ignore | Due::Keep => Ok(()),
        }
    }
}

/// Judges what is held of a contract that a message is not about.
///
/// # Errors
/// How a rule was broken.
pub fn judge_bystander(before: &Held, after: &Held, known: &Known) -> Result<(), Breach> {
    backwards(before, after)?;
    ahead(before, after, known)
}

/// Judges what is held of a contract when nothing more is said of it; `described` is what the query API says of it.
///
/// # Errors
/// How a rule was broken.
pub fn judge_end(held: &Held, known: &Known, described: i64) -> Result<(), Breach> {
    // Who asks the API knows more than was told.
    if Status::of_number(described).is_some_and(|status| held.is(status)) {
        return Ok(());
    }
    same(held, known).map_err(|(seen, expected)| breach(Rule::Converges, seen, expected))
}

fn breach(rule: Rule, seen: String, expected: String) -> Breach {
    Breach { rule, seen, expected, gone: false }
}

/// No message makes a contract less far along, and none undoes an end.
fn backwards(before: &Held, after: &Held) -> Result<(), Breach> {
    let why = "the order of messages is not promised: an older one can come later (seed scenario-guide)";
    if let Some(was) = before.status
        && after.status.is_none_or(|is| !was.may_become(is))
    {
        let end = if was.is_end() { "a contract does not leave an end, and " } else { "" };
        return Err(breach(Rule::NeverBackwards, format!("holds {after}"), format!("still {was}: {end}{why}")));
    }
    for (recipient, was) in &before.approvers {
        let is = after.approvers.get(recipient);
        if is.is_none_or(|is| is.is_behind(*was)) {
            let seen = is.map_or("nothing".to_owned(), ToString::to_string);
            let seen = format!("holds {seen} of signer {recipient}");
            return Err(breach(Rule::NeverBackwards, seen, format!("still {was}: {why}")));
        }
    }
    Ok(())
}

/// Nobody holds what nobody told; who holds less than was told may still come to it.
fn ahead(before: &Held, after: &Held, known: &Known) -> Result<(), Breach> {
    let Some(is) = after.status.filter(|is| before.status != Some(*is)) else { return Ok(()) };
    // Who heard of a contract at all knows that it was launched.
    let told = known.perhaps.or(known.status);
    let most = told.unwrap_or(Status::Started);
    if after.is(most) || is.may_become(most) {
        return Ok(());
    }
    let expected = told.map_or("nothing: no status was told".to_owned(), |told| format!("at most {told}, as was told"));
    Err(breach(Rule::Converges, format!("holds {is}"), expected))
}

/// An end that was told is held. What comes before an end may be skipped.
fn end(held: &Held, known: &Known) -> Result<(), (String, String)> {
    if known.status.is_some_and(Status::is_end) { same(held, known) } else { Ok(()) }
}

/// What is held is what was told.
fn same(held: &Held, known: &Known) -> Result<(), (String, String)> {
    let Some(told) = known.status else { return Ok(()) };
    let perhaps = known.perhaps.is_some_and(|perhaps| held.is(perhaps));
    if !held.is(told) && !perhaps {
        return Err((format!("holds {held}"), format!("{told}, as was told and as the query API says")));
    }
    // A receiver need not keep signers.
    for (recipient, told) in known.approvers.iter().filter(|_| !held.approvers.is_empty()) {
        let is = held.approvers.get(recipient);
        if is != Some(told) && !perhaps {
            let seen = is.map_or("nothing".to_owned(), ToString::to_string);
            return Err((format!("holds {seen} of signer {recipient}"), format!("{told}, as was told")));
        }
    }
    Ok(())
}

/// What differs, in words; empty when nothing does.
fn changes(before: &Held, after: &Held) -> String {
    let each = before.changed(after).into_iter();
    let each = each.map(|name| format!("`{name}` went from {} to {}", before.part(name), after.part(name)));
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn held(answer: Value) -> Held {
        Held::read(&answer.to_string()).unwrap()
    }

    fn told(status: Status) -> Known {
        Known { status: Some(status), perhaps: Some(status), ..Known::default() }
    }

    fn good(due: Due) -> Case {
        Case { due, hostile: None }
    }

    fn spoiled(due: Due, hostile: Hostile) -> Case {
        Case { due, hostile: Some(hostile) }
    }

    #[test]
    fn each_wrong_answer_breaks_the_rule_it_belongs_to() {
        let judge = |case: Case, outcome: Outcome| case.judge_answer(&outcome, PATIENCE).map_err(|breach| breach.rule);
        let answered = Outcome::Answered;

        assert_eq!(judge(good(Due::Take), answered(200)), Ok(()));
        assert_eq!(judge(good(Due::Take), answered(204)), Err(Rule::Answers), "only 200 counts");
        assert_eq!(judge(good(Due::Ignore), answered(409)), Err(Rule::Answers), "a resend is received, too");
        assert_eq!(judge(good(Due::Take), Outcome::Silence), Err(Rule::Answers));
        assert_eq!(judge(spoiled(Due::Take, Hostile::UnknownFields), answered(400)), Err(Rule::Survives));
        assert_eq!(judge(spoiled(Due::Keep, Hostile::UnknownType), answered(500)), Err(Rule::Survives));
        assert_eq!(judge(spoiled(Due::Refuse, Hostile::WrongKey), answered(200)), Err(Rule::Rejects));
        assert_eq!(judge(spoiled(Due::Refuse, Hostile::WrongKey), answered(400)), Ok(()));
        assert_eq!(judge(spoiled(Due::Refuse, Hostile::Oversized), Outcome::Unreachable("cut".into())), Ok(()));
        assert_eq!(judge(spoiled(Due::Refuse, Hostile::Oversized), Outcome::Silence), Err(Rule::Rejects));
    }

    #[test]
    fn each_wrong_state_breaks_the_rule_it_belongs_to() {
        let (one, four) = (held(json!({"status": 1})), held(json!({"status": 4})));
        let judge = |case: Case, before: &Held, after: &Held, known: Status| {
            case.judge_state(before, after, &told(known)).map_err(|breach| breach.rule)
        };

        assert_eq!(judge(good(Due::Take), &one, &four, Status::Signed), Ok(()));
        assert_eq!(
            judge(good(Due::Take), &one, &one, Status::PartlySigned),
            Ok(()),
            "what is not an end may be skipped"
        );
        assert_eq!(judge(good(Due::Take), &one, &one, Status::Signed), Err(Rule::Converges));
        assert_eq!(judge(good(Due::Take), &one, &four, Status::PartlySigned), Err(Rule::Converges), "nobody told it");
        assert_eq!(judge(good(Due::Take), &four, &one, Status::Signed), Err(Rule::NeverBackwards));
        assert_eq!(judge(good(Due::Take), &four, &held(json!({})), Status::Signed), Err(Rule::NeverBackwards));
        assert_eq!(judge(spoiled(Due::Take, Hostile::Chunked), &one, &one, Status::Signed), Err(Rule::Survives));
        assert_eq!(
            judge(spoiled(Due::Keep, Hostile::NumbersAsTexts), &one, &four, Status::Started),
            Err(Rule::Survives)
        );
        assert_eq!(judge(spoiled(Due::Refuse, Hostile::WrongKey), &one, &four, Status::Started), Err(Rule::Rejects));
    }

    #[test]
    fn where_nothing_may_change_everything_that_is_told_must_stay() {
        let (once, twice) = (held(json!({"status": 4, "mails": 1})), held(json!({"status": 4, "mails": 2})));
        let judge = |case: Case| {
            case.judge_state(&once, &twice, &told(Status::Signed)).map_err(|breach| (breach.rule, breach.seen))
        };

        assert_eq!(judge(good(Due::Ignore)), Err((Rule::Idempotent, "`mails` went from 1 to 2".into())));
        assert_eq!(judge(good(Due::Take)), Ok(()));
        assert_eq!(judge(spoiled(Due::Keep, Hostile::UnknownType)), Ok(()), "it is kept, and may be counted");
        let refused = judge(spoiled(Due::Refuse, Hostile::WrongKey)).unwrap_err();
        assert_eq!(refused, (Rule::Rejects, "refused, and yet `mails` went from 1 to 2".into()));
    }

    #[test]
    fn a_signer_does_not_go_back_either() {
        let signer = |status: i64| held(json!({"status": 2, "approvers": {"yDr": status}}));
        let known = told(Status::PartlySigned);

        let breach = good(Due::Take).judge_state(&signer(3), &signer(2), &known).unwrap_err();

        assert_eq!((breach.rule, breach.seen.as_str()), (Rule::NeverBackwards, "holds 2 (PENDING) of signer yDr"));
        assert_eq!(good(Due::Take).judge_state(&signer(2), &signer(3), &known), Ok(()));
    }

    #[test]
    fn who_asks_the_query_api_may_know_more_than_was_told() {
        let ahead = held(json!({"status": 4}));

        assert_eq!(judge_end(&ahead, &told(Status::PartlySigned), 4), Ok(()));
        assert_eq!(judge_end(&ahead, &told(Status::PartlySigned), 2).unwrap_err().rule, Rule::Converges);
        assert_eq!(
            judge_end(&held(json!({"status": 1})), &told(Status::PartlySigned), 4).unwrap_err().rule,
            Rule::Converges
        );
    }

    #[test]
    fn a_message_about_one_contract_leaves_the_others() {
        let (none, four) = (Held::default(), held(json!({"status": 4})));

        assert_eq!(judge_bystander(&none, &none, &Known::default()), Ok(()));
        assert_eq!(judge_bystander(&none, &four, &Known::default()).unwrap_err().rule, Rule::Converges);
        assert_eq!(judge_bystander(&four, &none, &told(Status::Signed)).unwrap_err().rule, Rule::NeverBackwards);
    }
}
