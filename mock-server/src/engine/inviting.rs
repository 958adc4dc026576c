//! Companies take people in: they are called, and join behind the link.

use std::sync::Arc;

use super::call::Call;
use super::deeds::Moment;
use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::deed::Deed;
use crate::domain::employee::{Employee, Role};
use crate::domain::identity::SaidOfPerson;
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::invitation::{CalledBy, Invitee, ensure_may_be_called};
use crate::domain::link::Link;
use crate::domain::personal_deed::PersonalDeed;
use crate::domain::refusal::Refusal;
use crate::domain::staff_change::StaffChange;
use crate::domain::time::Timestamp;

/// How people are called.
#[derive(Clone, Debug, Default)]
pub struct Calling {
    /// By whom.
    pub by: CalledBy,
    /// Where the browser goes once they have joined.
    pub jump_url: Option<String>,
}

/// Somebody who was called.
pub struct Called {
    /// Who they are.
    pub employee: Arc<Employee>,
    /// Whether they had been before.
    pub again: bool,
    /// Behind what they join.
    pub link: Arc<Link>,
}

impl Call<'_> {
    /// Calls somebody to join the caller's company. Whoever was called before, and of whom the same is said, is reminded
    /// (`api CreateIntegrationEmployees`).
    ///
    /// # Errors
    /// They cannot be called so; number or id is a colleague's; or the number was called too often today.
    pub fn invite(&mut self, invitee: &Invitee, calling: &Calling) -> Result<Called, Refusal> {
        invitee.check()?;
        let company = self.caller.organization().clone();
        let known = self.world.known_as(&company, invitee).cloned();
        self.world.ensure_is_nobody_elses(&company, invitee, known.as_ref().map(|one| &one.id))?;
        if known.as_ref().is_some_and(|one| one.verified || !invitee.is(one)) {
            return Err(Refusal::EmployeeMobileTaken { mobile: invitee.mobile.clone() });
        }
        self.world.ensure_may_call(&company, &invitee.mobile, self.now)?;
        let again = known.is_some();
        let mut employee = known.unwrap_or_else(|| {
            let id = UserId::from(self.world.ids.next(Kind::Account));
            Employee::new(id, company, String::new(), String::new(), self.now)
        });
        invitee.describe(&mut employee);
        employee.call(self.now);
        let link = self.call_with_link(&employee, calling);
        let employee = Arc::new(employee);
        self.world.directory.employees.insert(employee.as_ref().clone());
        Ok(Called { employee, again, link })
    }

    /// Changes what is said of somebody who has not joined, and calls them again (`api UpdateIntegrationEmployees`).
    ///
    /// # Errors
    /// They cannot be called so, or number or id is a colleague's.
    pub fn invite_anew(&mut self, employee: &Employee, said: &Invitee, calling: &Calling) -> Result<Called, Refusal> {
        let employee = self.describe_colleague(employee, said)?;
        let link = self.call_with_link(&employee, calling);
        Ok(Called { employee, again: true, link })
    }

    /// Changes what is said of a colleague.
    ///
    /// # Errors
    /// They cannot be called so, or number or id is another colleague's.
    pub fn describe_colleague(&mut self, employee: &Employee, said: &Invitee) -> Result<Arc<Employee>, Refusal> {
        let mut changed = employee.clone();
        said.describe(&mut changed);
        Invitee {
            name: changed.name.clone(),
            mobile: changed.mobile.clone(),
            wecom_id: changed.wecom_id.clone(),
            open_id: said.open_id.clone(),
            ..Invitee::default()
        }
        .check()?;
        self.world.ensure_is_nobody_elses(&employee.organization, said, Some(&employee.id))?;
        self.world.directory.employees.insert(changed.clone());
        Ok(Arc::new(changed))
    }

    fn call_with_link(&mut self, employee: &Employee, calling: &Calling) -> Arc<Link> {
        let deed = Deed::Personal(PersonalDeed::Join(employee.id.clone()));
        let link = self.give_out_returning(deed, calling.by.lifetime(), calling.jump_url.clone());
        if calling.by == CalledBy::Platform {
            let text = format!("{}邀请您加入企业，请完成实名认证", self.caller.organization.name);
            let way = if employee.mobile.is_empty() { &employee.wecom_id } else { &employee.mobile };
            self.world.send_link(way, text, &link, self.now);
        }
        link
    }
}

