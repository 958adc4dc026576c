//! One contract, folded from whatever was told about it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::approver::{ApproverState, ApproverStatus, AsOf};
use super::report::{Details, Report, Slot, Source};
use super::status::{FlowStatus, Stage, Step};

/// What is known about one contract. Folding reports into it never moves it backwards, whatever their order.
///
/// It is a value: keep it in a database between two callbacks, if there is more than one process or one life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowState {
    /// The contract's `FlowId`.
    pub flow_id: String,
    /// Where it stands.
    pub status: FlowStatus,
    /// What else is known about it.
    pub details: FlowDetails,
    /// The last change heard of, in seconds since 1970; 0 if only Describe answers told.
    pub updated_at: i64,
    /// The signers by their place, `RecipientId`.
    pub approvers: BTreeMap<String, ApproverState>,
    details_as_of: (u8, i64),
}

/// What is known about a contract besides its status. What nobody told is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FlowDetails {
    /// `FlowName`.
    pub name: String,
    /// Why it ended, if it ended early. The legacy generation does not say.
    pub message: String,
    /// Until when it must be signed, in seconds since 1970; 0 for never or not told.
    pub deadline: i64,
    /// What the launcher passed through: `UserData`, or `CustomerData` of a platform.
    pub user_data: String,
    /// The contract that releases this one, once there is one.
    pub release_flow_id: String,
}

/// What a report changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "conflicts are reported here and nowhere else"]
pub struct Change {
    /// The contract.
    pub flow_id: String,
    /// Its status before; none for a contract not heard of before.
    pub before: Option<FlowStatus>,
    /// Its status now.
    pub after: FlowStatus,
    /// Whether anything at all is known now that was not.
    pub news: bool,
    /// What was told and cannot be; the state keeps what it had.
    pub conflicts: Vec<Conflict>,
}

/// Something told that does not fit to what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// The contract ended one way, and is said to have ended another way.
    OtherEnd {
        /// How it ended.
        known: FlowStatus,
        /// How it is said to have ended.
        told: FlowStatus,
    },
    /// A signer finished one way, and is said to have finished another way.
    OtherEndOfApprover {
        /// The signer's place.
        recipient: String,
        /// How they finished.
        known: ApproverStatus,
        /// How they are said to have finished.
        told: ApproverStatus,
    },
    /// A Describe answer is behind what callbacks told. Perhaps a callback overtook it: ask again.
    DescribedBehind {
        /// What callbacks told.
        known: FlowStatus,
        /// What the answer says.
        told: FlowStatus,
    },
    /// A status nobody here knows: a number or a word newer than this crate.
    UnknownStatus {
        /// The signer's place; none for the contract itself.
        recipient: Option<String>,
        /// The number or the word.
        told: String,
    },
}

impl Change {
    /// Whether this report ended the contract, or released a completed one.
    pub fn ended(&self) -> bool {
        self.after.is_final() && self.before != Some(self.after)
    }
}

impl FlowState {
    /// A contract of which nothing is known yet.
    pub fn unheard_of(flow_id: impl Into<String>) -> Self {
        Self {
            flow_id: flow_id.into(),
            status: FlowStatus::Open,
            details: FlowDetails::default(),
            updated_at: 0,
            approvers: BTreeMap::new(),
            details_as_of: (0, i64::MIN),
        }
    }

