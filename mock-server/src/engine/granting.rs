//! Who may use a company's seals, inside a world: given, taken back, handed over; receivers hear of it.

use super::ids::Kind;
use super::seals::SealHand;
use super::world::{Outbox, World};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Grant, Grantee, SealChange, Terms};
use crate::domain::time::Timestamp;

/// By whom, when, and who is told.
pub struct Moment<'a> {
    /// Who does it.
    pub hand: SealHand,
    /// When.
    pub now: Timestamp,
    /// What is told goes in here.
    pub outbox: &'a mut Outbox,
}

impl World {
    /// Lets employees use a seal of this company, and says whom it had not let before. Receivers hear of grants for every contract,
    /// of those for single ones nobody does (`api CreateSealPolicy.AuthorizationFlows`).
    ///
    /// # Errors
    /// There is no such seal, or it is not in use.
    pub fn grant_seal(
        &mut self,
        company: &OrganizationId,
        seal: &str,
        users: &[UserId],
        terms: &Terms,
        moment: Moment<'_>,
    ) -> Result<Vec<UserId>, Refusal> {
        let Moment { hand, now, outbox } = moment;
        let (mut ids, everybody) = (self.ids.clone(), self.grantees(users));
        let wanted = users.iter().map(|user| Grant::new(ids.next(Kind::Task), user.clone(), terms)).collect();
        let mut granted = Vec::new();
        self.change_seal(company, seal, Some(hand), (now, outbox), |seal| {
            granted = seal.grant(wanted, now)?;
            let told = everybody.into_iter().filter(|one| terms.flows.is_empty() && granted.contains(&one.user));
            Ok(change(told.collect(), SealChange::Granted))
        })?;
        self.ids = ids;
        Ok(granted)
    }

    /// Takes a seal of this company back from employees; from everybody when `None` are named.
    ///
    /// # Errors
    /// There is no such seal, or one of them has no grant of it; nothing has changed then.
    pub fn revoke_seal(
        &mut self,
        company: &OrganizationId,
        seal: &str,
        users: Option<&[UserId]>,
        moment: Moment<'_>,
    ) -> Result<(), Refusal> {
        let Moment { hand, now, outbox } = moment;
        let holding = self.seal_of(company, seal)?.grants.iter().filter(|grant| !grant.has_expired(now));
        let users = users.map_or_else(|| holding.map(|grant| grant.user.clone()).collect(), <[UserId]>::to_vec);
        let everybody = self.grantees(&users);
        let told = |lost: &[UserId]| everybody.into_iter().filter(|one| lost.contains(&one.user)).collect();
        self.change_seal(company, seal, Some(hand), (now, outbox), |seal| {
            let lost = seal.revoke(&users, now)?;
            Ok(change(told(&lost), SealChange::Revoked))
        })?;
        Ok(())
    }

    /// Takes these grants of this company's seals back, all or none; of one seal's alone where one is named.
    ///
    /// # Errors
    /// One of them is no grant of the company's, or over.
    pub fn revoke_policies(
        &mut self,
        company: &OrganizationId,
        seal: Option<&String>,
        policies: &[String],
        moment: Moment<'_>,
    ) -> Result<(), Refusal> {
        let Moment { hand, now, outbox } = moment;
        let own = self.directory.seals.iter().filter(|one| &one.organization == company);
        let chosen: Vec<_> = own.filter(|one| seal.is_none_or(|id| id == one.id.as_str())).cloned().collect();
        let holds = |id: &String| {
            let mut grants = chosen.iter().flat_map(|seal| &seal.grants);
            grants.any(|grant| &grant.id == id && !grant.has_expired(now))
        };
        if let Some(unknown) = policies.iter().find(|id| !holds(id)) {
            return Err(Refusal::SealPolicyUnknown { policy: unknown.clone() });
        }
        for seal in &chosen {
            if !seal.grants.iter().any(|grant| policies.contains(&grant.id)) {
                continue;
            }
            let holders: Vec<UserId> = seal.grants.iter().map(|grant| grant.user.clone()).collect();
            let everybody = self.grantees(&holders);
            self.change_seal(company, seal.id.as_str(), Some(hand.clone()), (now, &mut *outbox), |seal| {
                let lost = seal.withdraw(policies, now);
                let told = everybody.into_iter().filter(|one| lost.contains(&one.user)).collect();
                Ok(change(told, SealChange::Revoked))
            })?;
        }
        Ok(())
    }
}

/// Nothing is told of nobody.
fn change(told: Vec<Grantee>, what: fn(Vec<Grantee>) -> SealChange) -> Vec<SealChange> {
    if told.is_empty() { Vec::new() } else { vec![what(told)] }
}
