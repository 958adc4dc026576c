//! Signers become known or join while a contract runs (T23, T25), and a contract that was open to that is archived (T24).

use crate::domain::approver::{Approver, Party, Person, Slot};
use crate::domain::claim::Claimant;
use crate::domain::event::Happening;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::ids::RecipientId;
use crate::domain::refusal::Refusal;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

impl Flow {
    /// Somebody is named for the slot `recipient` at `now`: another candidate of a company that signs by one of several, or
    /// the signer of an open slot.
    ///
    /// # Errors
    /// The contract has ended or not started, there is no such slot, it was taken from the start or is already.
    pub fn name(&mut self, recipient: &RecipientId, person: Person, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_running()?;
        let approver = self.approver_mut(recipient)?;
        if !approver.is_vacant() {
            return Err(Refusal::SlotTaken { approver: recipient.to_string() });
        }
        match &mut approver.slot {
            Slot::Named => return Err(Refusal::SlotTaken { approver: recipient.to_string() }),
            Slot::OneOf(candidates) if candidates.contains(&person) => {
                return Err(Refusal::SlotTaken { approver: recipient.to_string() });
            }
            Slot::OneOf(candidates) => candidates.push(person),
            Slot::Open => approver.person = person,
        }
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    /// As [`Flow::name`]; the slot's company becomes known with its signer where that was open too.
    ///
    /// # Errors
    /// As [`Flow::name`].
    pub fn name_for(
        &mut self,
        recipient: &RecipientId,
        party: Option<Party>,
        person: Person,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        let happened = self.name(recipient, person, now)?;
        let approver = self.approver_mut(recipient)?;
        approver.organization = approver.organization.take().or(party);
        Ok(happened)
    }

    /// Somebody picks the task of an open slot up at `now`; a slot with candidates takes one of those only, once any is
    /// named, and a company's slot somebody of that company; who takes a slot of any company says which.
    ///
    /// # Errors
    /// As [`Flow::name`]; they cannot be called so, or are none of the candidates.
    pub fn claim(
        &mut self,
        recipient: &RecipientId,
        claimant: Claimant,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        self.ensure_running()?;
        let approver = self.approver_mut(recipient)?;
        if !approver.is_vacant() {
            return Err(Refusal::SlotTaken { approver: recipient.to_string() });
        }
        claimant.check()?;
        let Claimant { person, organization } = claimant;
        if let Slot::OneOf(candidates) = &approver.slot {
            let is = |one: &Person| one.name == person.name && one.mobile == person.mobile;
            if !candidates.is_empty() && !candidates.iter().any(is) {
                return Err(Refusal::ClaimantNotMeant);
            }
        }
        match (&approver.organization, organization) {
            (Some(own), Some(party)) if own.name != party.name => return Err(Refusal::ClaimantNotMeant),
            (None, None) if approver.kind.is_organization() => return Err(Refusal::OrganizationNameMissing),
            (None, Some(party)) if approver.kind.is_organization() => approver.organization = Some(party),
            _ => (),
        }
        approver.person = person;
        self.updated_at = now;
        Ok(vec![Happening::Claimed(recipient.clone())])
    }

    /// Somebody picks the task up that waits for whoever signs for their company (`api ChannelCreateBoundFlows`): the first slot of
    /// that company, in which nobody is named.
    ///
    /// # Errors
    /// The contract has ended or not started, or nobody of that company is waited for, or no longer.
    pub fn bind(&mut self, claimant: Claimant, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        let flow = || self.id.to_string();
        let company = claimant.organization.as_ref().map(|party| &party.name);
        let own = |one: &&Approver| one.organization.as_ref().map(|party| &party.name) == company;
        if !self.approvers.iter().any(|one| own(&one)) {
            return Err(Refusal::FlowOfAnotherOrganization { flow: flow() });
        }
        if self.ensure_running().is_err() {
            return Err(Refusal::FlowNotClaimable { flow: flow() });
        }
        let waiting = self.approvers.iter().filter(own).find(|one| one.is_vacant() && one.is_open());
        let recipient = waiting.map(|one| one.recipient.clone());
        let recipient = recipient.ok_or_else(|| Refusal::FlowAlreadyClaimed { flow: flow() })?;
        self.claim(&recipient, claimant, now)
    }

    /// Asks whether more signers may join.
    ///
    /// # Errors
    /// The contract has ended or not started, or was never open to that.
    pub fn ensure_takes_approvers(&self) -> Result<(), Refusal> {
        self.ensure_running()?;
        if self.open_ended { Ok(()) } else { Err(Refusal::FlowNotDynamic { flow: self.id.to_string() }) }
    }

    /// More signers join at `now` (`api CreateDynamicFlowApprover`), after those who are there.
    ///
    /// # Errors
    /// The contract has ended or not started, or was never open to that.
    pub fn add_approvers(&mut self, joining: Vec<Approver>, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_takes_approvers()?;
        self.approvers.extend(joining);
        self.updated_at = now;
        let mut happened = vec![Happening::Revised];
        happened.extend(self.call_next(now));
        Ok(happened)
    }

    /// No more signers will join: the contract ends at `now` as signed (`api ArchiveDynamicFlow`).
    ///
    /// # Errors
    /// It has ended, was never open, or somebody has not signed. One without any signer cannot be archived (ASSUMED).
    pub fn archive(&mut self, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_running()?;
        let signed = |one: &Approver| one.status == ApproverStatus::Signed;
        let last = self.approvers.iter().max_by_key(|one| one.signature.as_ref().map(|signature| signature.at));
        let last = last.map(|one| one.recipient.clone());
        match last {
            Some(last) if self.open_ended && self.approvers.iter().all(signed) => {
                self.state = FlowState::Ended(Ended::Signed);
                self.updated_at = now;
                Ok(vec![Happening::Finished(last)])
            }
            _ => Err(Refusal::FlowStatusWrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::approver::Party;
    use crate::domain::samples::{at, flow_of_three, person};
    use crate::domain::status::FlowStatus;

    fn claimant(name: &str) -> Claimant {
        Claimant { person: person(name), organization: None }
    }

    fn open_slot(slot: Slot) -> (Flow, RecipientId) {
        let mut flow = flow_of_three(true);
        flow.approvers[0].slot = slot;
        flow.approvers[0].person = Person::default();
        let recipient = flow.approvers[0].recipient.clone();
        (flow, recipient)
    }

    #[test]
    fn an_open_slot_is_named_once_and_then_signed() {
        let (mut flow, slot) = open_slot(Slot::Open);
        assert_eq!(flow.sign(&slot, None, at(1)), Err(Refusal::ApproverNotWaiting { approver: slot.to_string() }));
        flow.name(&slot, person("李四"), at(2)).unwrap();
        assert_eq!(flow.name(&slot, person("王五"), at(3)), Err(Refusal::SlotTaken { approver: slot.to_string() }));
        flow.sign(&slot, None, at(4)).unwrap();
    }

    #[test]
    fn the_first_candidate_to_pick_it_up_signs() {
        let (mut flow, slot) = open_slot(Slot::OneOf(Vec::new()));
        flow.name(&slot, person("李四"), at(1)).unwrap();
        flow.name(&slot, person("王五"), at(1)).unwrap();
        assert!(flow.claim(&slot, claimant("赵六"), at(2)).is_err(), "none of the candidates");
        assert_eq!(flow.claim(&slot, claimant("王五"), at(3)).unwrap(), [Happening::Claimed(slot.clone())]);
        assert!(flow.claim(&slot, claimant("李四"), at(4)).is_err(), "too late");
        assert_eq!(flow.approvers[0].person.name, "王五");
    }

    #[test]
    fn a_companys_slot_takes_its_own_people_and_an_open_one_learns_the_company() {
        let of = |company: &str| Claimant {
            organization: Some(Party { id: None, name: company.into() }),
            ..claimant("李四")
        };
        let (mut flow, slot) = open_slot(Slot::Open);
        assert_eq!(flow.claim(&slot, of("别的企业"), at(1)), Err(Refusal::ClaimantNotMeant));
        flow.approvers[0].organization = None;
        assert_eq!(flow.claim(&slot, claimant("李四"), at(1)), Err(Refusal::OrganizationNameMissing));
        flow.claim(&slot, of("别的企业"), at(1)).unwrap();
        assert_eq!(flow.approvers[0].organization.as_ref().unwrap().name, "别的企业");
    }

    #[test]
    fn a_company_picks_up_what_waits_for_it_once() {
        let of = |company: &str| Claimant {
            organization: Some(Party { id: None, name: company.into() }),
            ..claimant("李四")
        };
        let (mut flow, slot) = open_slot(Slot::Open);
        let id = flow.id.to_string();
        let refused = flow.bind(of("别的企业"), at(1));
        assert_eq!(refused, Err(Refusal::FlowOfAnotherOrganization { flow: id.clone() }), "no party of it");
        let mut ended = flow.clone();
        ended.cancel("", at(1)).unwrap();
        assert_eq!(ended.bind(of("示例企业"), at(1)), Err(Refusal::FlowNotClaimable { flow: id.clone() }));
        assert_eq!(flow.bind(of("示例企业"), at(1)).unwrap(), [Happening::Claimed(slot)]);
        assert_eq!(flow.approvers[0].person.name, "李四");
        assert_eq!(flow.bind(of("示例企业"), at(2)), Err(Refusal::FlowAlreadyClaimed { flow: id }));
    }

    #[test]
    fn an_open_ended_contract_waits_for_its_archiving() {
        let mut flow = flow_of_three(true);
        flow.open_ended = true;
        assert!(flow.archive(at(1)).is_err());
        for index in 0..3 {
            let slot = flow.approvers[index].recipient.clone();
            assert_eq!(flow.sign(&slot, None, at(1)).unwrap(), [Happening::Signed(slot)]);
        }
        assert_eq!(flow.status(), FlowStatus::PartlySigned, "it never completes by itself");
        let last = flow.approvers[2].recipient.clone();
        assert_eq!(flow.archive(at(2)).unwrap(), [Happening::Finished(last)]);
        assert_eq!(flow.status(), FlowStatus::Signed);
    }
}
