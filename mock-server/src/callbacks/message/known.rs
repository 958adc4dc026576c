//! Which addresses know which messages.

use ess_client::callback::Generation;

use super::MessageKind;
use crate::domain::event::TemplateChange;
use crate::domain::onboarding::progress::{Progress, RecordChange};
use crate::domain::staff_change::StaffChange;

impl MessageKind {
    /// Whether an address of this generation knows it. The old documents list of these contract messages, `FlowCost`,
    /// `TemplateAdd`, `VerifyStaffInfo`, `RolesChange` and `OperateSeal` (`seed scenario-guide`); platforms cannot withdraw all
    /// contracts of a customer at once, and hear of no seal's use; how a customer comes to be one, and what becomes of a seal that is looked at or asked for,
    /// is a platform's business (`callback docs`).
    #[must_use]
    pub fn is_known_to(&self, generation: Generation) -> bool {
        match generation {
            Generation::Company => self.is_known_to_companies(),
            Generation::Partner => {
                // Platforms have no tasks of contract intelligence.
                let of_task = matches!(self, Self::Intelligence(_) | Self::IntelligenceCost(_));
                if let Self::Onboarding(progress, applicant) = self {
                    return is_told_to_platforms(progress, applicant.is_guided());
                }
                // A review is told by a message of the application's, where the seal was made through one.
                let of_company =
                    matches!(self, Self::Seal(news) if news.application.is_none() && news.change.is_review());
                // Companies alone let people join who ask, and send people to say who they are (`callback docs`); what a seal's use
                // tells is theirs too.
                let of_people = matches!(self, Self::Identity(..) | Self::Staff(StaffChange::Admitted, _));
                let of_company = of_company || matches!(self, Self::SealUse(_));
                !of_company && !of_task && !of_people && self.name() != "CancelOrganizationFlows"
            }
            Generation::Legacy => {
                let known = matches!(
                    self,
                    Self::FlowStatusChange(_)
                        | Self::FlowCost(..)
                        | Self::IntelligenceCost(_)
                        | Self::Template(TemplateChange::Added, ..)
                        | Self::Staff(StaffChange::Joined | StaffChange::RolesChanged(..), _)
                );
                known || self.name() == "OperateSeal"
            }
        }
    }

    fn is_known_to_companies(&self) -> bool {
        if let Self::Onboarding(progress, applicant) = self {
            return is_told_to_companies(progress, applicant.is_guided());
        }
        if let Self::Staff(change, _) = self {
            return is_staff_told_to_companies(change);
        }
        let of_platforms = matches!(self, Self::Seal(_)) && self.name() == "AuditSealAuth";
        !of_platforms && !matches!(self, Self::SealPolicyWorkflow(_))
    }
}

/// Whether the company's list of messages has it (`callback docs`): how a letter is judged and that the company is certified, about
/// those it guides.
fn is_told_to_companies(progress: &Progress, guided: bool) -> bool {
    match progress {
        Progress::Record(RecordChange::TransferChanged, _) | Progress::Granted | Progress::RegistryJudged(_) => false,
        Progress::LetterJudged(_) | Progress::Opened => guided,
        Progress::Record(
            RecordChange::Created
            | RecordChange::Voided
            | RecordChange::LetterSubmitted
            | RecordChange::LetterInvalidated,
            _,
        )
        | Progress::DataChanged
        | Progress::Closed
        | Progress::JoinedGroup
        | Progress::LeftGroup => true,
    }
}

/// Whether the platforms' list has it: groups and guided companies are companies' own business (`callback docs`).
fn is_told_to_platforms(progress: &Progress, guided: bool) -> bool {
    match progress {
        Progress::LetterJudged(_) | Progress::Opened => !guided,
        Progress::JoinedGroup | Progress::LeftGroup => false,
        Progress::Record(..)
        | Progress::Granted
        | Progress::RegistryJudged(_)
        | Progress::DataChanged
        | Progress::Closed => true,
    }
}

/// The same of employees.
fn is_staff_told_to_companies(change: &StaffChange) -> bool {
    match change {
        StaffChange::Joined
        | StaffChange::Admitted
        | StaffChange::Left(_)
        | StaffChange::RolesChanged(..)
        | StaffChange::SuperAdminChanged(_) => true,
        StaffChange::NotJoined(_) | StaffChange::Authorized(_) | StaffChange::LegalPersonChanged(..) => false,
    }
}
