//! People of companies, inside a world: they join, or do not, and receivers hear of it.

use std::sync::Arc;

use super::world::{Outbox, World};
use crate::domain::customer::CustomerKey;
use crate::domain::employee::{Employee, Role};
use crate::domain::event::{About, Event};
use crate::domain::ids::{ApplicationId, OpenId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::staff_change::{StaffChange, StaffMember};
use crate::domain::time::Timestamp;

impl World {
    /// The customer's employee of this name.
    ///
    /// # Errors
    /// There is no such customer, or it has no such employee.
    pub fn customers_employee(&self, key: &CustomerKey, open_id: &OpenId) -> Result<Arc<Employee>, Refusal> {
        let (application, customer) = self.customer(key)?;
        let staff = application.staff().get(open_id.as_str()).filter(|one| one.customer == customer.open_id);
        let employee = staff.and_then(|staff| self.directory.employees.get(staff.user.as_str()));
        let employee = employee.filter(|one| one.is_present());
        employee.cloned().ok_or_else(|| Refusal::OperatorUnknown { user: open_id.to_string() })
    }

    /// The customer's employee proves who they are, and joins. One without a role may sign and launch (ASSUMED: 经办人, the preset
    /// role for that).
    ///
    /// # Errors
    /// There is nobody of that name, they have joined before, or the company has not proved who it is.
    pub fn join(
        &mut self,
        key: &CustomerKey,
        open_id: &OpenId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let employee = self.ensure_may_join(key, open_id)?;
        let mut joined = employee.as_ref().clone();
        joined.verify(now);
        if joined.roles.is_empty() {
            joined.roles.push(Role::Operator);
        }
        self.directory.employees.insert(joined);
        self.tell_staff(Some(&key.application), &employee.id, StaffChange::Joined, now, outbox);
        Ok(())
    }

    /// They do not prove who they are.
    ///
    /// # Errors
    /// As [`World::join`].
    pub fn fail_to_join(
        &mut self,
        key: &CustomerKey,
        open_id: &OpenId,
        reason: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let employee = self.ensure_may_join(key, open_id)?;
        let failed = StaffChange::NotJoined(reason.to_owned());
        self.tell_staff(Some(&key.application), &employee.id, failed, now, outbox);
        Ok(())
    }

    fn ensure_may_join(&self, key: &CustomerKey, open_id: &OpenId) -> Result<Arc<Employee>, Refusal> {
        let (_, customer) = self.customer(key)?;
        let employee = self.customers_employee(key, open_id)?;
        if !customer.is_verified() {
            return Err(Refusal::OrganizationNotVerified { organization: customer.open_id.to_string() });
        }
        if employee.verified {
            return Err(Refusal::StaffAlreadyVerified);
        }
        Ok(employee)
    }

    /// Tells what happened to an employee, in the platform's application or at their own company.
    pub fn tell_staff(
        &self,
        application: Option<&ApplicationId>,
        user: &UserId,
        change: StaffChange,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let Some(employee) = self.directory.employees.get(user.as_str()) else { return };
        let application = application.and_then(|id| self.directory.applications.get(id.as_str()));
        let member = StaffMember {
            organization: employee.organization.clone(),
            user: user.clone(),
            name: employee.name.clone(),
            application: application.map(|one| one.id.clone()),
            customer: application.and_then(|one| one.customer_id(&employee.organization)).cloned(),
            open_id: application.and_then(|one| one.staff_id(user)).cloned(),
        };
        outbox.push(Event { at: now, about: About::Staff(change, Arc::new(member)) });
    }
}
