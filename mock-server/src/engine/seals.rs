//! Companies' seals inside a world: made, changed, asked for; receivers hear of it.

use std::sync::Arc;
use std::time::Duration;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::approver::Approver;
use crate::domain::consent::Consent;
use crate::domain::employee::Employee;
use crate::domain::event::{About, Actor, Event, SealNews};
use crate::domain::flow::Flow;
use crate::domain::ids::{ApplicationId, FlowId, OrganizationId, RecipientId, SealId, UserId};
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Applied, Decision, Grantee, NewSeal, Seal, SealChange, SealStatus, SealUse, SealWorkflow};
use crate::domain::time::{DAY, Timestamp};

/// Who changes a seal, and through what.
#[derive(Clone, Debug, Default)]
pub struct SealHand {
    by: Option<UserId>,
    application: Option<ApplicationId>,
}

impl From<Actor> for SealHand {
    fn from(actor: Actor) -> Self {
        Self { by: Some(actor.user), application: actor.application }
    }
}

impl SealHand {
    /// Nobody of its company: what is told goes where the seal was made.
    #[must_use]
    pub fn outside(seal: &Seal) -> Self {
        Self { by: seal.creator.clone(), application: seal.application.clone() }
    }
}

impl World {
    /// Makes a seal.
    ///
    /// # Errors
    /// As [`NewSeal::make`].
    pub fn make_seal(&mut self, wanted: NewSeal, now: Timestamp, outbox: &mut Outbox) -> Result<Arc<Seal>, Refusal> {
        let mut ids = self.ids.clone();
        let seal = wanted.make(ids.next(Kind::Seal).into(), &self.directory, now)?;
        self.ids = ids;
        Ok(self.keep_seal(seal, now, outbox))
    }

    /// Keeps a new seal and tells of it. One that may be used is told of twice (`callback docs`).
    pub(super) fn keep_seal(&mut self, seal: Seal, now: Timestamp, outbox: &mut Outbox) -> Arc<Seal> {
        self.directory.seals.insert(seal.clone());
        let seal = Arc::new(seal);
        let changes = [SealChange::Created].into_iter().chain(seal.is_usable().then_some(SealChange::Enabled));
        tell(outbox, &SealHand::outside(&seal), &seal, changes, now);
        seal
    }

    /// Changes a seal of this company by one of the domain's rules.
    ///
    /// # Errors
    /// There is no such seal, or what the rule refuses; nothing has changed then.
    pub fn change_seal(
        &mut self,
        company: &OrganizationId,
        id: &str,
        hand: Option<SealHand>,
        (now, outbox): (Timestamp, &mut Outbox),
        rule: impl FnOnce(&mut Seal) -> Result<Vec<SealChange>, Refusal>,
    ) -> Result<Arc<Seal>, Refusal> {
        let mut seal = self.seal_of(company, id)?.as_ref().clone();
        let changes = rule(&mut seal)?;
        self.directory.seals.insert(seal.clone());
        let seal = Arc::new(seal);
        let hand = hand.unwrap_or_else(|| SealHand::outside(&seal));
        tell(outbox, &hand, &seal, changes, now);
        Ok(seal)
    }

    /// Deletes a seal that is not in use, as the console does.
    ///
    /// # Errors
    /// There is no such seal, or it may be used.
    pub fn delete_seal(&mut self, id: &str, now: Timestamp, outbox: &mut Outbox) -> Result<(), Refusal> {
        let unknown = || Refusal::SealUnknown { seal: id.to_owned() };
        self.directory.seals.get(id).ok_or_else(unknown)?.ensure_deletable()?;
        let seal = self.directory.seals.get(id).cloned().ok_or_else(unknown)?;
        self.take_seal_away(&seal, now, outbox);
        Ok(())
    }

    /// A seal is gone.
    pub(super) fn take_seal_away(&mut self, seal: &Arc<Seal>, now: Timestamp, outbox: &mut Outbox) {
        self.directory.seals.remove(seal.id.as_str());
        tell(outbox, &SealHand::outside(seal), seal, [SealChange::Deleted], now);
    }

    /// A seal of this company; others' are nobody else's business.
    ///
    /// # Errors
    /// There is none.
    pub fn seal_of(&self, company: &OrganizationId, id: &str) -> Result<&Arc<Seal>, Refusal> {
        let seal = self.directory.seals.get(id).filter(|seal| &seal.organization == company);
        seal.ok_or_else(|| Refusal::SealUnknown { seal: id.to_owned() })
    }

