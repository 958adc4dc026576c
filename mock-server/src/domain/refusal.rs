//! Why the domain says no, in its own words.
//!
//! Each variant has a row of the same name in `schemas/<service>/<version>/refusals.yaml`, where the vendor's code and
//! message for it stand, per action and with their sources; a test holds the two together. The values a variant carries
//! fill the placeholders of that row's message.

use super::flow::Ended;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident : $kind:ty),* $(,)? })?),* $(,)?) => {
        /// A refusal. See the module's comment for how it becomes an answer.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name $({ $(#[allow(missing_docs, reason = "the variant says it")] $field: $kind),* })?),*
        }

        impl Refusal {
            /// Every row the domain may ask for.
            pub const ROWS: &[&str] = &[$(stringify!($name)),*];

            /// The row of `refusals.yaml` that answers this refusal.
            #[must_use]
            pub fn row(&self) -> &'static str {
                match self {
                    $(Self::$name $({ $($field: _),* })? => stringify!($name)),*
                }
            }

            /// What fills the placeholders of the row's message.
            #[must_use]
            pub fn values(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$name $({ $($field),* })? => vec![$($((stringify!($field), $field.to_string())),*)?]),*
                }
            }
        }
    };
}

refusals! {
    /// No operator was named.
    OperatorEmpty,
    /// The operator is nobody the company knows.
    OperatorUnknown { user: String },
    /// The operator has not proved who they are.
    OperatorNotVerified { user: String },
    /// The operator may not do this.
    OperatorLacksPermission { user: String },
    /// The named member company does not exist or has not joined.
    SubOrganizationUnknown { organization: String },
    /// The company has used up the contracts it bought.
    QuotaExhausted,
    /// No contract was named.
    FlowIdEmpty,
    /// There is no such contract.
    FlowUnknown { flow: String },
    /// The contract is another company's.
    FlowOfAnotherOrganization { flow: String },
    /// Nobody may look at this contract from here.
    NoViewPermission { flow: String },
    /// Everybody has signed already.
    FlowCompleted,
    /// The contract has ended in another way.
    FlowEnded { how: Ended },
    /// No such signer in this contract.
    ApproverUnknown { approver: String },
    /// The person of a link does not take part in the contract.
    NotAParticipant,
    /// It is not this signer's turn, or they have acted already.
    ApproverNotWaiting { approver: String },
    /// The contract forbids this signer to refuse.
    RefusalForbidden { approver: String },
    /// The contract's deadline is not in the future.
    DeadlineInvalid,
    /// A signer's own deadline is past, or later than the contract's.
    ApproverDeadlineInvalid,
    /// A contract without signers.
    ApproversEmpty,
    /// A kind of signer that does not exist.
    ApproverTypeInvalid { kind: i64 },
    /// A signer without a name.
    ApproverNameMissing,
    /// A signer without a mobile number.
    ApproverMobileMissing,
    /// A name no person can have.
    ApproverNameInvalid { name: String },
    /// Not a mainland mobile number.
    MobileInvalid { mobile: String },
    /// A company signer without the company's name.
    OrganizationNameMissing,
    /// A company name as no register has it.
    OrganizationNameInvalid { name: String },
    /// A person signer with a company name.
    PersonWithOrganizationName,
    /// An identity card that cannot be.
    CardNumberInvalid { number: String },
    /// The same signer twice.
    ApproverRepeated { name: String },
    /// The same copy recipient twice, or one who signs too.
    CcRepeated { name: String },
    /// A cancellation without a reason.
    CancelReasonMissing,
    /// The company has not switched auto-sign on.
    AutoSignNotOpened,
    /// An auto-sign seal component without a seal.
    AutoSignSealMissing,
    /// A seal that may not be used for auto-sign.
    AutoSignSealNotUsable { seal: String },
    /// A machine cannot write by hand.
    AutoSignWithSignature,
    /// Nobody may fill in a contract that signs itself.
    AutoSignWithFillComponents,
    /// A signer without anything to sign.
    SignComponentsMissing,
    /// A component that does not exist.
    ComponentTypeUnknown { kind: String },
    /// A component this party may not have.
    ComponentTypeNotAllowed { kind: String },
    /// A component on a page the document does not have.
    ComponentPageInvalid { page: i64 },
    /// A component outside of its page, or without size.
    ComponentPositionInvalid { detail: String },
    /// Contracts have one file, number 0.
    ComponentFileIndexInvalid { index: i64 },
    /// A keyword the document does not contain.
    KeywordNotFound { keyword: String },
    /// A form field the document does not have.
    FormFieldNotFound { field: String },
    /// No such seal.
    SealUnknown { seal: String },
    /// A contract without a file.
    FileIdsEmpty,
    /// A contract with several files.
    TooManyFileIds,
    /// No such file.
    FileUnknown { file: String },
    /// The file has expired.
    FileRemoved { file: String },
    /// The file is another company's.
    FileOfAnotherOrganization { file: String },
    /// The file is no PDF.
    FileNotPdf { file: String },
    /// An upload whose name, kind or body is not what it should be.
    FileContentRefused { detail: String },
    /// An upload over the documented size.
    FileTooLarge { detail: String },
    /// Too many files in one upload.
    TooManyFiles { limit: usize },
    /// Nothing of that id can be downloaded here.
    ResourceUnknown { id: String },
    /// The document is not composed yet.
    DocumentNotComposed,
    /// A kind of download that does not exist.
    BusinessTypeInvalid { kind: String },
    /// No ids, or too many.
    BusinessIdInvalid,
    /// A value from outside the documented ones.
    ValueNotAllowed { field: String, detail: String },
    /// More than the documented number.
    ListTooLong { field: String, limit: usize },
    /// A link's end outside the documented range.
    LinkExpiryInvalid { detail: String },
    /// A page that demands a contract, and none was named.
    FlowIdMissing,
    /// The H5 page does not take this kind of identity card.
    H5CardNotSupported { card: &'static str },
    /// A page the mini program does not have.
    PathTypeInvalid { kind: u64 },
    /// A page that cannot be reached in this way.
    JumpPageNotSupported,
    /// This stand-in does not model it, and says so rather than pretend.
    NotModelled { what: String },
}
