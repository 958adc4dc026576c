//! Verdicts of a company's own approval, for both services: on a signature, on a signer of a whole group, on starting.

use crate::domain::employee::Card;
use crate::domain::life::reviewing::{Reviewed, Ruling};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// A verdict; a negative one must say why (`ex CreateFlowSignReview`).
///
/// # Errors
/// It does not, or there is no such verdict.
pub(super) fn ruling(kind: &str, reason: Option<&String>) -> Result<Ruling, Refusal> {
    match (kind, reason) {
        ("PASS", _) => Ok(Ruling::Pass),
        ("REJECT", Some(_)) => Ok(Ruling::Reject),
        ("SIGN_REJECT", Some(reason)) => Ok(Ruling::End(reason.clone())),
        ("REJECT" | "SIGN_REJECT", None) => Err(Refusal::ReviewMessageMissing),
        (other, _) => {
            let detail = format!("there is no {other}");
            Err(Refusal::ParameterInvalid { field: "ReviewType", detail })
        }
    }
}

/// What a verdict on one contract is about.
pub(super) enum About<'a> {
    /// Starting it (`OperateType` `CreateReview`).
    Start,
    /// The signer in this slot, or those of the initiator's company whose gate the contract as a whole asked for.
    Signature(Option<&'a String>),
}

impl<'a> About<'a> {
    /// What `OperateType` and `RecipientId` say.
    pub(super) fn of(operate: Option<&str>, recipient: Option<&'a String>) -> Self {
        if operate == Some("CreateReview") { Self::Start } else { Self::Signature(recipient) }
    }
}

/// Brings a verdict on one contract.
///
/// # Errors
/// No such contract of the caller's, it has ended, nothing is to be approved, or no such signer.
pub(super) fn review(
    call: &mut Call<'_>,
    flow: &str,
    about: About<'_>,
    ruling: impl FnOnce() -> Result<Ruling, Refusal>,
) -> Result<(), Refusal> {
    let (flow, now) = (call.own_flow(flow)?, call.now);
    let ruling = ruling()?;
    match about {
        About::Start => call.change_flow(&flow.id, |flow| flow.review_creation(&ruling, now)),
        About::Signature(recipient) => {
            let recipient = recipient.map(|id| id.as_str().into());
            call.change_flow(&flow.id, |flow| flow.review(recipient.as_ref(), &ruling, now))
        }
    }
}

/// Who is meant in a group (`api NeedReviewApproverInfo`).
pub(super) struct Meant<'a> {
    /// Whether a company's signer is.
    pub(super) of_company: bool,
    pub(super) organization_name: Option<&'a String>,
    pub(super) name: &'a str,
    pub(super) mobile: Option<&'a String>,
    pub(super) card: Option<Card>,
}

/// Brings a verdict on one signer of a group, for all contracts of it that they sign. The last verdict before the signature
/// counts (`api CreateFlowGroupSignReview`).
///
/// # Errors
/// No such group of the caller's, or nothing about this signer is to be approved.
pub(super) fn review_group(
    call: &mut Call<'_>,
    group: &str,
    meant: &Meant<'_>,
    ruling: impl FnOnce() -> Result<Ruling, Refusal>,
) -> Result<(), Refusal> {
    let (group, now) = (call.own_group(group)?, call.now);
    let (ruling, who) = (ruling()?, meant.reviewed()?);
    let flows = group.flows.iter().filter_map(|id| call.world.flows.get(id.as_str()));
    let meant: Vec<_> = flows.filter_map(|flow| Some((flow.clone(), flow.reviewed(&who)?.recipient.clone()))).collect();
    if meant.is_empty() {
        return Err(Refusal::ReviewNotAvailable);
    }
    for (flow, recipient) in &meant {
        // Tried on a copy first: either the whole group hears the verdict or none of it.
        (**flow).clone().review(Some(recipient), &ruling, now)?;
    }
    for (flow, recipient) in &meant {
        call.change_flow(&flow.id, |flow| flow.review(Some(recipient), &ruling, now))?;
    }
    Ok(())
}

impl Meant<'_> {
    /// A company's signer is told apart by the company too; a number or a card must say who is meant.
    fn reviewed(&self) -> Result<Reviewed, Refusal> {
        let organization_name = self.organization_name.filter(|_| self.of_company).cloned();
        if self.of_company && organization_name.is_none() {
            return Err(Refusal::ParameterMissing { field: "ApproverInfo.OrganizationName" });
        }
        if self.mobile.is_none() && self.card.is_none() {
            return Err(Refusal::ParameterMissing { field: "ApproverInfo.ApproverMobile" });
        }
        let (name, mobile) = (self.name.to_owned(), self.mobile.cloned());
        Ok(Reviewed { organization_name, name, mobile, card: self.card.clone() })
    }
}