    /// What employees are told by, in a message about their grants.
    #[must_use]
    pub fn grantees(&self, users: &[UserId]) -> Vec<Grantee> {
        let name = |user: &UserId| self.directory.employees.get(user.as_str()).map(|one| one.name.clone());
        users.iter().map(|user| Grantee { user: user.clone(), name: name(user).unwrap_or_default() }).collect()
    }

    /// The seal this signer signs with at `now`: the one their component names, else the company's first that they may use.
    /// A company that has none at all signs without (ASSUMED: the vendor makes one for each), and so does whoever has nothing to
    /// seal. Whoever is no employee of the company's yet becomes one by signing, with whatever they need (ASSUMED).
    ///
    /// # Errors
    /// The seal is not in use, or the signer may not use it.
    pub(super) fn seal_for(
        &self,
        flow: &Flow,
        recipient: &RecipientId,
        now: Timestamp,
    ) -> Result<Option<SealId>, Refusal> {
        let Some(approver) = flow.approver(recipient.as_str()) else { return Ok(None) };
        let named = approver.components.iter().find(|one| one.kind.is_seal() && !one.value.is_empty());
        if let Some(component) = named {
            let id = SealId::from(component.value.as_str());
            if let Some(seal) = self.directory.seals.get(id.as_str()) {
                self.ensure_may_use(seal, approver, flow, now)?;
            }
            return Ok(Some(id));
        }
        let Some(company) = approver.organization_id() else { return Ok(None) };
        let own: Vec<_> = self.directory.seals.iter().filter(|seal| &seal.organization == company).collect();
        let found = own.iter().find(|seal| self.ensure_may_use(seal, approver, flow, now).is_ok());
        let needs = approver.components.is_empty() || approver.components.iter().any(|one| one.kind.is_seal());
        match (found, own.iter().find(|seal| seal.is_usable()).or(own.first())) {
            (Some(seal), _) => Ok(Some(seal.id.clone())),
            (None, Some(seal)) if needs => self.ensure_may_use(seal, approver, flow, now).map(|()| None),
            (None, _) => Ok(None),
        }
    }

    /// A signer has signed: a grant for this contract alone is used up, and receivers hear of the seal's use.
    pub(super) fn seal_was_used(
        &mut self,
        flow: &FlowId,
        recipient: &RecipientId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let Some(flow) = self.flows.get(flow.as_str()).cloned() else { return };
        let Some(approver) = flow.approver(recipient.as_str()) else { return };
        // Signed now, and not before by somebody a timer came too late for.
        let signature = approver.signature.as_ref().filter(|signature| signature.at == now);
        let used = signature.and_then(|signature| signature.seal.as_ref());
        let Some(seal) = used.and_then(|id| self.directory.seals.get(id.as_str())).cloned() else { return };
        if let Some(user) = &approver.person.user {
            let mut left = seal.as_ref().clone();
            if left.use_up(user, &flow.id, now) {
                self.directory.seals.insert(left);
            }
        }
        let creator = self.directory.employees.get(flow.initiator.user.as_str());
        let creator_name = creator.map(|one| one.name.clone()).unwrap_or_default();
        let places = approver.components.iter().filter(|one| one.kind.is_seal()).count().max(1);
        let used = SealUse { seal, flow: flow.clone(), creator_name, places };
        outbox.push(Event { at: now, about: About::SealUse(Arc::new(used)) });
    }

