//! Words and shapes both services share, translated once.

use ess_schemas::{ess, essbasic};

use crate::domain::approver::Notify;
use crate::domain::employee::{Card, CardKind};
use crate::domain::flow::{CopiesTold, Noun};
use crate::domain::intention::{Intention, Prompt};
use crate::domain::refusal::Refusal;
use crate::domain::template::Operation;
use crate::domain::time::Timestamp;
use crate::domain::web_theme::Color;

/// A text parameter that is there and says something: the empty text counts as left out (ASSUMED, as the gateway does).
#[must_use]
pub fn given(value: &Option<String>) -> Option<&String> {
    value.as_ref().filter(|text| !text.is_empty())
}

/// A moment somebody asks for; 0 asks for none.
#[must_use]
pub fn moment(seconds: Option<i64>) -> Option<Timestamp> {
    seconds.filter(|seconds| *seconds != 0).map(Timestamp::from_seconds)
}

/// An identity card, when its number is given; an `ID_CARD` unless said otherwise (`api ApproverInfo`).
#[must_use]
pub fn card(kind: Option<&str>, number: Option<&String>) -> Option<Card> {
    let number = number.filter(|number| !number.is_empty())?;
    Some(Card { kind: kind.and_then(CardKind::from_wire).unwrap_or_default(), number: number.clone() })
}

/// A colour of a page.
///
/// # Errors
/// It is none.
pub(in crate::actions) fn color(text: &str) -> Result<Color, Refusal> {
    let detail = format!("expected {}", Color::EXPECTED);
    Color::read(text).ok_or(Refusal::ParameterInvalid { field: "WebThemeConfig.WebEmbedThemeColor", detail })
}

/// What people read instead of 合同 (`api CreateFlowByFiles.FlowDisplayType`).
#[must_use]
pub fn noun(kind: Option<i64>) -> Noun {
    match kind {
        Some(1) => Noun::File,
        Some(2) => Noun::Agreement,
        Some(3) => Noun::Instrument,
        _ => Noun::Contract,
    }
}

/// What is to be done to a template, the name is a copy's (`api OperateTemplate`).
///
/// # Errors
/// A word that does not exist.
pub(in crate::actions) fn template_operation(word: &str, name: Option<&String>) -> Result<Operation, Refusal> {
    match word {
        "DELETE" => Ok(Operation::Delete),
        "ENABLE" => Ok(Operation::Enable),
        "DISABLE" => Ok(Operation::Disable),
        "COPY" => Ok(Operation::Copy { name: name.cloned() }),
        other => {
            let detail = format!("{other}: DELETE, ENABLE, DISABLE or COPY");
            Err(Refusal::ParameterInvalid { field: "OperateType", detail })
        }
    }
}

/// When those who get a copy hear of it (`api StartFlow.CcNotifyType`).
#[must_use]
pub fn copies_told(kind: Option<i64>) -> CopiesTold {
    if kind == Some(1) { CopiesTold::AtEnd } else { CopiesTold::AtStart }
}

/// Compared without case: official kits send `sms` and `none` (`wire`).
#[must_use]
pub fn notify(kind: Option<&str>) -> Notify {
    match kind.unwrap_or_default().to_ascii_uppercase().as_str() {
        "NONE" => Notify::Nothing,
        "EMAIL" => Notify::Email,
        "ALL" => Notify::SmsAndEmail,
        _ => Notify::Sms,
    }
}

macro_rules! intention {
    ($service:ident) => {
        /// What a request has a signer asked before the camera. Without a type it is questions (ASSUMED: the first of the two).
        impl From<$service::Intention> for Intention {
            fn from(wanted: $service::Intention) -> Self {
                let questions = wanted.intention_questions.into_iter().flatten();
                let question = |one: $service::IntentionQuestion| prompt(one.question, one.answers);
                let texts = wanted.intention_actions.into_iter().flatten().filter_map(|one| one.text);
                if wanted.intention_type == Some(NODDING) {
                    Self::nodding(texts.filter(|text| !text.is_empty()).collect())
                } else {
                    Self::speaking(questions.filter_map(question).collect())
                }
            }
        }
    };
}

/// `IntentionType`.
const NODDING: i64 = 2;

fn prompt(question: Option<String>, answers: Option<Vec<String>>) -> Option<Prompt> {
    let accepted = answers.unwrap_or_default().into_iter().filter(|answer| !answer.trim().is_empty());
    Some(Prompt { text: question.filter(|text| !text.is_empty())?, accepted: accepted.collect() })
}

intention!(ess);
intention!(essbasic);
