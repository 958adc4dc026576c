//! What signers do beyond signing one contract: pick open slots up, sign several contracts at once.

use super::world::{Outbox, World};
use crate::domain::approver::{Approver, Party, Person};
use crate::domain::claim::Claimant;
use crate::domain::flow::Flow;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::refusal::Refusal;

impl World {
    /// Who this is as far as the world knows: of the company, when one is named, that signs in the slot.
    #[must_use]
    pub fn claimant(&self, slot: &Approver, person: Person, organization: &str) -> Claimant {
        if !slot.kind.is_organization() {
            return Claimant { person, organization: None };
        }
        let found = self.directory.organization_named(organization);
        let employee = found.and_then(|found| self.directory.employee_by_mobile(&found.id, &person.mobile));
        let person = match employee.filter(|one| one.name == person.name) {
            Some(employee) => Person::of(employee),
            None => person,
        };
        let party = Party { id: found.map(|found| found.id.clone()), name: organization.to_owned() };
        Claimant { person, organization: (!organization.is_empty()).then_some(party) }
    }

    /// Who a signer's task may be handed on to: a colleague. Of a company the world knows, one of its verified employees; of
    /// another, anybody (ASSUMED, as far as the world can tell).
    ///
    /// # Errors
    /// The slot is no company's, or it is nobody there.
    pub fn colleague(&self, slot: &Approver, person: Person) -> Result<Person, Refusal> {
        let stranger = Refusal::ForwardTargetInvalid { user: person.name.clone() };
        let Some(company) = &slot.organization else { return Err(stranger) };
        Claimant { person: person.clone(), organization: Some(company.clone()) }.check()?;
        let Some(company) = &company.id else { return Ok(person) };
        let employee = self.directory.employee_by_mobile(company, &person.mobile);
        employee.filter(|one| one.verified && one.name == person.name).map(Person::of).ok_or(stranger)
    }

    /// Everything `act` does happens, or nothing of it.
    ///
    /// # Errors
    /// What `act` refuses.
    pub fn all_or_nothing<R, E>(
        &mut self,
        outbox: &mut Outbox,
        act: impl FnOnce(&mut Self, &mut Outbox) -> Result<R, E>,
    ) -> Result<R, E> {
        let (before, told) = (self.clone(), outbox.len());
        let done = act(self, outbox);
        if done.is_err() {
            *self = before;
            outbox.truncate(told);
        }
        done
    }

    /// What this signer signs together with `flow`, it included: contracts of a group are not signed one by one (`api
    /// CreateFlowGroupByFiles`), so the others of its group that wait for the same signer.
    #[must_use]
    pub fn signed_together(&self, flow: &Flow, signer: &Approver) -> Vec<(FlowId, RecipientId)> {
        let group = flow.group.as_ref().and_then(|member| self.groups.get(member.id.as_str()));
        let others = group.into_iter().flat_map(|group| &group.flows).filter(|id| **id != flow.id);
        let others = others.filter_map(|id| {
            let other = self.flows.get(id.as_str())?;
            let same = other.approvers.iter().find(|one| one.can_sign() && one.is_same_signer(signer))?;
            Some((id.clone(), same.recipient.clone()))
        });
        [(flow.id.clone(), signer.recipient.clone())].into_iter().chain(others).collect()
    }
}
