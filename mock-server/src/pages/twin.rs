//! The same pages for scripts: what is shown, as JSON. Names are our own, numbers are the vendor's.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::address::Address;
use super::contract::masked;
use super::inputs::{Input, of_claim};
use super::visit::{Several, Standing, Visit};
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::component::Component;
use crate::domain::flow::Flow;
use crate::domain::intention::{Intention, Prompt};
use crate::domain::web_theme::Color;

/// A contract, who signs it, and what the visitor may do.
pub(super) fn contract(visit: &Visit, address: &Address, world: &str) -> Value {
    let flow = &visit.flow;
    let standing = visit.standing();
    let (headline, sentence) = address.language.standing(standing);
    let filling = visit.you().filter(|_| standing == Standing::MayFill).map_or(&[][..], |one| &one.fills);
    let claim = if visit.may_claim() {
        of_claim(address.language, &visit.link.terms, std::iter::once(visit))
    } else {
        Vec::new()
    };
    let may_sign = (standing == Standing::MaySign).then(|| visit.asked());
    let mut actions = actions(address, (may_sign, visit.may_reject()), filling, &claim);
    if visit.may_forward() {
        actions.push(action(address, &json!({ "action": "forward", "name": "<name>", "mobile": "<mobile>" })));
    }
    let must_choose = standing == Standing::MustChoose;
    let choices: Vec<Value> = visit.candidates().filter(|_| must_choose).map(|one| choice(one, address)).collect();
    let pages = flow.page_count();
    let mut twin = json!({
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
        "says": flow.wishes.noun.speak(&format!("{headline}{}{sentence}", address.language.pick("：", ": "))),
        "sign_checks": visit.you().map(|one| visit.sign_checks(one)),
        "signed_together": visit.together,
        "fields": filling.iter().map(field).collect::<Vec<_>>(),
        "now": visit.now.seconds(),
        "expires_at": visit.link.expires_at.seconds(),
        "jump_url": visit.link.jump_url,
        "previews": (1..=pages).map(|page| address.picture(world, page, 900)).collect::<Vec<_>>(),
        "actions": actions,
        "choices": choices,
    });
    if let Some(theme) = &visit.theme {
        let color = theme.color.as_ref().map(Color::as_str);
        twin["theme"] = json!({ "color": color, "brand_logo": theme.brand_logo });
    }
    twin
}

/// Several contracts of one signer, each with the way to it, and what may be done with all.
pub(super) fn several(several: &Several, address: &Address) -> Value {
    let standing = several.standing();
    let (headline, sentence) = address.language.standing_before_several(standing);
    let row = |visit: &Visit| {
        json!({
            "id": visit.flow.id,
            "name": visit.flow.name,
            "initiator": visit.flow.initiator.organization_name,
            "status": visit.flow.status().code(),
            "you": visit.you().map(|one| &one.recipient),
            "standing": visit.standing().name(),
            "href": address.choosing(visit.flow.id.as_str()).href(),
        })
    };
    let mut open = several.standing_so(Standing::MayClaim).peekable();
    let claim = match open.peek() {
        Some(_) => of_claim(address.language, &several.link.terms, open),
        None => Vec::new(),
    };
    let may_sign = several.standing_so(Standing::MaySign).next().map(|_| several.asked());
    json!({
        "group": several.group,
        "contracts": several.visits.iter().map(row).collect::<Vec<_>>(),
        "standing": standing.name(),
        "says": format!("{headline}{}{sentence}", address.language.pick("：", ": ")),
        "sign_checks": several.link.terms.sign_checks,
        "signature_kinds": several.link.terms.signature_kinds,
        "now": several.now.seconds(),
        "expires_at": several.link.expires_at.seconds(),
        "jump_url": several.link.jump_url,
        "actions": actions(address, (may_sign, several.may_reject()), &[], &claim),
    })
}

/// What may be posted, with an example of each body.
fn actions(
    address: &Address,
    (may_sign, may_reject): (Option<Option<&Intention>>, bool),
    filling: &[Component],
    claim: &[Input],
) -> Vec<Value> {
    let mut bodies = Vec::new();
    match may_sign {
        Some(Some(intention)) => bodies.push(json!({ "action": "sign", "answers": answers(intention) })),
        Some(None) => bodies.push(json!({ "action": "sign" })),
        None => {}
    }
    if !filling.is_empty() {
        let fields: Map<_, _> = filling.iter().map(|one| (one.label().to_owned(), json!("<value>"))).collect();
        bodies.push(json!({ "action": "fill", "fields": fields }));
    }
    if !claim.is_empty() {
        let mut body = json!({ "action": "claim" });
        for input in claim {
            body[&input.name] = if input.fixed { json!(input.value) } else { json!(format!("<{}>", input.name)) };
        }
        bodies.push(body);
    }
    if may_reject {
        bodies.push(json!({ "action": "reject", "message": "<reason>" }));
    }
    bodies.iter().map(|body| action(address, body)).collect()
}

fn action(address: &Address, body: &Value) -> Value {
    let href = address.with_done(false).href();
    json!({ "action": body["action"], "method": "POST", "href": href, "body": body })
}

/// An answer that passes for each prompt, or the prompt where any does.
fn answers(intention: &Intention) -> Vec<String> {
    let answer = |one: &Prompt| one.accepted.first().cloned().unwrap_or_else(|| format!("<{}>", one.text));
    intention.prompts.iter().map(answer).collect()
}

fn field(one: &Component) -> Value {
    json!({ "id": one.id, "name": one.name, "kind": one.kind.wire(), "value": one.value, "required": one.required })
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
