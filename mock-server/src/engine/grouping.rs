//! Companies join holding groups and leave them, inside a world.

use std::collections::BTreeMap;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::employee::Employee;
use crate::domain::holding::{HoldingMembership, MembershipStep};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::onboarding::licence::TERM;
use crate::domain::onboarding::progress::Progress;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl World {
    /// A company's administrator follows an invitation.
    ///
    /// # Errors
    /// It is the main company itself or of a group of its own, or a member already, here or elsewhere.
    pub fn invite_member(
        &mut self,
        main: &OrganizationId,
        member: &OrganizationId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let company = self.company(member)?;
        if main == member || company.group.is_some() {
            return Err(Refusal::MembershipStateWrong { status: "集团主企业" });
        }
        let holding = match company.holding.clone() {
            None => HoldingMembership::invited(main.clone(), now),
            Some(mut known) => {
                known.take(MembershipStep::Invite, now)?;
                let shadows = if &known.main == main { known.shadows } else { BTreeMap::new() };
                HoldingMembership { shadows, ..HoldingMembership::invited(main.clone(), now) }
            }
        };
        self.directory.organizations.insert(Organization { holding: Some(holding), ..company });
        Ok(())
    }

    /// They let the main company act, or would not.
    ///
    /// # Errors
    /// Nobody invited the company into this group, or it said so already.
    pub fn answer_invitation(
        &mut self,
        main: &OrganizationId,
        member: &OrganizationId,
        agrees: bool,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let step = if agrees { MembershipStep::Authorize } else { MembershipStep::Refuse };
        self.step_member(main, member, step, now).map(drop)
    }

    /// The main company activates a member with a licence of a year. From then on it acts for it, and hears of it: its people have
    /// accounts there. When exactly that is told is ASSUMED: right then.
    ///
    /// # Errors
    /// The member has not authorized it, or there is no licence left.
    pub fn activate_member(
        &mut self,
        main: &OrganizationId,
        member: &OrganizationId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let mut payer = self.company(main)?;
        let unpaid = || Refusal::NoHoldingGroup { organization: main.to_string() };
        payer.group.as_mut().ok_or_else(unpaid)?.take(1)?;
        let mut company = self.step_member(main, member, MembershipStep::Activate, now)?;
        self.directory.organizations.insert(payer);
        if let Some(holding) = &mut company.holding {
            holding.licensed_until = Some(now.plus(TERM));
            self.give_accounts(main, member, &mut holding.shadows);
        }
        self.directory.organizations.insert(company);
        self.tell_company_itself(member, Progress::JoinedGroup, Some(main), now, outbox);
        Ok(())
    }

    /// A member leaves its group; what it was given is gone.
    ///
    /// # Errors
    /// It is none, or has not authorized the main company yet.
    pub fn release_member(
        &mut self,
        main: &OrganizationId,
        member: &OrganizationId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let mut company = self.step_member(main, member, MembershipStep::Release, now)?;
        if let Some(holding) = &mut company.holding {
            (holding.licensed_until, holding.admin_change, holding.successor) = (None, false, None);
        }
        self.directory.organizations.insert(company);
        self.tell_company_itself(member, Progress::LeftGroup, Some(main), now, outbox);
        Ok(())
    }

    /// A member lets its main company change its super administrator.
    ///
    /// # Errors
    /// It has nothing to do with that company's group.
    pub fn allow_admin_change(&mut self, main: &OrganizationId, member: &OrganizationId) -> Result<(), Refusal> {
        let mut company = self.company(member)?;
        let holding = company.holding.as_mut().filter(|one| &one.main == main);
        let stranger = || Refusal::SubOrganizationUnknown { organization: member.to_string() };
        holding.ok_or_else(stranger)?.admin_change = true;
        self.directory.organizations.insert(company);
        Ok(())
    }

    fn company(&self, id: &OrganizationId) -> Result<Organization, Refusal> {
        let unknown = || Refusal::OrganizationUnknown { organization: id.to_string() };
        self.directory.organizations.get(id.as_str()).map(|one| one.as_ref().clone()).ok_or_else(unknown)
    }

    /// Takes a step of a company's membership, and answers the company after it.
    fn step_member(
        &mut self,
        main: &OrganizationId,
        member: &OrganizationId,
        step: MembershipStep,
        now: Timestamp,
    ) -> Result<Organization, Refusal> {
        let mut company = self.company(member)?;
        let holding = company.holding.as_mut().filter(|one| &one.main == main);
        let stranger = || Refusal::SubOrganizationUnknown { organization: member.to_string() };
        holding.ok_or_else(stranger)?.take(step, now)?;
        self.directory.organizations.insert(company.clone());
        Ok(company)
    }

    /// Every verified administrator and operator of the main company has an account in the member (ASSUMED), the same one when the
    /// member comes back.
    fn give_accounts(
        &mut self,
        main: &OrganizationId,
        member: &OrganizationId,
        shadows: &mut BTreeMap<UserId, UserId>,
    ) {
        let colleagues =
            self.directory.employees.iter().filter(|one| &one.organization == main && one.has_account_in_members());
        for employee in colleagues.cloned().collect::<Vec<_>>() {
            if shadows.contains_key(&employee.id) {
                continue;
            }
            let id = UserId::from(self.ids.next(Kind::Account));
            shadows.insert(employee.id.clone(), id.clone());
            self.directory.employees.insert(Employee { id, organization: member.clone(), ..(*employee).clone() });
        }
    }
}
