//! People sign on through their company's own system: who may is said beforehand, and with the first login they are employees.

use std::sync::Arc;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::employee::{Employee, Role};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::sso_employee::{SsoEmployee, SsoPerson};
use crate::domain::staff_change::StaffChange;
use crate::domain::time::Timestamp;

/// A sign-on application of a company.
#[derive(Clone, Copy, Debug)]
pub struct SignOn<'a> {
    /// The company.
    pub organization: &'a OrganizationId,
    /// The application. A world keeps no list of them: whatever is named is there (ASSUMED).
    pub application: &'a str,
}

impl World {
    /// The people of an application, in the order they were made.
    pub fn sso_employees<'a>(&'a self, at: SignOn<'a>) -> impl Iterator<Item = &'a Arc<SsoEmployee>> {
        self.directory.sso_employees.iter().filter(move |one| one.is_of(at.organization, at.application))
    }

    /// The person of this id.
    ///
    /// # Errors
    /// There is none.
    pub fn sso_employee(&self, at: SignOn<'_>, open_id: &str) -> Result<Arc<SsoEmployee>, Refusal> {
        let key = SsoEmployee::key(at.organization, at.application, open_id);
        let found = self.directory.sso_employees.get(key.as_str()).cloned();
        found.ok_or_else(|| Refusal::SsoEmployeeUnknown { open_id: open_id.to_owned() })
    }

    /// The same, who has not signed on: then they are an employee, and no row any more (`api ModifySingleSignOnEmployees`).
    ///
    /// # Errors
    /// There is none, or they have.
    pub fn unbound_sso_employee(&self, at: SignOn<'_>, open_id: &str) -> Result<Arc<SsoEmployee>, Refusal> {
        let found = self.sso_employee(at, open_id)?;
        match found.user {
            Some(_) => Err(Refusal::SsoEmployeeBound { open_id: open_id.to_owned() }),
            None => Ok(found),
        }
    }

    /// Says of somebody that they may sign on.
    ///
    /// # Errors
    /// They cannot be called so, or id or number is somebody else's of the application.
    pub fn add_sso_employee(
        &mut self,
        at: SignOn<'_>,
        open_id: &str,
        said: SsoPerson,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if self.sso_employee(at, open_id).is_ok() {
            return Err(Refusal::SsoOpenIdTaken { open_id: open_id.to_owned() });
        }
        self.put_sso_employee(at, open_id, said, now)
    }

    /// Says something else of somebody who has not signed on.
    ///
    /// # Errors
    /// There is nobody like that, they have signed on, or as [`World::add_sso_employee`].
    pub fn change_sso_employee(
        &mut self,
        at: SignOn<'_>,
        open_id: &str,
        change: impl FnOnce(&mut SsoPerson),
    ) -> Result<(), Refusal> {
        let known = self.unbound_sso_employee(at, open_id)?;
        let mut said = known.said.clone();
        change(&mut said);
        self.put_sso_employee(at, open_id, said, known.created_at)
    }

    fn put_sso_employee(
        &mut self,
        at: SignOn<'_>,
        open_id: &str,
        said: SsoPerson,
        created_at: Timestamp,
    ) -> Result<(), Refusal> {
        said.check()?;
        let taken = self.sso_employees(at).any(|one| one.said.mobile == said.mobile && one.open_id != open_id);
        if taken {
            return Err(Refusal::SsoMobileTaken { mobile: said.mobile });
        }
        self.directory.sso_employees.insert(SsoEmployee {
            key: SsoEmployee::key(at.organization, at.application, open_id),
            organization: at.organization.clone(),
            application: at.application.to_owned(),
            open_id: open_id.to_owned(),
            said,
            created_at,
            user: None,
        });
        Ok(())
    }

    /// Forgets somebody who has not signed on.
    ///
    /// # Errors
    /// There is nobody like that, or they have.
    pub fn remove_sso_employee(&mut self, at: SignOn<'_>, open_id: &str) -> Result<(), Refusal> {
        let known = self.unbound_sso_employee(at, open_id)?;
        self.directory.sso_employees.remove(known.key.as_str());
        Ok(())
    }

    /// Somebody signs on. With the first login they are the employee who has their number, or a new one, who has proved who they
    /// are with it (ASSUMED: the company's own system vouches for them).
    ///
    /// # Errors
    /// There is nobody like that.
    pub fn sign_on(
        &mut self,
        at: SignOn<'_>,
        open_id: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<UserId, Refusal> {
        let known = self.sso_employee(at, open_id)?;
        if let Some(user) = &known.user {
            return Ok(user.clone());
        }
        let said = &known.said;
        let colleague = self.directory.employee_by_mobile(at.organization, &said.mobile).cloned();
        let mut employee = colleague.unwrap_or_else(|| {
            let id = UserId::from(self.ids.next(Kind::Account));
            Employee::new(id, at.organization.clone(), said.name.clone(), said.mobile.clone(), now)
        });
        let (user, joins) = (employee.id.clone(), !employee.verified);
        if joins {
            employee.name.clone_from(&said.name);
            employee.email.clone_from(&said.email);
            employee.roles = if said.roles.is_empty() { vec![Role::Operator] } else { said.roles.clone() };
            employee.verify(now);
            self.directory.employees.insert(employee);
            self.tell_staff(None, &user, StaffChange::Joined, now, outbox);
        }
        self.directory.sso_employees.insert(SsoEmployee { user: Some(user.clone()), ..(*known).clone() });
        Ok(user)
    }
}
