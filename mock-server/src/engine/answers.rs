//! Answers kept for calls that may be repeated; the oldest go first.

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use crate::domain::ids::OrganizationId;

/// How many answers are kept.
const KEPT: usize = 10_000;

/// A call as whoever repeats it makes it again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
pub struct Question {
    /// Who called.
    pub company: OrganizationId,
    /// What.
    pub action: String,
    /// Under which token.
    pub token: String,
}

/// See the module's comment.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(from = "Vec<Kept>", into = "Vec<Kept>")]
pub struct Answers {
    by_question: OrdMap<Question, Arc<[u8]>>,
    in_order: Vector<Question>,
}

/// An answer as it is written down; the first one is the oldest.
#[derive(serde::Deserialize, serde::Serialize)]
struct Kept {
    question: Question,
    /// JSON, as every answer is.
    answer: String,
}

impl From<Vec<Kept>> for Answers {
    fn from(kept: Vec<Kept>) -> Self {
        let mut answers = Self::default();
        for Kept { question, answer } in kept {
            answers.keep(question, answer.as_bytes());
        }
        answers
    }
}

impl From<Answers> for Vec<Kept> {
    fn from(answers: Answers) -> Self {
        let Answers { by_question, in_order } = answers;
        let answer = |question: &Question| by_question.get(question).map(|bytes| String::from_utf8_lossy(bytes).into());
        let kept = in_order.into_iter().filter_map(|question| Some(Kept { answer: answer(&question)?, question }));
        kept.collect()
    }
}

impl Answers {
    /// The answer that was given.
    #[must_use]
    pub fn get(&self, question: &Question) -> Option<&Arc<[u8]>> {
        self.by_question.get(question)
    }

    /// Keeps an answer that was not there.
    pub fn keep(&mut self, question: Question, answer: &[u8]) {
        self.by_question.insert(question.clone(), answer.into());
        self.in_order.push_back(question);
        if self.in_order.len() > KEPT
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.by_question.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_answer_goes_first() {
        let question = |number: usize| Question {
            company: "own".into(),
            action: "CreateDocument".into(),
            token: number.to_string(),
        };
        let mut answers = Answers::default();
        for number in 0..=KEPT {
            answers.keep(question(number), b"{}");
        }
        assert_eq!(answers.get(&question(0)), None);
        assert!(answers.get(&question(1)).is_some() && answers.get(&question(KEPT)).is_some());
    }
}
