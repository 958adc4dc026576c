//! Whatever order steps come in, every one is held to this table, written down once more from `api ChannelOrganizationInfo`.

use proptest::prelude::*;

use super::certification::{Certification, Step};
use super::progress::{Progress, RecordChange, Verdict};
use super::record::{Record, Transfer};
use crate::domain::customer::Verification::{
    LegalPersonPending, LetterPending, LetterRejected, Unverified, Verified, Verifying,
};
use crate::domain::customer::{Verification, VerificationMethod};
use crate::domain::samples::record;

/// From, by what, to, and what is told, by the names of the messages.
type Row = (Verification, &'static str, Verification, &'static [&'static str]);

const TABLE: [Row; 20] = [
    (Unverified, "submit", Verifying, &["created"]),
    (Verifying, "ask the legal person", LegalPersonPending, &[]),
    (LegalPersonPending, "legal person completes", Verified, &["opened"]),
    (Verifying, "upload", LetterPending, &["letter submitted"]),
    (LetterPending, "letter passes", Verified, &["certified", "opened"]),
    (LetterPending, "letter refused", LetterRejected, &["certified"]),
    (LetterRejected, "upload", LetterPending, &["letter invalid", "letter submitted"]),
    (Verifying, "void", Unverified, &["voided"]),
    (LegalPersonPending, "void", Unverified, &["voided"]),
    (LetterPending, "void", Unverified, &["voided"]),
    (LetterRejected, "void", Unverified, &["voided"]),
    (Verifying, "transfer", Verifying, &["transfer"]),
    (LegalPersonPending, "transfer", LegalPersonPending, &["transfer"]),
    (LetterPending, "transfer", LetterPending, &["transfer"]),
    (LetterRejected, "transfer", LetterRejected, &["transfer"]),
    (Verifying, "registry", Verifying, &["registry"]),
    (LegalPersonPending, "registry", LegalPersonPending, &["registry"]),
    (LetterPending, "registry", LetterPending, &["registry"]),
    (LetterRejected, "registry", LetterRejected, &["registry"]),
    (Verified, "registry", Verified, &["registry"]),
];

fn name(step: &Step) -> &'static str {
    match step {
        Step::Submit(_) => "submit",
        Step::AskLegalPerson(_) => "ask the legal person",
        Step::LegalPersonCompletes => "legal person completes",
        Step::UploadLetter { .. } => "upload",
        Step::JudgeLetter(Verdict::Passed) => "letter passes",
        Step::JudgeLetter(Verdict::Refused(_)) => "letter refused",
        Step::Transfer(_) => "transfer",
        Step::JudgeRegistry(_) => "registry",
        Step::Void => "void",
    }
}

fn told(progress: &Progress) -> &'static str {
    match progress {
        Progress::Record(RecordChange::Created, _) => "created",
        Progress::Record(RecordChange::Voided, _) => "voided",
        Progress::Record(RecordChange::LetterSubmitted, _) => "letter submitted",
        Progress::Record(RecordChange::LetterInvalidated, _) => "letter invalid",
        Progress::Record(RecordChange::TransferChanged, _) => "transfer",
        Progress::LetterJudged(_) => "certified",
        Progress::Opened => "opened",
        Progress::RegistryJudged(_) => "registry",
        Progress::Granted | Progress::DataChanged | Progress::Closed | Progress::JoinedGroup | Progress::LeftGroup => {
            "nothing of an attempt's"
        }
    }
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop_oneof![Just(Verdict::Passed), Just(Verdict::Refused("照片不清晰".into()))]
}

fn transfers() -> impl Strategy<Value = Transfer> {
    prop_oneof![Just(Transfer::Pending), Just(Transfer::Received), Just(Transfer::Failed)]
}

