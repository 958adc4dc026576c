//! A gate somebody's company must open before they act (审核).

/// A gate, and what was said last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Review {
    /// Who asked for it.
    pub asked_by: AskedBy,
    /// What was said last.
    pub verdict: Option<Verdict>,
}

/// Who asked for a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// The contract, for the signers of the initiator's company (`NeedSignReview`).
    Flow,
    /// One signer (`ApproverNeedSignReview`).
    Approver,
}

/// What a review said, short of ending the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// `PASS`: go on.
    Passed,
    /// `REJECT`: not yet; it may be submitted again.
    Rejected,
}

impl Review {
    /// A gate nobody has spoken about.
    #[must_use]
    pub fn asked_by(asked_by: AskedBy) -> Self {
        Self { asked_by, verdict: None }
    }

    /// Whether one may pass.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.verdict == Some(Verdict::Passed)
    }
}
