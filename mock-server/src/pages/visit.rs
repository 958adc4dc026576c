//! What a link shows to the one who opens it, as found out inside the world.

use std::sync::Arc;

use super::address::Address;
use super::trouble::Trouble;
use crate::domain::approver::Approver;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::ids::RecipientId;
use crate::domain::link::{Link, Opens};
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;
use crate::engine::world::World;

/// Contracts a list shows at most; the newest.
const LISTED: usize = 50;

/// What a link leads to.
pub(super) enum Found {
    /// One contract.
    Contract(Visit),
    /// The contracts of the world, newest first.
    List(Vec<Arc<Flow>>),
}

/// Somebody in front of a contract.
pub(super) struct Visit {
    /// Their link.
    pub(super) link: Arc<Link>,
    /// The contract, as it is now.
    pub(super) flow: Arc<Flow>,
    /// Who they are, as far as known.
    recipient: Option<RecipientId>,
    /// Whether the link says who they are, or they.
    link_says_who: bool,
    /// Whether the link lets them act.
    may_act: bool,
    /// When.
    pub(super) now: Timestamp,
}

/// Where a visitor stands, in the order in which it matters to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is their turn.
    MaySign,
    /// They must say first who they are.
    MustChoose,
    /// Others come first.
    NotYet,
    /// They signed.
    Signed,
    /// They refused.
    Rejected,
    /// It ended without them.
    Ended(Ended),
    /// A machine signs in their slot.
    Machine,
    /// They may only look.
    Looking,
}

impl Visit {
    /// Where they stand.
    pub(super) fn standing(&self) -> Standing {
        let Some(you) = self.you() else {
            return match self.flow.state {
                FlowState::Ended(how) => Standing::Ended(how),
                _ if self.may_act && self.candidates().next().is_some() => Standing::MustChoose,
                _ => Standing::Looking,
            };
        };
        match (you.status, self.flow.state) {
            (ApproverStatus::Signed, _) => Standing::Signed,
            (ApproverStatus::Rejected, _) => Standing::Rejected,
            (_, FlowState::Ended(how)) => Standing::Ended(how),
            _ if you.kind.is_machine() => Standing::Machine,
            _ if !self.may_act => Standing::Looking,
            _ if you.is_due() => Standing::MaySign,
            _ => Standing::NotYet,
        }
    }

    /// The signer they are.
    pub(super) fn you(&self) -> Option<&Approver> {
        self.flow.approver(self.recipient.as_ref()?.as_str())
    }

    /// Who they might say they are: everybody whose turn it is and who is no machine.
    pub(super) fn candidates(&self) -> impl Iterator<Item = &Approver> {
        self.flow.approvers.iter().filter(|one| (one.is_due() || one.is_due_to_fill()) && !one.kind.is_machine())
    }

    /// Whether they are the initiator, who may look at what they launched.
    pub(super) fn is_initiator(&self) -> bool {
        matches!(self.link.opens, Opens::Preview { recipient: None, .. })
    }

    /// Whether they said themselves who they are, and may take it back.
    pub(super) fn chose_who(&self) -> bool {
        self.recipient.is_some() && !self.link_says_who
    }

    /// The slot they may sign in.
    ///
    /// # Errors
    /// Why they may not.
    pub(super) fn signer(&self) -> Result<RecipientId, Trouble> {
        match (self.standing(), &self.recipient) {
            (Standing::MaySign, Some(recipient)) => Ok(recipient.clone()),
            (standing, _) => Err(Trouble::NotNow(standing)),
        }
    }
}

/// Follows a link inside the world.
///
/// # Errors
/// There is no such link, it is over, or it opens no such contract.
pub(super) fn open(world: &World, now: Timestamp, address: &Address) -> Result<Found, Trouble> {
    let link = world.links.get(address.token.as_str()).ok_or(Trouble::UnknownLink)?;
    if link.has_expired(now) {
        return Err(Trouble::LinkExpired(link.expires_at));
    }
    let (flow, recipient, may_act) = match &link.opens {
        Opens::Signing { flow, recipient } => (flow.as_str(), Some(recipient.clone()), true),
        Opens::Preview { flow, recipient } => (flow.as_str(), recipient.clone(), false),
        Opens::Contract { flow, recipient } => (flow.as_str(), recipient.clone(), true),
        Opens::CancelTask(_) => return Err(Trouble::UnknownContract),
        Opens::MiniProgram => match &address.flow {
            Some(flow) => (flow.as_str(), None, true),
            None => return Ok(Found::List(list(world, address))),
        },
    };
    let flow = world.flows.get(flow).ok_or(Trouble::UnknownContract)?.clone();
    let link_says_who = recipient.is_some();
    let chosen = address.who.as_deref().filter(|_| may_act).and_then(|who| flow.approver(who));
    let recipient = recipient.or_else(|| chosen.map(|one| one.recipient.clone()));
    Ok(Found::Contract(Visit { link: link.clone(), flow, recipient, link_says_who, may_act, now }))
}

/// As [`open`], where only one contract will do.
///
/// # Errors
/// As [`open`], or the link opens a list.
pub(super) fn open_contract(world: &World, now: Timestamp, address: &Address) -> Result<Visit, Trouble> {
    match open(world, now, address)? {
        Found::Contract(visit) => Ok(visit),
        Found::List(_) => Err(Trouble::UnknownContract),
    }
}

/// The vendor shows each person their own contracts; whoever opens the stand-in may be anybody, so they see all (ASSUMED).
fn list(world: &World, address: &Address) -> Vec<Arc<Flow>> {
    let shown = |flow: &&Arc<Flow>| address.wants_everything() || flow.is_running();
    world.flows.iter().rev().filter(shown).take(LISTED).cloned().collect()
}
