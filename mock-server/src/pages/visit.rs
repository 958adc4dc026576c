//! What a link shows to the one who opens it, as found out inside the world.

use std::sync::Arc;

use super::address::Address;
use super::trouble::Trouble;
use crate::domain::approver::Approver;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::ids::RecipientId;
use crate::domain::intention::Intention;
use crate::domain::link::{Batch, Link, Opens, Task};
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;
use crate::domain::web_theme::WebTheme;
use crate::engine::world::World;

/// Contracts a list shows at most; the newest.
const LISTED: usize = 50;

/// What a link leads to.
pub(super) enum Found {
    /// One contract.
    Contract(Visit),
    /// Several of one signer.
    Several(Several),
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
    /// How many contracts of its group are signed with it, itself included.
    pub(super) together: usize,
    /// What the pages of the platform that launched it look like.
    pub(super) theme: Option<WebTheme>,
    /// When.
    pub(super) now: Timestamp,
}

/// Somebody in front of several contracts.
pub(super) struct Several {
    /// Their link.
    pub(super) link: Arc<Link>,
    /// One by one.
    pub(super) visits: Vec<Visit>,
    /// What the group is called, where they are one.
    pub(super) group: Option<String>,
    /// When.
    pub(super) now: Timestamp,
}

/// Where a visitor stands, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is their turn to sign.
    MaySign,
    /// Nobody is named for the slot: they may pick it up.
    MayClaim,
    /// It is their turn to fill in.
    MayFill,
    /// They must say first who they are.
    MustChoose,
    /// It is their turn, and a review stands before it.
    UnderReview,
    /// They filled in, others have not.
    Filled,
    /// Others come first.
    NotYet,
    /// A machine signs in their slot.
    Machine,
    /// They may only look.
    Looking,
    /// They refused.
    Rejected,
    /// It ended without them.
    Ended(Ended),
    /// They signed.
    Signed,
}

impl Visit {
    /// Where they stand.
    pub(super) fn standing(&self) -> Standing {
        let Some(you) = self.you() else {
            return match self.flow.state {
                FlowState::Ended(how) => Standing::Ended(how),
                FlowState::Draft | FlowState::Filling | FlowState::Signing => {
                    let asked = self.may_act && self.candidates().next().is_some();
                    if asked { Standing::MustChoose } else { Standing::Looking }
                }
            };
        };
        match (you.status, self.flow.state) {
            (ApproverStatus::Signed, _) => Standing::Signed,
            (ApproverStatus::Rejected, _) => Standing::Rejected,
            (_, FlowState::Ended(how)) => Standing::Ended(how),
            _ if you.kind.is_machine() => Standing::Machine,
            _ if !self.may_act || !self.flow.is_running() => Standing::Looking,
            _ if you.is_vacant() => Standing::MayClaim,
            _ if you.is_due_to_fill() => Standing::MayFill,
            _ if you.is_due() && you.is_blocked() => Standing::UnderReview,
            _ if you.is_due() => Standing::MaySign,
            (ApproverStatus::Filled, _) => Standing::Filled,
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
        matches!(self.link.opens, Opens::Preview { recipient: None, .. } | Opens::Unlaunched(_))
    }

    /// Whether they said themselves who they are, and may take it back.
    pub(super) fn chose_who(&self) -> bool {
        self.recipient.is_some() && !self.link_says_who
    }

    /// Whether they are shown the way to refuse, to sign or to fill in.
    pub(super) fn may_reject(&self) -> bool {
        let due = matches!(self.standing(), Standing::MaySign | Standing::MayFill | Standing::UnderReview);
        due && !self.link.terms.hides_refusal && self.you().is_some_and(|one| !one.no_refuse)
    }

    /// Whether they may hand their task on: who signs for a company, to a colleague (ASSUMED: a person's own signature is
    /// nobody else's).
    pub(super) fn may_forward(&self) -> bool {
        let due = matches!(self.standing(), Standing::MaySign | Standing::MayFill | Standing::UnderReview);
        let may = |one: &Approver| one.organization.is_some() && !one.no_transfer;
        due && !self.link.terms.hides_transfer && self.you().is_some_and(may)
    }

    /// What they are asked before the camera, when they may sign.
    pub(super) fn asked(&self) -> Option<&Intention> {
        self.link.terms.intention.as_ref().filter(|_| self.standing() == Standing::MaySign)
    }

    /// Whether they may pick up this slot alone.
    pub(super) fn may_claim(&self) -> bool {
        self.standing() == Standing::MayClaim && !self.link.terms.all_or_none
    }

    /// How they may prove who they are: what the link says goes over the contract.
    pub(super) fn sign_checks<'a>(&'a self, you: &'a Approver) -> &'a [i64] {
        let of_link = &self.link.terms.sign_checks;
        if of_link.is_empty() { &you.sign_checks } else { of_link }
    }

    /// The signer they are, when they stand so.
    ///
    /// # Errors
    /// They do not.
    pub(super) fn acting(&self, as_one: &[Standing]) -> Result<&Approver, Trouble> {
        let standing = self.standing();
        self.you().filter(|_| as_one.contains(&standing)).ok_or(Trouble::NotNow(standing))
    }

    /// The contract of this slot, seen through this link.
    fn at(link: &Arc<Link>, flow: Arc<Flow>, recipient: Option<RecipientId>, now: Timestamp) -> Self {
        let link_says_who = recipient.is_some();
        let may_act = !matches!(link.opens, Opens::Preview { .. } | Opens::Unlaunched(_));
        Self { link: link.clone(), flow, recipient, link_says_who, may_act, together: 1, theme: None, now }
    }

    /// Where the link leaves it open who somebody is, they say so.
    fn spoken_for(mut self, who: Option<&str>) -> Self {
        if self.may_act && self.recipient.is_none() {
            self.recipient = who.and_then(|who| self.flow.approver(who)).map(|one| one.recipient.clone());
        }
        self
    }

    /// With the number of contracts that are signed together, and whose theme it wears.
    fn in_its_world(mut self, world: &World) -> Self {
        self.theme = world.directory.embedded_theme(&self.flow.initiator).cloned();
        let signing = self.you().filter(|_| self.standing() == Standing::MaySign);
        self.together = signing.map_or(1, |you| world.signed_together(&self.flow, you).len());
        self
    }
}

impl Several {
    /// Where they stand: what is most pressing in any of the contracts.
    pub(super) fn standing(&self) -> Standing {
        let all = self.visits.iter().map(Visit::standing);
        all.min_by_key(|standing| standing.pressing()).unwrap_or(Standing::Looking)
    }