    fn ensure_may_use(&self, seal: &Seal, approver: &Approver, flow: &Flow, now: Timestamp) -> Result<(), Refusal> {
        if !seal.is_usable() {
            return Err(Refusal::SealNotUsable { seal: seal.id.to_string() });
        }
        // A machine's right was asked for when it was launched.
        let employee = self.signing_employee(approver).filter(|_| !approver.kind.is_machine());
        match employee {
            Some(employee) if !seal.is_open_to(employee, Some(&flow.id), now) => {
                Err(Refusal::SealNotGranted { seal: seal.id.to_string(), user: employee.id.to_string() })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn signing_employee(&self, approver: &Approver) -> Option<&Arc<Employee>> {
        self.directory.employees.get(approver.person.user.as_ref()?.as_str())
    }

    /// A signer who may not use their company's seal asks for it.
    ///
    /// # Errors
    /// They may, or there is nothing to ask for.
    pub fn apply_for_seal(
        &mut self,
        flow: &Flow,
        recipient: &RecipientId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<SealWorkflow>, Refusal> {
        let nothing = || Refusal::SealStatusWrong { seal: String::new() };
        let Err(Refusal::SealNotGranted { seal, user }) = self.seal_for(flow, recipient, now) else {
            return Err(nothing());
        };
        let organization = self.directory.seals.get(seal.as_str()).ok_or_else(nothing)?.organization.clone();
        let id = self.ids.next(Kind::Task);
        let opens = Opens::Consent(Consent::SealUse { workflow: id.clone() });
        let token = self.add_link(opens, now.plus(WORKFLOW_LINK), None).token.clone();
        let workflow = SealWorkflow {
            id,
            organization,
            application: flow.initiator.application.clone(),
            seal: seal.into(),
            flow: flow.id.clone(),
            applicant: user.into(),
            asked_at: now,
            applied: Applied::Waiting,
            token,
        };
        Ok(self.keep_workflow(workflow, now, outbox))
    }

    /// An administrator decides on a request.
    ///
    /// # Errors
    /// There is no such request, its seal is gone, or it was decided before.
    pub fn decide_on_seal(
        &mut self,
        workflow: &str,
        decision: Decision,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<SealWorkflow>, Refusal> {
        let unknown = || Refusal::SealWorkflowUnknown { workflow: workflow.to_owned() };
        let mut changed = self.directory.seal_workflows.get(workflow).ok_or_else(unknown)?.as_ref().clone();
        let mut seal = self.seal_of(&changed.organization, changed.seal.as_str())?.as_ref().clone();
        let mut ids = self.ids.clone();
        changed.decide(decision, &mut seal, ids.next(Kind::Task))?;
        self.ids = ids;
        self.directory.seals.insert(seal);
        Ok(self.keep_workflow(changed, now, outbox))
    }

    fn keep_workflow(&mut self, workflow: SealWorkflow, now: Timestamp, outbox: &mut Outbox) -> Arc<SealWorkflow> {
        self.directory.seal_workflows.insert_keeping(workflow.clone(), WORKFLOWS_KEPT);
        let workflow = Arc::new(workflow);
        outbox.push(Event { at: now, about: About::SealWorkflow(workflow.clone()) });
        workflow
    }

    /// An employee lends the seal of their profession to the company; an administrator looks at it first.
    ///
    /// # Errors
    /// As [`NewSeal::make`].
    pub fn lend_seal(
        &mut self,
        wanted: NewSeal,
        user_data: String,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<Seal>, Refusal> {
        let mut ids = self.ids.clone();
        let made = wanted.make(ids.next(Kind::Seal).into(), &self.directory, now)?;
        self.ids = ids;
        let seal = Seal { status: SealStatus::CheckingByAdministrator, user_data, ..made };
        Ok(self.keep_seal(seal, now, outbox))
    }
}

/// How long an administrator may decide by the link (`api DescribeChannelSealPolicyWorkflowUrl`).
const WORKFLOW_LINK: Duration = Duration::from_secs(365 * DAY.as_secs());
/// How many requests are remembered; the oldest go first.
const WORKFLOWS_KEPT: usize = 10_000;

/// Tells what happened to a seal. A platform hears of each employee by themselves (`callback docs`).
fn tell(
    outbox: &mut Outbox,
    hand: &SealHand,
    seal: &Arc<Seal>,
    changes: impl IntoIterator<Item = SealChange>,
    now: Timestamp,
) {
    let one_by_one = hand.application.is_some();
    let single = |grantees: Vec<Grantee>, change: fn(Vec<Grantee>) -> SealChange| {
        grantees.into_iter().map(|one| change(vec![one])).collect::<Vec<_>>()
    };
    let changes = changes.into_iter().flat_map(|change| match change {
        SealChange::Granted(all) if one_by_one => single(all, SealChange::Granted),
        SealChange::Revoked(all) if one_by_one => single(all, SealChange::Revoked),
        SealChange::Created
        | SealChange::Enabled
        | SealChange::Disabled
        | SealChange::Deleted
        | SealChange::Granted(_)
        | SealChange::Revoked(_)
        | SealChange::Reviewed(_)
        | SealChange::Lent(_) => vec![change],
    });
    outbox.extend(changes.map(|change| {
        let (by, application) = (hand.by.clone(), hand.application.clone());
        Event { at: now, about: About::Seal(SealNews { change, seal: seal.clone(), by, application }) }
    }));
}