    /// Takes over what is further in a report on this contract.
    pub fn fold(&mut self, report: impl Into<Report>) -> Change {
        let Report { flow_id, source, status: told, details, approvers } = report.into();
        let before = self.clone();
        let mut conflicts = Vec::new();
        let at = match source {
            Source::Callback { at } => at,
            Source::Describe => self.updated_at,
        };
        let told = match told {
            Ok(status) => Some(status),
            Err(told) => {
                conflicts.push(Conflict::UnknownStatus { recipient: None, told });
                None
            }
        };
        match told.map_or(Step::NotFurther, |told| self.status.step(told)) {
            Step::Contradiction => {
                // Nothing else of such a report is believed either.
                conflicts.extend(told.map(|told| Conflict::OtherEnd { known: self.status, told }));
                return self.change_since(&before, flow_id, conflicts);
            }
            Step::Further => self.status = told.unwrap_or(self.status),
            Step::NotFurther => conflicts.extend(told.and_then(|told| self.behind(told, source))),
        }
        self.updated_at = self.updated_at.max(at);
        self.take_details(details, told, source, at);
        let stage = told.map_or(Stage::Drafted, FlowStatus::stage);
        let all_filled = !approvers.iter().any(|slot| slot.status == Ok(ApproverStatus::FillPending));
        let as_of = AsOf { stage, at, all_filled };
        for (number, mut slot) in approvers.into_iter().enumerate() {
            if slot.recipient.is_empty() {
                slot.recipient = format!("#{number}");
            }
            conflicts.extend(self.take_approver(slot, as_of));
        }
        self.change_since(&before, flow_id, conflicts)
    }

    /// A Describe answer about an earlier state than the known one. What callbacks say with less words is no earlier state.
    fn behind(&self, told: FlowStatus, source: Source) -> Option<Conflict> {
        let fewer_words = told == FlowStatus::Open && self.status.progress() < FlowStatus::PartlySigned.progress()
            || (self.status, told) == (FlowStatus::FillRejected, FlowStatus::Rejected);
        let fits = told == self.status || fewer_words;
        let behind = source == Source::Describe && !fits;
        behind.then_some(Conflict::DescribedBehind { known: self.status, told })
    }

    /// The furthest report has the last word; among callbacks that are equally far, the latest.
    fn take_details(&mut self, details: Details, told: Option<FlowStatus>, source: Source, at: i64) {
        let as_of = (told.map_or(0, FlowStatus::progress), at);
        let told = FlowDetails {
            name: details.name,
            message: details.message.unwrap_or_else(|| self.details.message.clone()),
            deadline: details.deadline.unwrap_or(self.details.deadline),
            user_data: details.user_data.unwrap_or_else(|| self.details.user_data.clone()),
            release_flow_id: details.release_flow_id.unwrap_or_else(|| self.details.release_flow_id.clone()),
        };
        let further = match source {
            Source::Describe => as_of >= self.details_as_of,
            Source::Callback { .. } => (as_of, &told) > (self.details_as_of, &self.details),
        };
        if further {
            (self.details, self.details_as_of) = (told, as_of);
        }
    }

    fn take_approver(&mut self, slot: Slot, as_of: AsOf) -> Option<Conflict> {
        let Slot { recipient, status, name, message, signed_at } = slot;
        let status = match status {
            Ok(status) => status,
            Err(told) => return Some(Conflict::UnknownStatus { recipient: Some(recipient), told }),
        };
        let told = ApproverState { status, name, message, signed_at, as_of };
        let Some(known) = self.approvers.get_mut(&recipient) else {
            self.approvers.insert(recipient, told);
            return None;
        };
        match known.merge(told) {
            Step::Contradiction => Some(Conflict::OtherEndOfApprover { recipient, known: known.status, told: status }),
            Step::Further | Step::NotFurther => None,
        }
    }

    fn change_since(&self, before: &Self, flow_id: String, conflicts: Vec<Conflict>) -> Change {
        Change { flow_id, before: Some(before.status), after: self.status, news: self != before, conflicts }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherEnd { known, told } => {
                write!(out, "the contract ended as {known:?}, and is said to have ended as {told:?}")
            }
            Self::OtherEndOfApprover { recipient, known, told } => {
                write!(out, "the signer at {recipient} is {known:?}, and is said to be {told:?}")
            }
            Self::DescribedBehind { known, told } => {
                write!(out, "callbacks told {known:?}, and the answer still says {told:?}")
            }
            Self::UnknownStatus { recipient: None, told } => write!(out, "the contract's status {told} is not known"),
            Self::UnknownStatus { recipient: Some(recipient), told } => {
                write!(out, "the status {told} of the signer at {recipient} is not known")
            }
        }
    }
}