impl World {
    /// The employee of a company a description is of: by their number, or by their WeCom where no number is given.
    fn known_as(&self, company: &OrganizationId, invitee: &Invitee) -> Option<&Employee> {
        if !invitee.mobile.is_empty() {
            return self.directory.employee_by_mobile(company, &invitee.mobile);
        }
        let own = self.directory.employees.iter().filter(|one| one.is_present() && &one.organization == company);
        own.map(AsRef::as_ref).find(|one| one.wecom_id == invitee.wecom_id)
    }

    /// A number and an id are one employee's (`api CreateIntegrationEmployees`).
    fn ensure_is_nobody_elses(
        &self,
        company: &OrganizationId,
        said: &Invitee,
        but: Option<&UserId>,
    ) -> Result<(), Refusal> {
        let is_another = |one: Option<&Employee>| one.is_some_and(|one| Some(&one.id) != but);
        if !said.mobile.is_empty() && is_another(self.directory.employee_by_mobile(company, &said.mobile)) {
            return Err(Refusal::EmployeeMobileTaken { mobile: said.mobile.clone() });
        }
        match &said.open_id {
            Some(id) if is_another(self.directory.employee_by_open_id(company, id.as_str())) => {
                Err(Refusal::OpenIdBoundToAnother { open_id: id.to_string() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whom a company let go again counts too: it is the number that rings.
    fn ensure_may_call(&self, company: &OrganizationId, mobile: &str, now: Timestamp) -> Result<(), Refusal> {
        if mobile.is_empty() {
            return Ok(());
        }
        let same = self.directory.employees.iter().filter(|one| &one.organization == company && one.mobile == mobile);
        ensure_may_be_called(mobile, same.flat_map(|one| one.called.iter().copied()), now)
    }

    /// Whom a company called proves who they are, and joins. One without a role may sign and launch (ASSUMED: 经办人, as with
    /// platforms' customers).
    ///
    /// # Errors
    /// They have joined or gone, say other things of themselves than the company does, or are a colleague already.
    pub fn join_company(
        &mut self,
        user: &UserId,
        said: &SaidOfPerson,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let employee = self.directory.employee(user.as_str());
        let mut joined = employee.cloned().ok_or_else(|| Refusal::EmployeeUnknown { user: user.to_string() })?;
        if joined.verified {
            return Err(Refusal::StaffAlreadyVerified);
        }
        let known =
            SaidOfPerson { name: joined.name.clone(), mobile: joined.mobile.clone(), card: joined.card.clone() };
        if !said.agrees_with(&known) {
            return Err(Refusal::IdentityDiffers);
        }
        let SaidOfPerson { name, mobile, card } = known.or(said);
        let invitee = Invitee { name, mobile, ..Invitee::default() };
        invitee.check()?;
        self.ensure_is_nobody_elses(&joined.organization, &invitee, Some(user))?;
        invitee.describe(&mut joined);
        joined.card = card;
        joined.verify(moment.now);
        if joined.roles.is_empty() {
            joined.roles.push(Role::Operator);
        }
        self.directory.employees.insert(joined);
        self.tell_staff(moment.application, user, StaffChange::Joined, moment.now, outbox);
        Ok(())
    }

    /// Somebody asks to join a company, without having been called.
    ///
    /// # Errors
    /// They cannot be called so, or have a colleague's number.
    pub fn ask_to_join(
        &mut self,
        company: &OrganizationId,
        said: SaidOfPerson,
        now: Timestamp,
    ) -> Result<UserId, Refusal> {
        let invitee = Invitee { name: said.name, mobile: said.mobile, ..Invitee::default() };
        invitee.check()?;
        self.ensure_is_nobody_elses(company, &invitee, None)?;
        let id = UserId::from(self.ids.next(Kind::Account));
        let asking = Employee::new(id.clone(), company.clone(), invitee.name, invitee.mobile, now);
        self.directory.employees.insert(Employee { card: said.card, asks_to_join: true, ..asking });
        Ok(id)
    }

    /// An administrator lets somebody join who asked.
    ///
    /// # Errors
    /// Nobody of this id asks.
    pub fn admit(&mut self, user: &UserId, now: Timestamp, outbox: &mut Outbox) -> Result<(), Refusal> {
        let asking = self.directory.employee(user.as_str()).filter(|one| one.asks_to_join).cloned();
        let mut joined = asking.ok_or_else(|| Refusal::EmployeeUnknown { user: user.to_string() })?;
        joined.verify(now);
        joined.roles.push(Role::Operator);
        self.directory.employees.insert(joined);
        self.tell_staff(None, user, StaffChange::Admitted, now, outbox);
        Ok(())
    }
}