    /// The contracts before which they stand so.
    pub(super) fn standing_so(&self, standing: Standing) -> impl Iterator<Item = &Visit> {
        self.visits.iter().filter(move |visit| visit.standing() == standing)
    }

    /// What they are asked before the camera, once for all they sign.
    pub(super) fn asked(&self) -> Option<&Intention> {
        self.visits.iter().find_map(Visit::asked)
    }

    /// Whether they may refuse all at once.
    pub(super) fn may_reject(&self) -> bool {
        self.link.terms.batch_refusal && self.visits.iter().any(Visit::may_reject)
    }
}

impl Standing {
    /// How pressing it is; less is more.
    fn pressing(self) -> u8 {
        match self {
            Self::MaySign => 0,
            Self::MayClaim => 1,
            Self::MayFill => 2,
            Self::MustChoose => 3,
            Self::UnderReview => 4,
            Self::Filled => 5,
            Self::NotYet => 6,
            Self::Machine => 7,
            Self::Looking => 8,
            Self::Rejected => 9,
            Self::Ended(_) => 10,
            Self::Signed => 11,
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
    let (flow, recipient) = match &link.opens {
        Opens::Signing { flow, recipient } => (flow.as_str(), Some(recipient.clone())),
        Opens::Preview { flow, recipient } | Opens::Contract { flow, recipient } => (flow.as_str(), recipient.clone()),
        Opens::Batch(batch) => match &address.flow {
            Some(flow) => {
                let task = batch.tasks.iter().find(|task| task.flow.as_str() == flow);
                let task = task.ok_or(Trouble::UnknownContract)?;
                (task.flow.as_str(), task.recipient.clone())
            }
            None => return Ok(Found::Several(several(world, link, batch, now))),
        },
        Opens::CancelTask(_)
        | Opens::Preparation(_)
        | Opens::Embedded { .. }
        | Opens::Intelligence { .. }
        | Opens::Deed { .. }
        | Opens::Consent(_)
        | Opens::Certificate(_)
        | Opens::Downloads(_)
        | Opens::Console(_)
        | Opens::Invitation(_)
        | Opens::Consoles(_) => return Err(Trouble::UnknownContract),
        Opens::Unlaunched(preview) => {
            let preview = world.previews.get(preview.as_str()).ok_or(Trouble::UnknownContract)?;
            return Ok(Found::Contract(Visit::at(link, preview.flow.clone(), None, now)));
        }
        Opens::MiniProgram => match &address.flow {
            Some(flow) => (flow.as_str(), None),
            None => return Ok(Found::List(list(world, address))),
        },
    };
    let flow = world.flows.get(flow).ok_or(Trouble::UnknownContract)?.clone();
    let visit = Visit::at(link, flow, recipient, now).spoken_for(address.who.as_deref());
    Ok(Found::Contract(visit.in_its_world(world)))
}

/// As [`open`], where only one contract will do.
///
/// # Errors
/// As [`open`], or the link opens a list.
pub(super) fn open_contract(world: &World, now: Timestamp, address: &Address) -> Result<Visit, Trouble> {
    match open(world, now, address)? {
        Found::Contract(visit) => Ok(visit),
        Found::Several(_) | Found::List(_) => Err(Trouble::UnknownContract),
    }
}

fn several(world: &World, link: &Arc<Link>, batch: &Batch, now: Timestamp) -> Several {
    let visit = |task: &Task| {
        let flow = world.flows.get(task.flow.as_str())?;
        Some(Visit::at(link, flow.clone(), task.recipient.clone(), now))
    };
    let group = batch.group.as_ref().and_then(|id| world.groups.get(id.as_str()));
    Several {
        link: link.clone(),
        visits: batch.tasks.iter().filter_map(visit).collect(),
        group: group.map(|group| group.name.clone()),
        now,
    }
}

/// The vendor shows each person their own contracts; whoever opens the stand-in may be anybody, so they see all (ASSUMED).
fn list(world: &World, address: &Address) -> Vec<Arc<Flow>> {
    let shown = |flow: &&Arc<Flow>| address.wants_everything() || flow.is_running();
    world.flows.iter().rev().filter(shown).take(LISTED).cloned().collect()
}
