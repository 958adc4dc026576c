//! The same pages for scripts: what is shown, as JSON. Names are our own, numbers are the vendor's.

use std::sync::Arc;

use serde_json::{Value, json};

use super::address::Address;
use super::contract::masked;
use super::visit::{Standing, Visit};
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::flow::Flow;

/// A contract, who signs it, and what the visitor may do.
pub(super) fn contract(visit: &Visit, address: &Address, world: &str) -> Value {
    let flow = &visit.flow;
    let standing = visit.standing();
    let (headline, sentence) = address.language.standing(standing);
    let may_sign = standing == Standing::MaySign;
    let may_reject = may_sign && visit.you().is_some_and(|one| !one.no_refuse);
    let action = |name: &str| {
        let mut body = json!({ "action": name });
        if name == "reject" {
            body["message"] = json!("<reason>");
        }
        json!({ "action": name, "method": "POST", "href": address.with_done(false).href(), "body": body })
    };
    let actions: Vec<Value> =
        may_sign.then(|| action("sign")).into_iter().chain(may_reject.then(|| action("reject"))).collect();
    let must_choose = standing == Standing::MustChoose;
    let choices: Vec<Value> = visit.candidates().filter(|_| must_choose).map(|one| choice(one, address)).collect();
    let pages = flow.page_count();
    json!({
        "contract": {
            "id": flow.id,
            "name": flow.name,
            "description": flow.description,
            "initiator": flow.initiator.organization_name,
            "status": flow.status().code(),
            "message": flow.message,
            "unordered": flow.unordered,
            "created_at": flow.created_at.seconds(),
            "deadline": flow.deadline.seconds(),
            "pages": pages,
        },
        "parties": flow.approvers.iter().map(|one| party(one, visit.you())).collect::<Vec<_>>(),
        "turn": flow.approvers.iter().filter(|one| one.is_due()).map(|one| &one.recipient).collect::<Vec<_>>(),
        "you": visit.you().map(|one| &one.recipient),
        "standing": standing.name(),
        "says": format!("{headline}{}{sentence}", address.language.pick("：", ": ")),
        "now": visit.now.seconds(),
        "expires_at": visit.link.expires_at.seconds(),
        "jump_url": visit.link.jump_url,
        "previews": (1..=pages).map(|page| address.picture(world, page, 900)).collect::<Vec<_>>(),
        "actions": actions,
        "choices": choices,
    })
}

/// Contracts, each with the way to it.
pub(super) fn list(flows: &[Arc<Flow>], address: &Address) -> Value {
    let row = |flow: &Arc<Flow>| {
        json!({
            "id": flow.id,
            "name": flow.name,
            "initiator": flow.initiator.organization_name,
            "status": flow.status().code(),
            "created_at": flow.created_at.seconds(),
            "href": address.choosing(flow.id.as_str()).href(),
        })
    };
    json!({ "contracts": flows.iter().map(row).collect::<Vec<_>>() })
}

fn choice(one: &Approver, address: &Address) -> Value {
    let href = address.speaking_as(one.recipient.as_str()).href();
    json!({ "recipient": one.recipient, "name": one.person.name, "href": href })
}

fn party(one: &Approver, you: Option<&Approver>) -> Value {
    json!({
        "recipient": one.recipient,
        "role": one.role_name,
        "kind": match one.kind {
            ApproverKind::Organization => "organization",
            ApproverKind::Person => "person",
            ApproverKind::OrganizationAutoSign => "auto_sign",
            ApproverKind::PersonAutoSign => "person_auto_sign",
            ApproverKind::OwnOrganizationPin => "organization_pin",
            ApproverKind::OtherOrganizationPin => "other_organization_pin",
            ApproverKind::PersonPin => "person_pin",
        },
        "organization": one.organization.as_ref().map(|party| &party.name),
        "name": one.person.name,
        "mobile": masked(&one.person.mobile),
        "status": one.status.code(),
        "due": one.is_due(),
        "signed_at": one.signature.as_ref().map(|signature| signature.at.seconds()),
        "message": one.message,
        "you": you.is_some_and(|you| you.recipient == one.recipient),
    })
}
