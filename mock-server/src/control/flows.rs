//! `GET /_mock/flows`: contracts as the domain knows them, not as the vendor would tell.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Id, Query, World};
use super::words;
use crate::documents::Area;
use crate::domain::approver::Approver;
use crate::domain::component::Component;
use crate::domain::flow::{CopyRecipient, Flow};
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    status: Option<String>,
    organization: Option<String>,
    limit: Option<usize>,
}

/// A contract. Times are seconds since 1970.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    name: String,
    description: String,
    kind: String,
    user_data: String,
    status: &'static str,
    status_code: i64,
    message: String,
    ordered: bool,
    initiator: Initiator,
    document: String,
    template: Option<String>,
    group: Option<String>,
    releases: Option<String>,
    released_by: Option<String>,
    open_ended: bool,
    remarks: Vec<String>,
    pages: usize,
    created_at: i64,
    updated_at: i64,
    deadline: i64,
    approvers: Vec<ShownApprover>,
    copies: Vec<Copy>,
}

#[derive(Serialize)]
struct Initiator {
    organization: String,
    organization_name: String,
    user: String,
}

#[derive(Serialize)]
struct ShownApprover {
    index: usize,
    recipient: String,
    sign: String,
    kind: &'static str,
    status: &'static str,
    status_code: i64,
    due: bool,
    organization: Option<Company>,
    user: Option<String>,
    name: String,
    mobile: String,
    role_name: String,
    due_since: Option<i64>,
    deadline: i64,
    signed_at: Option<i64>,
    seal: Option<String>,
    message: String,
    notified_by_sms: bool,
    may_reject: bool,
    vacant: bool,
    waits_for_review: bool,
    components: Vec<ShownComponent>,
    fills: Vec<ShownComponent>,
}

#[derive(Serialize)]
struct Company {
    id: Option<String>,
    name: String,
}

#[derive(Serialize)]
struct ShownComponent {
    kind: &'static str,
    id: String,
    name: String,
    value: String,
    areas: Vec<ShownArea>,
}

/// From the upper left corner of the page as shown, in points; pages count from 1.
#[derive(Serialize)]
struct ShownArea {
    page: usize,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
struct Copy {
    name: String,
    mobile: String,
    organization_name: Option<String>,
}

/// The newest `limit` of those that fit, oldest first.
pub(super) async fn list(World(account): World, Query(filter): Query<Filter>) -> Result<Json<Vec<Shown>>, Failure> {
    if let Some(status) = &filter.status {
        words::check_flow_status(status)?;
    }
    let flows = account.enter(EdgeTime::read(), |world, _, _| world.flows.clone());
    let fits = |flow: &Flow| {
        filter.status.as_deref().is_none_or(|wanted| wanted == words::flow_status(flow.status()))
            && filter.organization.as_deref().is_none_or(|wanted| wanted == flow.initiator.organization.as_str())
    };
    let newest = flows.iter().rev().filter(|flow| fits(flow)).take(filter.limit.unwrap_or(usize::MAX));
    let mut shown: Vec<Shown> = newest.map(|flow| Shown::from(flow.as_ref())).collect();
    shown.reverse();
    Ok(Json(shown))
}

pub(super) async fn show(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    let flow = account.enter(EdgeTime::read(), |world, _, _| world.flows.get(id.as_str()).cloned());
    flow.map(|flow| Json(Shown::from(flow.as_ref()))).ok_or_else(|| unknown(&id))
}

/// The world has no such contract.
pub(super) fn unknown(id: &str) -> Failure {
    Failure::not_found(format!(
        "This world has no contract {id}. GET /_mock/flows lists those it has; the header X-Mock-World chooses the world."
    ))
}

impl From<&Flow> for Shown {
    fn from(flow: &Flow) -> Self {
        let status = flow.status();
        Self {
            id: flow.id.to_string(),
            name: flow.name.clone(),
            description: flow.description.clone(),
            kind: flow.kind.clone(),
            user_data: flow.user_data.clone(),
            status: words::flow_status(status),
            status_code: status.code(),
            message: flow.message.clone(),
            ordered: !flow.unordered,
            initiator: Initiator {
                organization: flow.initiator.organization.to_string(),
                organization_name: flow.initiator.organization_name.clone(),
                user: flow.initiator.user.to_string(),
            },
            document: flow.document_id().to_owned(),
            template: flow.template.as_ref().map(ToString::to_string),
            group: flow.group.as_ref().map(|group| group.id.to_string()),
            releases: flow.releases.as_ref().map(ToString::to_string),
            released_by: flow.release.as_ref().map(ToString::to_string),
            open_ended: flow.open_ended,
            remarks: flow.remarks.clone(),
            pages: flow.page_count(),
            created_at: flow.created_at.seconds(),
            updated_at: flow.updated_at.seconds(),
            deadline: flow.deadline.seconds(),
            approvers: flow.approvers.iter().enumerate().map(|(index, one)| approver(flow, index, one)).collect(),
            copies: flow.copies.iter().map(copy).collect(),
        }
    }
}

fn approver(flow: &Flow, index: usize, one: &Approver) -> ShownApprover {
    ShownApprover {
        index,
        recipient: one.recipient.to_string(),
        sign: one.sign.to_string(),
        kind: words::approver_kind(one),
        status: words::approver_status(one.status),
        status_code: one.status.code(),
        due: one.is_due() || one.is_due_to_fill(),
        organization: one
            .organization
            .as_ref()
            .map(|party| Company { id: party.id.as_ref().map(ToString::to_string), name: party.name.clone() }),
        user: one.person.user.as_ref().map(ToString::to_string),
        name: one.person.name.clone(),
        mobile: one.person.mobile.clone(),
        role_name: one.role_name.clone(),
        due_since: one.due_since.map(Timestamp::seconds),
        deadline: flow.deadline_of(one).seconds(),
        signed_at: one.signature.as_ref().map(|signature| signature.at.seconds()),
        seal: one.signature.as_ref().and_then(|signature| signature.seal.as_ref()).map(ToString::to_string),
        message: one.message.clone(),
        notified_by_sms: one.notify.by_sms(),
        may_reject: !one.no_refuse,
        vacant: one.is_vacant(),
        waits_for_review: one.is_blocked(),
        components: one.components.iter().map(component).collect(),
        fills: one.fills.iter().map(component).collect(),
    }
}

fn component(one: &Component) -> ShownComponent {
    let area =
        |area: &Area| ShownArea { page: area.page, x: area.x, y: area.y, width: area.width, height: area.height };
    ShownComponent {
        kind: one.kind.wire(),
        id: one.id.clone(),
        name: one.name.clone(),
        value: one.value.clone(),
        areas: one.areas.iter().map(area).collect(),
    }
}

fn copy(one: &CopyRecipient) -> Copy {
    Copy { name: one.name.clone(), mobile: one.mobile.clone(), organization_name: one.organization_name.clone() }
}
