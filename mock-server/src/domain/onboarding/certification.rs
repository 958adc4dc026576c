//! Whether a company has proved who it is, as a state machine.
//!
//! A step that does not fit is refused and changes nothing; one that fits says what happened. Which steps lead where:
//! `api ChannelOrganizationInfo`; [`super::properties`] holds every step to a table of them.

use serde::{Deserialize, Serialize};

use super::progress::{Progress, RecordChange, Verdict};
use super::record::{Record, Transfer};
use crate::domain::customer::{Verification, VerificationMethod};
use crate::domain::refusal::Refusal;

/// How far a company is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certification {
    /// How far.
    pub status: Verification,
    /// How it proves who it is.
    pub method: VerificationMethod,
    /// Whether its data were handed in on the page for it (`HasSubmittedAuthInfo`).
    pub submitted: bool,
    /// The attempt under way; none before the first, and none after it was wiped. A finished one stays.
    pub record: Option<Record>,
}

/// One thing that may be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Its data are handed in.
    Submit(Box<Record>),
    /// Its legal person is asked, in one of two ways.
    AskLegalPerson(VerificationMethod),
    /// Its legal person does what they were asked for.
    LegalPersonCompletes,
    /// A letter of authorization is uploaded, the first or another one; together with a bank transfer, where that is asked for.
    UploadLetter {
        /// Whether a bank transfer belongs to it.
        with_transfer: bool,
    },
    /// The letter is looked at.
    JudgeLetter(Verdict),
    /// The bank transfer stands differently.
    Transfer(Transfer),
    /// The register does not have it, and people decided.
    JudgeRegistry(Verdict),
    /// The attempt is wiped.
    Void,
}

impl Certification {
    /// Takes a step.
    ///
    /// # Errors
    /// It does not fit.
    pub fn take(&mut self, step: Step) -> Result<Vec<Progress>, Refusal> {
        match step {
            Step::Submit(record) => self.submit(*record),
            Step::AskLegalPerson(method) => self.ask_legal_person(method),
            Step::LegalPersonCompletes => self.complete_by_legal_person(),
            Step::UploadLetter { with_transfer } => self.upload_letter(with_transfer),
            Step::JudgeLetter(verdict) => self.judge_letter(verdict),
            Step::Transfer(transfer) => self.change_transfer(transfer),
            Step::JudgeRegistry(verdict) => self.judge_registry(verdict),
            Step::Void => self.void(),
        }
    }

    /// Whether an attempt is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        match self.status {
            Verification::Unverified | Verification::Verified => false,
            Verification::Verifying
            | Verification::LegalPersonPending
            | Verification::LetterPending
            | Verification::LetterRejected => true,
        }
    }

    fn submit(&mut self, record: Record) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&[Verification::Unverified])?;
        let progress = vec![Progress::Record(RecordChange::Created, Box::new(record.clone()))];
        *self = Self {
            status: Verification::Verifying,
            method: VerificationMethod::Undecided,
            submitted: true,
            record: Some(record),
        };
        Ok(progress)
    }

    fn ask_legal_person(&mut self, method: VerificationMethod) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&[Verification::Verifying])?;
        match method {
            VerificationMethod::LegalPerson | VerificationMethod::LegalPersonAuthorizes => (),
            VerificationMethod::Letter | VerificationMethod::Undecided => {
                return Err(wrong("a letter is uploaded, the legal person is asked in one of two ways"));
            }
        }
        self.status = Verification::LegalPersonPending;
        self.method = method;
        Ok(Vec::new())
    }

    fn complete_by_legal_person(&mut self) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&[Verification::LegalPersonPending])?;
        self.status = Verification::Verified;
        Ok(vec![Progress::Opened])
    }

    /// The first letter, or another one after the first was turned down; then what was handed in counts as handed in no
    /// longer (`api ChannelOrganizationInfo.HasSubmittedAuthInfo`).
    fn upload_letter(&mut self, with_transfer: bool) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&[Verification::Verifying, Verification::LetterRejected])?;
        let again = self.status == Verification::LetterRejected;
        let record = self.record.as_mut().ok_or_else(|| wrong("no record is under way"))?;
        record.refused = None;
        if with_transfer {
            record.transfer.get_or_insert(Transfer::Pending);
        }
        let record = record.clone();
        let of = |change| Progress::Record(change, Box::new(record.clone()));
        let progress = if again {
            vec![of(RecordChange::LetterInvalidated), of(RecordChange::LetterSubmitted)]
        } else {
            vec![of(RecordChange::LetterSubmitted)]
        };
        self.status = Verification::LetterPending;
        self.method = VerificationMethod::Letter;
        self.submitted = self.submitted && !again;
        Ok(progress)
    }

    /// A letter that comes with a bank transfer passes only once that is there (ASSUMED: both together prove it, `api
    /// CreateConsoleLoginUrl`).
    fn judge_letter(&mut self, verdict: Verdict) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&[Verification::LetterPending])?;
        match self.running()?.transfer {
            Some(Transfer::Pending | Transfer::Failed) if verdict.has_passed() => {
                return Err(wrong("the bank transfer has not come"));
            }
            Some(_) | None => (),
        }
        let passed = verdict.has_passed();
        if let Some(record) = self.record.as_mut().filter(|_| !passed) {
            record.refused = Some(verdict.reason().to_owned());
        }
        self.status = if passed { Verification::Verified } else { Verification::LetterRejected };
        let judged = [Progress::LetterJudged(verdict)];
        Ok(judged.into_iter().chain(passed.then_some(Progress::Opened)).collect())
    }

    fn change_transfer(&mut self, transfer: Transfer) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&RUNNING)?;
        let record = self.record.as_mut().filter(|record| record.transfer.is_some());
        let record = record.ok_or_else(|| wrong("no bank transfer belongs to it"))?;
        record.transfer = Some(transfer);
        Ok(vec![Progress::Record(RecordChange::TransferChanged, Box::new(record.clone()))])
    }

    fn judge_registry(&mut self, verdict: Verdict) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&[
            Verification::Verifying,
            Verification::LegalPersonPending,
            Verification::LetterPending,
            Verification::LetterRejected,
            Verification::Verified,
        ])?;
        Ok(vec![Progress::RegistryJudged(verdict)])
    }

    /// Everything of the attempt is gone, as if it had not been.
    fn void(&mut self) -> Result<Vec<Progress>, Refusal> {
        self.ensure(&RUNNING)?;
        let record = self.running()?.clone();
        *self = Self::default();
        Ok(vec![Progress::Record(RecordChange::Voided, Box::new(record))])
    }

    fn running(&self) -> Result<&Record, Refusal> {
        self.record.as_ref().ok_or_else(|| wrong("no record is under way"))
    }

    fn ensure(&self, allowed: &[Verification]) -> Result<(), Refusal> {
        if allowed.contains(&self.status) {
            return Ok(());
        }
        let expected: Vec<&str> = allowed.iter().map(|one| one.word()).collect();
        Err(wrong(format!("it is {}, expected {}", self.status.word(), expected.join(" or "))))
    }
}

/// The states of an attempt under way.
const RUNNING: [Verification; 4] = [
    Verification::Verifying,
    Verification::LegalPersonPending,
    Verification::LetterPending,
    Verification::LetterRejected,
];

fn wrong(detail: impl Into<String>) -> Refusal {
    Refusal::VerificationStateWrong { detail: detail.into() }
}
