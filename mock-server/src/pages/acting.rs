//! A visitor acts: signs, refuses, fills in, picks a slot up. The domain decides; with several contracts it is all of them or
//! none.

use std::collections::BTreeSet;

use super::address::Address;
use super::inputs;
use super::trouble::Trouble;
use super::visit::{Found, Several, Standing, Visit, open};
use super::wish::{Identity, Wish};
use crate::domain::approver::{Approver, Person};
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::intention::{NotAnswered, Recording};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::world::{Outbox, World};

/// The longest reason for refusing, in characters (ASSUMED: as long as a reason for withdrawing, `api CancelFlow`).
pub(super) const REASON_LIMIT: usize = 200;

/// One signer's part in one contract.
type Part = (FlowId, RecipientId);

/// Does what is wished for behind this link, and answers what is there afterwards.
///
/// # Errors
/// As [`open`], or the visitor may not, or the domain refuses.
pub(super) fn carry_out(
    world: &mut World,
    now: Timestamp,
    outbox: &mut Outbox,
    address: &Address,
    wish: Wish,
) -> Result<Found, Trouble> {
    let found = open(world, now, address)?;
    world.all_or_nothing(outbox, |world, outbox| match wish {
        Wish::Sign { answers } => {
            let parts = signing(world, &found)?;
            let recording = recorded(&found, &answers)?;
            each(parts, |flow, recipient| world.sign_recorded(flow, recipient, recording.clone(), now, outbox))
        }
        Wish::Reject { message } => {
            let reason = reason(&message)?;
            each(rejecting(&found)?, |flow, recipient| {
                world.change_flow(flow, now, outbox, |flow| flow.reject(recipient, reason, now))
            })
        }
        Wish::Fill { fields } => {
            let (visit, you) = filling(&found)?;
            let values = inputs::fills(&you.fills, fields);
            each(vec![part(visit, you)], |flow, recipient| {
                world.change_flow(flow, now, outbox, |flow| flow.fill(recipient, &values, now))
            })
        }
        Wish::Forward(colleague) => {
            let (visit, you) = forwarding(&found)?;
            let person = Person { name: colleague.name, mobile: colleague.mobile, ..Person::default() };
            let colleague = world.colleague(you, person).map_err(|refusal| Trouble::of(&refusal))?;
            each(vec![part(visit, you)], |flow, recipient| {
                world.change_flow(flow, now, outbox, |flow| flow.hand_on(recipient, colleague.clone(), now))
            })
        }
        Wish::Claim(identity) => claim(world, now, outbox, &found, &identity),
    })?;
    open(world, now, address)
}

fn each(parts: Vec<Part>, mut act: impl FnMut(&FlowId, &RecipientId) -> Result<(), Refusal>) -> Result<(), Trouble> {
    parts.iter().try_for_each(|(flow, recipient)| act(flow, recipient)).map_err(|refusal| Trouble::of(&refusal))
}

fn part(visit: &Visit, you: &Approver) -> Part {
    (visit.flow.id.clone(), you.recipient.clone())
}

/// What is signed: the contract with the others of its group, or all that wait.
fn signing(world: &World, found: &Found) -> Result<Vec<Part>, Trouble> {
    match found {
        Found::Contract(visit) => {
            let you = visit.acting(&[Standing::MaySign])?;
            Ok(world.signed_together(&visit.flow, you))
        }
        Found::Several(several) => {
            let (mut parts, mut seen) = (Vec::new(), BTreeSet::new());
            for visit in some(several, Standing::MaySign)? {
                if let Some(you) = visit.you().filter(|_| !seen.contains(&visit.flow.id)) {
                    let together = world.signed_together(&visit.flow, you);
                    seen.extend(together.iter().map(|(flow, _)| flow.clone()));
                    parts.extend(together);
                }
            }
            Ok(parts)
        }
        Found::List(_) => Err(Trouble::UnknownContract),
    }
}

