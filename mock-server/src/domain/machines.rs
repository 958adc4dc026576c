//! Whose machine may sign whose contracts (自动签署): a company's own, a partner's that granted it, a person's who allowed it.
//!
//! Asked when a contract is launched, when it starts, and when it is the machine's turn: what allows it may have ended meanwhile.

use super::approver::{Approver, ApproverKind, Person};
use super::directory::Directory;
use super::flow::{Flow, Initiator};
use super::ids::{OrganizationId, UserId};
use super::partner_grant::PartnerGrant;
use super::refusal::Refusal;
use super::time::Timestamp;

impl Directory {
    /// Asks whether a company's machine may seal what `initiator` launched. Its own needs the service and an employee who was
    /// given it (`seed scenario-guide`); a partner's needs the service and the partner's grant (`api CreatePartnerAutoSignAuthUrl`).
    ///
    /// # Errors
    /// The service is off, the employee was not given it, or the partner granted nothing.
    pub fn ensure_company_machine(
        &self,
        company: &OrganizationId,
        initiator: &Initiator,
        user: &UserId,
    ) -> Result<(), Refusal> {
        let machine = self.organizations.get(company.as_str()).filter(|one| one.auto_sign);
        let machine = machine.ok_or(Refusal::AutoSignNotOpened)?;
        if company == &initiator.organization {
            return machine.services.ensure_may_use_machine(user);
        }
        self.partner_grant(company, initiator).map(drop).ok_or(Refusal::AutoSignNotOpened)
    }

    /// Asks whether the machine in this slot may sign at `now`; whoever is none is not asked here.
    ///
    /// # Errors
    /// It may not, any more.
    pub fn ensure_machine_may_sign(&self, flow: &Flow, signer: &Approver, now: Timestamp) -> Result<(), Refusal> {
        let initiator = &flow.initiator;
        match signer.kind {
            ApproverKind::OrganizationAutoSign => {
                let company = signer.organization_id().unwrap_or(&initiator.organization);
                let user = signer.person.user.as_ref().unwrap_or(&initiator.user);
                self.ensure_company_machine(company, initiator, user)?;
                self.ensure_granted_seals(company, flow, signer)
            }
            ApproverKind::PersonAutoSign => {
                let allowed = self.lets_a_machine_sign(&signer.person, &initiator.organization, None, now);
                let refused = || Refusal::PersonAutoSignNotEnabled { name: signer.person.name.clone() };
                if allowed { Ok(()) } else { Err(refused()) }
            }
            ApproverKind::Organization
            | ApproverKind::Person
            | ApproverKind::OwnOrganizationPin
            | ApproverKind::OtherOrganizationPin
            | ApproverKind::PersonPin => Ok(()),
        }
    }

    /// A partner may have changed which kinds of its seals are used (`api ModifyPartnerAutoSignAuthUrl`).
    fn ensure_granted_seals(&self, company: &OrganizationId, flow: &Flow, signer: &Approver) -> Result<(), Refusal> {
        if company == &flow.initiator.organization {
            return Ok(());
        }
        let grant = self.partner_grant(company, &flow.initiator);
        let covered = |seal: &str| {
            let kind = self.seals.get(seal).map(|seal| seal.kind);
            kind.is_none_or(|kind| grant.is_some_and(|grant| grant.covers(kind)))
        };
        let refused = |seal: &str| Err(Refusal::AutoSignSealNotUsable { seal: seal.to_owned() });
        signer.seals_named().find(|seal| !covered(seal)).map_or(Ok(()), refused)
    }

    /// Whether a machine may sign for this person in this company's contracts, in the named scene or in any: they opened that
    /// for the company, or for every company (as world files have it).
    #[must_use]
    pub fn lets_a_machine_sign(
        &self,
        person: &Person,
        company: &OrganizationId,
        scene: Option<&str>,
        now: Timestamp,
    ) -> bool {
        let account = self.people.get(person.mobile.as_str()).filter(|one| one.name == person.name);
        let fits = |own: &str| scene.is_none_or(|scene| scene == own);
        account.is_some_and(|account| {
            let opened = account.auto_signs.iter().filter_map(|key| self.auto_signs.get(key.as_str()));
            let mut opened = opened.filter(|one| &one.organization == company && one.is_open(now));
            account.auto_sign_scenes.iter().any(|own| fits(own)) || opened.any(|one| fits(&one.scene))
        })
    }

    /// What a company granted the initiator of a contract: the grant to the initiator's company, or to the platform it is launched
    /// through.
    #[must_use]
    pub fn partner_grant(&self, granting: &OrganizationId, initiator: &Initiator) -> Option<&PartnerGrant> {
        let given = |partner: &OrganizationId| {
            let grant = self.partner_grants.get(PartnerGrant::key(granting, partner).as_str())?;
            Some(grant.as_ref()).filter(|grant| grant.is_given())
        };
        let application = initiator.application.as_ref().and_then(|id| self.applications.get(id.as_str()));
        let to_platform = |grant: &&PartnerGrant| grant.to_platform && grant.application == initiator.application;
        given(&initiator.organization).or_else(|| given(&application?.owner).filter(to_platform))
    }
}
