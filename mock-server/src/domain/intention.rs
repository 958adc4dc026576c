//! What a signer is asked before the camera, and what is recorded of them (视频核身, `api Intention`).

use super::flow::Flow;
use super::ids::RecipientId;

/// What is asked when the caller names the manner alone (`api Intention`).
const SPOKEN: &str = "请问，您是否同意签署本协议？可语音回复“同意”或“不同意”。";
const NODDED: &str = "请问，您是否同意签署本协议？可点头同意。";
/// What passes as an answer to that. ASSUMED: the text names it.
const AGREED: &str = "同意";
/// A nod, as the page and scripts write it.
pub const NOD: &str = "点头";
/// The longest answer, in characters (ASSUMED: as long as a question may be, `api IntentionQuestion`).
const LONGEST_ANSWER: usize = 250;

/// What is asked, in order, and in which manner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Intention {
    /// How it is answered.
    pub manner: Manner,
    /// One after the other.
    pub prompts: Vec<Prompt>,
}

/// How prompts are answered (`api Intention.IntentionType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum Manner {
    /// 1: by voice (问答模式).
    Speaking,
    /// 2: by nodding (点头模式).
    Nodding,
}

/// Something said to the signer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Prompt {
    /// What is said.
    pub text: String,
    /// The answers that pass; any when there are none.
    pub accepted: Vec<String>,
}

/// What was recorded of a signer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub enum Recording {
    /// Their face.
    Face,
    /// Their face, and what they said to each question.
    Spoken(Vec<String>),
    /// Their face, and so many nods.
    Nodded(usize),
}

/// A prompt was not answered as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnswered {
    /// The prompt.
    pub text: String,
}

impl Intention {
    /// Questions, with the answers that pass.
    #[must_use]
    pub fn speaking(questions: Vec<Prompt>) -> Self {
        let usual = || vec![Prompt { text: SPOKEN.to_owned(), accepted: vec![AGREED.to_owned()] }];
        let prompts = if questions.is_empty() { usual() } else { questions };
        Self { manner: Manner::Speaking, prompts }
    }

    /// Texts to nod at.
    #[must_use]
    pub fn nodding(texts: Vec<String>) -> Self {
        let texts = if texts.is_empty() { vec![NODDED.to_owned()] } else { texts };
        let prompt = |text| Prompt { text, accepted: vec![NOD.to_owned()] };
        Self { manner: Manner::Nodding, prompts: texts.into_iter().map(prompt).collect() }
    }

    /// Takes the answers, one for each prompt. Who answers otherwise does not get to sign, and may try again (ASSUMED: the
    /// vendor judges what was said by the answers that pass, and says nothing of a signature without).
    ///
    /// # Errors
    /// The first prompt that has no answer, or none that passes.
    pub fn judge(&self, answers: &[String]) -> Result<Recording, NotAnswered> {
        let passes = |prompt: &Prompt, answer: &str| {
            let fits = prompt.accepted.is_empty() || prompt.accepted.iter().any(|one| one.trim() == answer);
            fits && !answer.is_empty() && answer.chars().count() <= LONGEST_ANSWER
        };
        let mut given = answers.iter().map(|answer| answer.trim());
        let mut spoken = Vec::with_capacity(self.prompts.len());
        for prompt in &self.prompts {
            let answer = given.next().filter(|answer| passes(prompt, answer));
            spoken.push(answer.ok_or_else(|| NotAnswered { text: prompt.text.clone() })?.to_owned());
        }
        Ok(match self.manner {
            Manner::Speaking => Recording::Spoken(spoken),
            Manner::Nodding => Recording::Nodded(spoken.len()),
        })
    }
}

impl Flow {
    /// Keeps what was recorded of whoever signed in this slot.
    pub fn keep_recording(&mut self, recipient: &RecipientId, recording: Recording) {
        let signer = self.approvers.iter_mut().find(|one| &one.recipient == recipient);
        if let Some(signature) = signer.and_then(|one| one.signature.as_mut()) {
            signature.recording = Some(recording);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn every_question_wants_an_answer_that_passes() {
        let question = |text: &str, accepted: &[&str]| Prompt { text: text.into(), accepted: texts(accepted) };
        let asked = Intention::speaking(vec![question("同意？", &["同意", "我同意"]), question("清楚？", &[])]);
        assert_eq!(asked.judge(&texts(&[" 我同意 ", "还行"])), Ok(Recording::Spoken(texts(&["我同意", "还行"]))));
        for (answers, text) in [(&[][..], "同意？"), (&["不同意", "清楚"], "同意？"), (&["同意", " "], "清楚？")]
        {
            assert_eq!(asked.judge(&texts(answers)), Err(NotAnswered { text: text.into() }), "{answers:?}");
        }
        assert!(asked.judge(&["同意".into(), "长".repeat(251)]).is_err());
    }

    #[test]
    fn the_vendors_own_words_are_asked_when_the_caller_has_none() {
        let spoken = Intention::speaking(Vec::new());
        assert_eq!(spoken.judge(&texts(&["同意"])), Ok(Recording::Spoken(texts(&["同意"]))));
        assert!(spoken.judge(&texts(&["不同意"])).is_err());
        let nodded = Intention::nodding(Vec::new());
        assert_eq!(nodded.judge(&texts(&[NOD])), Ok(Recording::Nodded(1)));
        assert_eq!(Intention::nodding(texts(&["一", "二"])).prompts.len(), 2);
    }
}
