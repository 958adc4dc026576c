//! Why there is no page to show. How it is said stands in [`super::words`].

use axum::http::StatusCode;
use ess_schemas::Action;
use ess_schemas::ess::{CreateContractReviewWebUrlRequest, CreateFlowByFilesRequest, CreateSealRequest};
use ess_schemas::essbasic::{CreateConsoleLoginUrlRequest, ModifyOrganizationBusinessInfoRequest};

use super::visit::Standing;
use crate::domain::new_template::Unfit;
use crate::domain::qr_code::NotAdmitted;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::gateway::refusal::answer;

/// Something in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No world is called so.
    UnknownWorld,
    /// Nobody was given this link.
    UnknownLink,
    /// It is over since then.
    LinkExpired(Timestamp),
    /// The link opens no such contract.
    UnknownContract,
    /// The visitor may not act, because of where they stand.
    NotNow(Standing),
    /// The contract forbids this signer to refuse, or the link hides the way to it.
    MustNotReject,
    /// The contract forbids this signer to hand their task on, or there is nobody to hand a person's task on to.
    MustNotForward,
    /// No colleague of the signer's is called so.
    NoColleague,
    /// What the domain refuses: the name of the reason, and the service's words for it.
    Refused(&'static str, String),
    /// What the page offers cannot be done as things stand: the name of the reason, and the service's words for it.
    CannotBeDone(&'static str, String),
    /// Only the super administrator or the legal person may, and the visitor is neither.
    NoAccess,
    /// A template that somebody wants cannot be so.
    TemplateUnfit(Unfit),
    /// A QR code does not let the visitor in.
    NotAdmitted(NotAdmitted),
    /// The link opens once, and was opened.
    AlreadyOpened,
    /// What the page offered has been done.
    AlreadyDone,
    /// This is done contract by contract.
    OneByOne,
    /// Open slots of this link are picked up all at once.
    AllOrNone,
    /// The slot is meant for somebody else.
    NotForYou,
    /// Somebody picked the slot up already.
    SlotTaken,
    /// A name, mobile number or company that cannot be.
    WhoUnfit(Part),
    /// A component that must be filled in is empty.
    FieldEmpty(String),
    /// What was filled into a component does not fit it.
    FieldUnfit(String),
    /// A prompt before the camera was not answered as it must be.
    AnswerUnfit(String),
    /// Refusing takes a reason.
    ReasonMissing,
    /// So many characters, and no more.
    ReasonTooLong(usize),
    /// What was posted cannot be read; what was found.
    Unreadable(String),
    /// What was posted is too large.
    TooLarge,
    /// A download key that was never handed out.
    KeyForged,
    /// A download key that is over since then.
    KeyExpired(Timestamp),
    /// There is no such file.
    UnknownFile,
    /// The document has no such page.
    UnknownPage,
    /// The document cannot be drawn; why.
    Undrawable(String),
}

impl Trouble {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownWorld | Self::UnknownLink | Self::UnknownContract | Self::UnknownFile | Self::UnknownPage => {
                StatusCode::NOT_FOUND
            }
            Self::LinkExpired(_)
            | Self::KeyExpired(_)
            | Self::AlreadyOpened
            | Self::TemplateUnfit(Unfit::Gone)
            | Self::NotAdmitted(NotAdmitted::Cancelled | NotAdmitted::Expired) => StatusCode::GONE,
            Self::NotAdmitted(NotAdmitted::NotInvited) | Self::NoAccess => StatusCode::FORBIDDEN,
            Self::NotNow(Standing::Looking | Standing::Machine) | Self::KeyForged | Self::NotForYou => {
                StatusCode::FORBIDDEN
            }
            Self::NotNow(Standing::MustChoose | Standing::MayClaim) | Self::NoColleague => StatusCode::BAD_REQUEST,
            Self::NotNow(
                Standing::MaySign
                | Standing::MayFill
                | Standing::UnderReview
                | Standing::Filled
                | Standing::NotYet
                | Standing::Signed
                | Standing::Rejected
                | Standing::Ended(_),
            )
            | Self::MustNotReject
            | Self::MustNotForward
            | Self::AlreadyDone
            | Self::OneByOne
            | Self::AllOrNone
            | Self::SlotTaken
            | Self::Refused(..)
            | Self::CannotBeDone(..)
            | Self::NotAdmitted(NotAdmitted::UsedUp | NotAdmitted::Twice) => StatusCode::CONFLICT,
            Self::ReasonMissing
            | Self::TemplateUnfit(_)
            | Self::ReasonTooLong(_)
            | Self::Unreadable(_)
            | Self::WhoUnfit(_)
            | Self::FieldEmpty(_)
            | Self::FieldUnfit(_)
            | Self::AnswerUnfit(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Undrawable(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its name, for scripts.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::UnknownWorld => "unknown_world",
            Self::UnknownLink => "unknown_link",
            Self::LinkExpired(_) => "link_expired",
            Self::UnknownContract => "unknown_contract",
            Self::NotNow(standing) => standing.name(),
            Self::MustNotReject => "must_not_reject",
            Self::MustNotForward => "must_not_forward",
            Self::NoColleague => "no_colleague",
            Self::Refused(row, _) | Self::CannotBeDone(row, _) => row,
            Self::NoAccess => "no_access",
            Self::TemplateUnfit(unfit) => unfit.name(),
            Self::NotAdmitted(NotAdmitted::Cancelled) => "code_cancelled",
            Self::NotAdmitted(NotAdmitted::Expired) => "code_expired",
            Self::NotAdmitted(NotAdmitted::UsedUp) => "code_used_up",
            Self::NotAdmitted(NotAdmitted::NotInvited) => "not_invited",
            Self::NotAdmitted(NotAdmitted::Twice) => "scanned_before",
            Self::AlreadyOpened => "already_opened",
            Self::AlreadyDone => "already_done",
            Self::OneByOne => "one_by_one",
            Self::AllOrNone => "all_or_none",
            Self::NotForYou => "not_for_you",
            Self::SlotTaken => "slot_taken",
            Self::WhoUnfit(_) => "identity_unfit",
            Self::FieldEmpty(_) => "field_empty",
            Self::FieldUnfit(_) => "field_unfit",
            Self::AnswerUnfit(_) => "answer_unfit",
            Self::ReasonMissing => "reason_missing",
            Self::ReasonTooLong(_) => "reason_too_long",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too_large",
            Self::KeyForged => "key_forged",
            Self::KeyExpired(_) => "key_expired",
            Self::UnknownFile => "unknown_file",
            Self::UnknownPage => "unknown_page",
            Self::Undrawable(_) => "undrawable",
        }
    }

    /// What the domain refuses to somebody who launches, in the words a caller of `CreateFlowByFiles` reads.
    pub(super) fn refused(refusal: &Refusal) -> Self {
        Self::refused_as::<CreateFlowByFilesRequest>(refusal)
    }

    /// What the domain refuses to somebody who makes a seal, in the words a caller of `CreateSeal` reads.
    pub(super) fn refused_to_seal_maker(refusal: &Refusal) -> Self {
        Self::refused_as::<CreateSealRequest>(refusal)
    }

    /// What the domain refuses to somebody on the way into a platform's console, in the words a caller of
    /// `CreateConsoleLoginUrl` reads.
    pub(super) fn refused_to_customer(refusal: &Refusal) -> Self {
        Self::refused_as::<CreateConsoleLoginUrlRequest>(refusal)
    }

    /// What the domain refuses to somebody on a page of reviews and checklists, in the words `CreateContractReviewWebUrl` reads.
    pub(super) fn refused_to_reviewer(refusal: &Refusal) -> Self {
        Self::refused_as::<CreateContractReviewWebUrlRequest>(refusal)
    }

    fn refused_as<A: Action>(refusal: &Refusal) -> Self {
        let values = refusal.values();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let error = answer(refusal.row(), &values, A::contract());
        Self::Refused(refusal.row(), error.message.into_owned())
    }

    /// What the domain refuses to somebody on the page of a company's matters, in the words a platform reads.
    #[expect(clippy::wildcard_enum_match_arm, reason = "of the hundreds of refusals these are left for them")]
    pub(super) fn of_matters(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::OperatorNotAdministrator { .. } => Self::NoAccess,
            Refusal::ParameterMissing { field } => Self::FieldEmpty((*field).to_owned()),
            Refusal::EmployeeUnknown { .. } => Self::NoColleague,
            Refusal::MobileInvalid { .. } => Self::WhoUnfit(Part::Mobile),
            other => {
                let values = other.values();
                let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let error = answer(other.row(), &values, ModifyOrganizationBusinessInfoRequest::contract());
                Self::CannotBeDone(other.row(), error.message.into_owned())
            }
        }
    }

    /// What the domain refuses to somebody who stands where they may act.
    #[expect(clippy::wildcard_enum_match_arm, reason = "of the hundreds of refusals these are left for them")]
    pub(super) fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::RefusalForbidden { .. } => Self::MustNotReject,
            Refusal::TransferForbidden { .. } => Self::MustNotForward,
            Refusal::ForwardTargetInvalid { .. } => Self::NoColleague,
            Refusal::ClaimantNotMeant => Self::NotForYou,
            Refusal::SlotTaken { .. } => Self::SlotTaken,
            Refusal::ApproverNameMissing | Refusal::ApproverNameInvalid { .. } => Self::WhoUnfit(Part::Name),
            Refusal::MobileInvalid { .. } => Self::WhoUnfit(Part::Mobile),
            Refusal::OrganizationNameMissing | Refusal::OrganizationNameInvalid { .. } => Self::WhoUnfit(Part::Company),
            Refusal::RequiredComponentEmpty { component } => Self::FieldEmpty(component.clone()),
            Refusal::ComponentUnknown { component } | Refusal::ComponentValueMismatch { component } => {
                Self::FieldUnfit(component.clone())
            }
            Refusal::FileUnknown { file } => Self::FieldUnfit(file.clone()),
            Refusal::SealNotUsable { .. } | Refusal::SealNotGranted { .. } => Self::refused(refusal),
            _ => Self::UnknownContract,
        }
    }
}

/// A part of who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Name,
    Mobile,
    Company,
}

impl Standing {
    /// Its name, for scripts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::MaySign => "may_sign",
            Self::MayClaim => "may_claim",
            Self::MayFill => "may_fill",
            Self::UnderReview => "under_review",
            Self::Filled => "filled",
            Self::MustChoose => "must_choose",
            Self::NotYet => "not_yet",
            Self::Signed => "signed",
            Self::Rejected => "rejected",
            Self::Ended(_) => "ended",
            Self::Machine => "machine_signs",
            Self::Looking => "looking",
        }
    }
}
