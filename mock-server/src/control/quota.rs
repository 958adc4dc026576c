//! `/_mock/organizations/{id}/quota`: what an organization may still use.

use axum::Json;
use serde::Deserialize;

use super::errors::Failure;
use super::request::{Body, Id, World};
use crate::domain::ids::OrganizationId;
use crate::domain::organization::Quota;
use crate::engine::clock::EdgeTime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    left: Option<u64>,
    free_cancellations: Option<u64>,
    previews: Option<u64>,
}

pub(super) async fn show(World(account): World, Id(id): Id) -> Result<Json<Quota>, Failure> {
    let organization =
        account.enter(EdgeTime::read(), |world, _, _| world.directory.organizations.get(id.as_str()).cloned());
    organization.map(|one| Json(one.quota.clone())).ok_or_else(|| unknown(&id))
}

/// Changes what is named and leaves the rest.
pub(super) async fn change(
    World(account): World,
    Id(id): Id,
    Body(change): Body<Change>,
) -> Result<Json<Quota>, Failure> {
    account
        .try_enter(EdgeTime::read(), |world, _, _| {
            let quota = world.quota_mut(&OrganizationId::from(id.as_str())).ok_or_else(|| unknown(&id))?;
            if let Some(left) = change.left {
                quota.set_left(left);
            }
            quota.free_cancellations = change.free_cancellations.unwrap_or(quota.free_cancellations);
            quota.previews = change.previews.unwrap_or(quota.previews);
            Ok(quota.clone())
        })
        .map(Json)
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!("This world has no organization `{id}`. GET /_mock/world lists those with a key."))
}
