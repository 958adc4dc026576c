//! Asking for a seal one may not use (用印申请): an administrator lets its use be, for the one contract, or not.
//!
//! `api DescribeChannelSealPolicyWorkflowUrl` and the message `SealPolicyWorkflow` name the request; its states are ASSUMED.

use super::Seal;
use crate::domain::ids::{ApplicationId, FlowId, OrganizationId, SealId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::register::Registered;
use crate::domain::time::Timestamp;

/// A request to use a seal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct SealWorkflow {
    /// `WorkflowInstanceId`.
    pub id: String,
    /// Whose seal.
    pub organization: OrganizationId,
    /// The platform's application the contract was launched through.
    pub application: Option<ApplicationId>,
    /// The seal.
    pub seal: SealId,
    /// For which contract.
    pub flow: FlowId,
    /// Who asks.
    pub applicant: UserId,
    /// When they asked.
    pub asked_at: Timestamp,
    /// What came of it.
    pub applied: Applied,
    /// The token of the link by which an administrator decides.
    pub token: String,
}

/// What came of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Applied {
    /// Nobody decided.
    #[default]
    Waiting,
    /// The seal may be used.
    Approved,
    /// It may not.
    Rejected,
}

impl Applied {
    /// The word on the wire, which is ASSUMED.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Waiting => "PROCESSING",
            Self::Approved => "PASS",
            Self::Rejected => "REJECT",
        }
    }
}

/// What an administrator says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It may be used.
    Approve,
    /// It may not.
    Reject,
}

impl Registered for SealWorkflow {
    type Id = String;
    fn id(&self) -> &String {
        &self.id
    }
}

impl SealWorkflow {
    /// An administrator decides; the seal is granted for the one contract then.
    ///
    /// # Errors
    /// It was decided before.
    pub fn decide(&mut self, decision: Decision, seal: &mut Seal, grant: String) -> Result<(), Refusal> {
        match self.applied {
            Applied::Waiting => (),
            Applied::Approved | Applied::Rejected => {
                return Err(Refusal::SealStatusWrong { seal: self.seal.to_string() });
            }
        }
        match decision {
            Decision::Approve => {
                seal.grant_for(grant, self.applicant.clone(), self.flow.clone());
                self.applied = Applied::Approved;
            }
            Decision::Reject => self.applied = Applied::Rejected,
        }
        Ok(())
    }
}
