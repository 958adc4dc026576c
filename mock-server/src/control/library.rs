//! `/_mock/library/{id}/claims`: a customer claims a template its platform offers, which only its console can.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Body, Id, World};
use crate::domain::refusal::Refusal;
use crate::engine::clock::EdgeTime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim {
    /// The customer, by the platform's id.
    customer: String,
}

/// What the customer has from now on.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) struct Claimed {
    template: String,
}

pub(super) async fn claim(
    World(account): World,
    Id(id): Id,
    Body(claim): Body<Claim>,
) -> Result<Json<Claimed>, Failure> {
    let made = account.try_enter(EdgeTime::read(), |world, now, outbox| {
        world.hand_template_over(&id, &claim.customer, now, outbox).map_err(|refusal| refused(&refusal))
    })?;
    Ok(Json(Claimed { template: made.id.to_string() }))
}

fn refused(refusal: &Refusal) -> Failure {
    if let Refusal::TemplateUnknown { template } = refusal {
        return Failure::not_found(format!(
            "No platform of this world offers a template `{template}`, or it is switched off. World files say what is \
             offered under `library`."
        ));
    }
    if let Refusal::OrganizationUnknown { organization } = refusal {
        return Failure::not_found(format!(
            "The application whose library this template is in has no customer `{organization}`."
        ));
    }
    if let Refusal::TemplateNotGranted { organization } = refusal {
        return Failure::conflict(format!(
            "The template is not offered to `{organization}`. OperateChannelTemplate with UPDATE grants it."
        ));
    }
    let values: String = refusal.values().iter().map(|(name, value)| format!(", {name}: {value}")).collect();
    Failure::conflict(format!("The template cannot be claimed ({}{values}).", refusal.row()))
}
