//! `POST /_mock/organizations/{id}/close`: a company is closed, as its administrator does in the vendor's console: the first time it is
//! being closed, the second time it is gone.

use axum::Json;
use serde::Serialize;

use super::errors::Failure;
use super::request::{Id, World};
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::clock::EdgeTime;

/// How the company stands now.
#[derive(Serialize)]
pub(super) struct Closed {
    organization: String,
    standing: &'static str,
}

pub(super) async fn close(World(account): World, Id(id): Id) -> Result<Json<Closed>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let company = OrganizationId::from(id.as_str());
        let gone = world.close(&company, now, outbox).map_err(|refusal| explain(&id, &refusal))?;
        Ok(Json(Closed { organization: id, standing: if gone { "closed" } else { "closing" } }))
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "of the hundreds of refusals these are left for closing")]
fn explain(id: &str, refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::OrganizationUnknown { .. } => Failure::not_found(format!("This world has no organization `{id}`.")),
        Refusal::OrganizationHasOpenFlows { count } => {
            Failure::conflict(format!("{count} of its contracts have not ended. Cancel or finish them first."))
        }
        other => Failure::conflict(format!("The company's state does not allow that: {}.", other.row())),
    }
}