fn methods() -> impl Strategy<Value = VerificationMethod> {
    use VerificationMethod::{LegalPerson, LegalPersonAuthorizes, Letter, Undecided};
    prop_oneof![3 => Just(LegalPerson), 3 => Just(LegalPersonAuthorizes), 1 => Just(Letter), 1 => Just(Undecided)]
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::option::of(transfers()).prop_map(|transfer| Step::Submit(Box::new(Record { transfer, ..record() }))),
        2 => methods().prop_map(Step::AskLegalPerson),
        2 => Just(Step::LegalPersonCompletes),
        4 => any::<bool>().prop_map(|with_transfer| Step::UploadLetter { with_transfer }),
        4 => verdicts().prop_map(Step::JudgeLetter),
        2 => transfers().prop_map(Step::Transfer),
        1 => verdicts().prop_map(Step::JudgeRegistry),
        1 => Just(Step::Void),
    ]
}

proptest! {
    #[test]
    fn every_step_stands_in_the_table_or_is_refused_and_changes_nothing(
        steps in prop::collection::vec(steps(), 1..40),
    ) {
        let mut certification = Certification::default();
        for step in steps {
            let (before, label) = (certification.clone(), name(&step));
            let row = TABLE.iter().find(|(from, by, ..)| *from == before.status && *by == label);
            match certification.take(step) {
                Err(_) => prop_assert_eq!(&certification, &before, "a refused {} leaves no trace", label),
                Ok(progress) => {
                    let progress: Vec<&str> = progress.iter().map(told).collect();
                    let row = row.map(|(_, _, to, told)| (*to, told.to_vec()));
                    prop_assert_eq!(row, Some((certification.status, progress)), "{} from {:?}", label, before.status);
                }
            }
            let wiped = certification.status == Unverified;
            prop_assert_eq!(wiped, certification == Certification::default(), "what is wiped is wiped, all of it");
            prop_assert_eq!(wiped, certification.record.is_none());
            if let (LetterPending, Verified) = (before.status, certification.status) {
                let transfer = certification.record.as_ref().and_then(|record| record.transfer);
                prop_assert!(transfer.is_none_or(|transfer| transfer == Transfer::Received));
            }
        }
    }

    #[test]
    fn who_is_verified_stays_verified(steps in prop::collection::vec(steps(), 1..40)) {
        let mut certification = Certification { record: Some(record()), status: Verified, ..Certification::default() };
        for step in steps {
            let _told_or_refused = certification.take(step);
            prop_assert_eq!(certification.status, Verified);
        }
    }
}

#[test]
fn every_way_through_the_table_can_be_gone() {
    let letter = || [Step::Submit(Box::new(record())), Step::UploadLetter { with_transfer: false }];
    let refused = || Step::JudgeLetter(Verdict::Refused("照片不清晰".into()));
    let legal =
        |method| vec![Step::Submit(Box::new(record())), Step::AskLegalPerson(method), Step::LegalPersonCompletes];
    let twice = [refused(), Step::UploadLetter { with_transfer: false }, Step::JudgeLetter(Verdict::Passed)];
    let ways = [
        legal(VerificationMethod::LegalPerson),
        legal(VerificationMethod::LegalPersonAuthorizes),
        letter().into_iter().chain([Step::JudgeLetter(Verdict::Passed)]).collect(),
        letter().into_iter().chain(twice).collect(),
        letter().into_iter().chain([Step::Void]).chain(legal(VerificationMethod::LegalPerson)).collect(),
    ];
    for way in ways {
        let mut certification = Certification::default();
        for step in way {
            certification.take(step).unwrap();
        }
        assert_eq!(certification.status, Verified);
    }
}

#[test]
fn a_letter_after_a_refusal_counts_as_not_handed_in() {
    let mut certification = Certification::default();
    let refused = Step::JudgeLetter(Verdict::Refused("照片不清晰".into()));
    for step in [Step::Submit(Box::new(record())), Step::UploadLetter { with_transfer: false }, refused] {
        certification.take(step).unwrap();
        assert!(certification.submitted);
    }
    certification.take(Step::UploadLetter { with_transfer: false }).unwrap();
    assert!(!certification.submitted, "api ChannelOrganizationInfo.HasSubmittedAuthInfo");
}
