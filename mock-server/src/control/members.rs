//! `/_mock/members`: the members of holding groups, and what happens to them that no call does: a company follows an invitation, lets
//! the main company act or does not, or leaves.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Body, World};
use crate::domain::ids::OrganizationId;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::world;

/// A member as the domain knows it.
#[derive(Serialize)]
pub(super) struct Row {
    organization: OrganizationId,
    name: String,
    main: OrganizationId,
    /// As DescribeOrganizationGroupOrganizations has it: 1 to 5.
    status: u64,
    /// Since when, in seconds since 1970.
    since: i64,
    /// Seconds since 1970; nothing without a licence that ends.
    licensed_until: Option<i64>,
    admin_change: bool,
}

/// What happens to which company.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// The company: its id or its name.
    member: String,
    /// The main company, likewise; the one it belongs to when left out.
    main: Option<String>,
    happens: Happens,
}

/// What may happen.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happens {
    /// It follows an invitation.
    Invited,
    /// It lets the main company act.
    Authorized,
    /// It does not.
    Refused,
    /// It leaves, or is let go.
    Released,
}

pub(super) async fn list(World(account): World) -> Json<Vec<Row>> {
    Json(account.enter(EdgeTime::read(), |world, _, _| {
        world.directory.organizations.iter().filter_map(|one| row(one)).collect()
    }))
}

pub(super) async fn happen(World(account): World, Body(event): Body<Event>) -> Result<Json<Row>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let member = find(world, &event.member)?;
        let main = match (&event.main, &member.holding) {
            (Some(main), _) => find(world, main)?.id,
            (None, Some(holding)) => holding.main.clone(),
            (None, None) => {
                return Err(Failure::bad_request(format!("main: `{}` belongs to no group yet", event.member)));
            }
        };
        let done = match event.happens {
            Happens::Invited => world.invite_member(&main, &member.id, now),
            Happens::Authorized => world.answer_invitation(&main, &member.id, true, now),
            Happens::Refused => world.answer_invitation(&main, &member.id, false, now),
            Happens::Released => world.release_member(&main, &member.id, now, outbox),
        };
        done.map_err(|refusal| explain(&refusal))?;
        let gone = || Failure::conflict(format!("`{}` belongs to no group.", event.member));
        find(world, member.id.as_str()).ok().and_then(|one| row(&one)).map(Json).ok_or_else(gone)
    })
}

fn find(world: &world::World, named: &str) -> Result<Organization, Failure> {
    let mut all = world.directory.organizations.iter();
    let found = all.find(|one| one.id.as_str() == named || one.name == named);
    let unknown = || Failure::not_found(format!("This world has no organization `{named}`."));
    found.map(|one| one.as_ref().clone()).ok_or_else(unknown)
}

/// What the domain refuses, in plain English.
#[expect(clippy::wildcard_enum_match_arm, reason = "of the hundreds of refusals these are left for members")]
fn explain(refusal: &Refusal) -> Failure {
    Failure::conflict(match refusal {
        Refusal::MembershipStateWrong { status } => {
            format!("That does not fit how far the company is: {status}. GET /_mock/members shows all of them.")
        }
        Refusal::SubOrganizationUnknown { organization } => {
            format!("`{organization}` has nothing to do with that group.")
        }
        other => format!("The company's state does not allow that: {}.", other.row()),
    })
}

fn row(company: &Organization) -> Option<Row> {
    let holding = company.holding.as_ref()?;
    Some(Row {
        organization: company.id.clone(),
        name: company.name.clone(),
        main: holding.main.clone(),
        status: holding.status.code(),
        since: holding.joined_at.seconds(),
        licensed_until: holding.licensed_until.map(Timestamp::seconds),
        admin_change: holding.admin_change,
    })
}
