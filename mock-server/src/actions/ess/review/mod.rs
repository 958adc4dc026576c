//! Approvals inside of a company: before somebody signs for it, before a contract starts.

pub mod create_flow_group_sign_review;
pub mod create_flow_sign_review;

use crate::actions::{Handler, quick};
use crate::domain::life::reviewing::Ruling;
use crate::domain::refusal::Refusal;

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_flow_group_sign_review::create_flow_group_sign_review),
        quick(create_flow_sign_review::create_flow_sign_review),
    ]
}

/// A verdict; a negative one must say why (`ex CreateFlowSignReview`).
fn ruling(kind: &str, reason: Option<&String>) -> Result<Ruling, Refusal> {
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