/// What the camera takes down while they sign. Whoever signs several contracts is asked once (ASSUMED).
fn recorded(found: &Found, answers: &[String]) -> Result<Option<Recording>, Trouble> {
    let terms = match found {
        Found::Contract(visit) => &visit.link.terms,
        Found::Several(several) => &several.link.terms,
        Found::List(_) => return Err(Trouble::UnknownContract),
    };
    terms.record(answers).map_err(|NotAnswered { text }| Trouble::AnswerUnfit(text))
}

/// What is refused: one contract, or all at once where the link lets that be.
fn rejecting(found: &Found) -> Result<Vec<Part>, Trouble> {
    match found {
        Found::Contract(visit) => {
            let you = visit.acting(&[Standing::MaySign, Standing::MayFill, Standing::UnderReview])?;
            if visit.may_reject() { Ok(vec![part(visit, you)]) } else { Err(Trouble::MustNotReject) }
        }
        Found::Several(several) if several.may_reject() => {
            let refusable = several.visits.iter().filter(|visit| visit.may_reject());
            Ok(refusable.filter_map(|visit| visit.you().map(|you| part(visit, you))).collect())
        }
        Found::Several(_) => Err(Trouble::OneByOne),
        Found::List(_) => Err(Trouble::UnknownContract),
    }
}

fn filling(found: &Found) -> Result<(&Visit, &Approver), Trouble> {
    match found {
        Found::Contract(visit) => Ok((visit, visit.acting(&[Standing::MayFill])?)),
        Found::Several(_) => Err(Trouble::OneByOne),
        Found::List(_) => Err(Trouble::UnknownContract),
    }
}

fn forwarding(found: &Found) -> Result<(&Visit, &Approver), Trouble> {
    match found {
        Found::Contract(visit) => {
            let you = visit.acting(&[Standing::MaySign, Standing::MayFill, Standing::UnderReview])?;
            if visit.may_forward() { Ok((visit, you)) } else { Err(Trouble::MustNotForward) }
        }
        Found::Several(_) => Err(Trouble::OneByOne),
        Found::List(_) => Err(Trouble::UnknownContract),
    }
}

/// Whoever fits what the link settles picks up one slot, or all that are open.
fn claim(
    world: &mut World,
    now: Timestamp,
    outbox: &mut Outbox,
    found: &Found,
    identity: &Identity,
) -> Result<(), Trouble> {
    let (slots, link) = match found {
        Found::Contract(visit) => {
            visit.acting(&[Standing::MayClaim])?;
            if visit.link.terms.all_or_none {
                return Err(Trouble::AllOrNone);
            }
            (vec![visit], &visit.link)
        }
        Found::Several(several) => (some(several, Standing::MayClaim)?, &several.link),
        Found::List(_) => return Err(Trouble::UnknownContract),
    };
    let terms = &link.terms;
    for (visit, slot) in slots.into_iter().filter_map(|visit| visit.you().map(|you| (visit, you))) {
        let own = slot.organization.as_ref().map(|party| party.name.as_str());
        let settled = own.or(terms.preset.organization.as_deref());
        let said = Some(identity.organization.as_str()).filter(|name| !name.is_empty());
        let claimant = world.claimant(slot, identity.person(terms), said.or(settled).unwrap_or_default());
        let (flow, recipient) = part(visit, slot);
        let claimed = terms
            .preset
            .check(&claimant)
            .and_then(|()| world.change_flow(&flow, now, outbox, |flow| flow.claim(&recipient, claimant, now)));
        claimed.map_err(|refusal| Trouble::of(&refusal))?;
    }
    Ok(())
}

/// The contracts before which they stand so; there must be one.
fn some(several: &Several, standing: Standing) -> Result<Vec<&Visit>, Trouble> {
    let visits: Vec<_> = several.standing_so(standing).collect();
    if visits.is_empty() { Err(Trouble::NotNow(several.standing())) } else { Ok(visits) }
}

/// Some reason is needed (ASSUMED: the vendor's page asks for one).
fn reason(text: &str) -> Result<&str, Trouble> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Trouble::ReasonMissing);
    }
    if text.chars().count() > REASON_LIMIT {
        return Err(Trouble::ReasonTooLong(REASON_LIMIT));
    }
    Ok(text)
}
