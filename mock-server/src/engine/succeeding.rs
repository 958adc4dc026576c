//! New super administrators take over companies that wait for them: customers of an application, companies somebody guided, members of
//! that company's holding group.

use super::deeds::Moment;
use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::customer::{Customer, Staff};
use crate::domain::deed::{Succession, Successor};
use crate::domain::employee::Employee;
use crate::domain::ids::{ApplicationId, OpenId, OrganizationId, UserId};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::staff_change::StaffChange;

/// The most companies one link hands over (`api CreateBatchAdminChangeInvitationsUrl`).
const SUCCESSIONS: usize = 500;

/// A company that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// The company.
    pub company: OrganizationId,
    /// What the application calls it; nothing of a member of a group that is no customer.
    customer: Option<OpenId>,
    succession: Succession,
}

impl World {
    /// The list in which a company guides the companies that wait for this successor; nothing when none of those it guides and no
    /// member of its group does. A group's main company that guides nobody gets its list now.
    pub fn guidance_awaiting(&mut self, guide: &OrganizationId, successor: &Successor) -> Option<ApplicationId> {
        let listed = self.directory.guidance_of(guide).map(|one| one.id.clone());
        let is_awaited = match &listed {
            Some(id) => !self.waiting_for(id, successor).is_empty(),
            None => {
                let mut members = self.directory.members_of(guide).into_iter();
                members.any(|one| one.holding.successor.as_ref().is_some_and(|one| one.successor.is(successor)))
            }
        };
        is_awaited.then(|| listed.unwrap_or_else(|| self.guidance(guide)))
    }

    /// From now on a company that `guide` guided, or a member of its group, waits for this successor.
    pub fn invite_successor(&mut self, guide: &OrganizationId, company: &OrganizationId, successor: Successor) {
        let succession = Succession { open_id: self.ids.next(Kind::Authorization).into(), successor };
        let guidance = self.directory.guidance_of(guide).cloned();
        let customer =
            guidance.as_ref().and_then(|one| one.customers().get(one.customer_id(company)?.as_str()).cloned());
        if let Some((guidance, customer)) = guidance.zip(customer) {
            self.put_customer(&guidance, Customer { successor: Some(succession), ..(*customer).clone() });
        } else if let Some(known) = self.directory.organizations.get(company.as_str()) {
            let mut member = (**known).clone();
            if let Some(holding) = &mut member.holding {
                holding.successor = Some(succession);
            }
            self.directory.organizations.insert(member);
        }
    }

    /// Everything that waits for this successor becomes theirs.
    pub(super) fn take_over(
        &mut self,
        successor: &Successor,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let application = moment.application.ok_or(Refusal::AppIdEmpty)?;
        let waiting = self.waiting_for(application, successor);
        if waiting.is_empty() {
            return Err(Refusal::SuccessionUnknown { name: successor.name.clone() });
        }
        for vacancy in waiting {
            let user = self.admit_successor(&vacancy, moment, outbox);
            self.make_super_administrator(&vacancy.company, &user, moment, outbox);
            self.settle(&vacancy, application);
        }
        Ok(())
    }

    /// The companies that wait for this successor, in the order they came: customers first.
    #[must_use]
    pub fn waiting_for(&self, application: &ApplicationId, successor: &Successor) -> Vec<Vacancy> {
        let Some(application) = self.directory.applications.get(application.as_str()) else { return Vec::new() };
        let customers = application.customers().iter().filter_map(|one| {
            let (company, customer) = (one.organization.clone(), Some(one.open_id.clone()));
            Some(Vacancy { company, customer, succession: one.successor.clone()? })
        });
        let members = application.is_guidance().then(|| self.directory.members_of(&application.owner));
        let members = members.into_iter().flatten().filter_map(|one| {
            let succession = one.holding.successor.clone()?;
            Some(Vacancy { company: one.organization.id.clone(), customer: None, succession })
        });
        customers.chain(members).filter(|one| one.succession.successor.is(successor)).take(SUCCESSIONS).collect()
    }

    /// Nobody is waited for any more.
    fn settle(&mut self, vacancy: &Vacancy, application: &ApplicationId) {
        if let Some(open_id) = &vacancy.customer {
            let application = self.directory.applications.get(application.as_str()).cloned();
            let customer = application.as_ref().and_then(|one| one.customers().get(open_id.as_str()).cloned());
            if let Some((application, customer)) = application.zip(customer) {
                self.put_customer(&application, Customer { successor: None, ..(*customer).clone() });
            }
        } else if let Some(known) = self.directory.organizations.get(vacancy.company.as_str()) {
            let mut member: Organization = (**known).clone();
            if let Some(holding) = &mut member.holding {
                holding.successor = None;
            }
            self.directory.organizations.insert(member);
        }
    }

    /// The employee a successor is: by the name the application has for them, by their number in the company, or else somebody new.
    /// They join where they have not.
    fn admit_successor(&mut self, vacancy: &Vacancy, moment: Moment<'_>, outbox: &mut Outbox) -> UserId {
        let Vacancy { company, customer, succession } = vacancy;
        let application = moment.application.and_then(|id| self.directory.applications.get(id.as_str())).cloned();
        let known = application.as_ref().and_then(|one| one.staff().get(succession.open_id.as_str()));
        let known = known.and_then(|staff| self.directory.employees.get(staff.user.as_str()));
        let known = known.filter(|one| one.is_present() && &one.organization == company).cloned();
        let Successor { name, mobile, card } = succession.successor.clone();
        let guided = application.as_ref().is_some_and(|one| one.is_guidance());
        let same = || self.directory.employee_by_mobile(company, &mobile).filter(|_| guided && !mobile.is_empty());
        let known = known.map(|one| (*one).clone()).or_else(|| same().cloned());
        let mut employee = match known {
            Some(known) => known,
            None => {
                let id = UserId::from(self.ids.next(Kind::Account));
                Employee::new(id, company.clone(), name.clone(), mobile.clone(), moment.now)
            }
        };
        let joins = !employee.verified;
        if joins {
            (employee.name, employee.mobile, employee.card) = (name, mobile, card);
            employee.verify(moment.now);
        }
        let user = employee.id.clone();
        self.directory.employees.insert(employee);
        if let Some((application, customer)) = application.zip(customer.clone()) {
            let mut application = (*application).clone();
            let open_id = succession.open_id.clone();
            application.put_staff(Staff { open_id, customer, user: user.clone() });
            self.directory.applications.insert(application);
        }
        if joins {
            let told = self.directory.platforms(moment.application).cloned();
            self.tell_staff(told.as_ref(), &user, StaffChange::Joined, moment.now, outbox);
        }
        user
    }
}
