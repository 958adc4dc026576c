//! Employees leave, and hand over what waits for them.

use super::world::{Outbox, World};
use crate::domain::approver::{ForwardKind, Person};
use crate::domain::employee::Employee;
use crate::domain::ids::{ApplicationId, FlowId, RecipientId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::staff_change::{Colleague, StaffChange};
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

impl World {
    /// The tasks of open contracts of their company that wait for this employee: to fill in, to sign, now or when it is their turn
    /// (`api DeleteIntegrationEmployees`). Contracts other companies launched stay with the name that stands in them (ASSUMED: one
    /// looks through one's own company's open contracts, not through everybody's).
    #[must_use]
    pub fn tasks_of(&self, employee: &Employee) -> Vec<(FlowId, RecipientId)> {
        let open = self.open_flows.of(&employee.organization).filter_map(|number| self.flows.at(number));
        let waiting = open.flat_map(|flow| {
            let own = flow.approvers.iter().filter(|one| one.person.user.as_ref() == Some(&employee.id));
            let due = own.filter(|one| waits(one.status));
            due.map(|one| (flow.id.clone(), one.recipient.clone()))
        });
        waiting.collect()
    }

    /// An employee leaves at `now`. What waits for them and the seals they might use go to `receiver`, where one is named; who may
    /// receive was asked before.
    ///
    /// # Errors
    /// Super administrator and legal person hand their part over first (`api SyncProxyOrganizationOperators`,
    /// `api DeleteIntegrationEmployees`); or there is no such employee any more.
    pub fn depart(
        &mut self,
        user: &UserId,
        receiver: Option<&UserId>,
        application: Option<&ApplicationId>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let employee = self.directory.employees.get(user.as_str()).filter(|one| one.is_present());
        let employee = employee.cloned().ok_or_else(|| Refusal::EmployeeUnknown { user: user.to_string() })?;
        if employee.is_admin() {
            return Err(Refusal::EmployeeIsAdministrator { user: user.to_string() });
        }
        if let Some(receiver) = receiver.and_then(|id| self.directory.employees.get(id.as_str())).cloned() {
            for (flow, recipient) in self.tasks_of(&employee) {
                let to = Person::of(&receiver);
                let handed = self
                    .change_flow(&flow, now, outbox, |flow| flow.forward(&recipient, to, ForwardKind::Quit, "", now));
                if let Err(refusal) = handed {
                    // A task that cannot change hands stays with the name that stands in it, as without a receiver.
                    tracing::debug!(%flow, ?refusal, "a task of somebody who left stays where it is");
                }
            }
        }
        self.pass_seals_on(&employee.organization, user, receiver, now, outbox)?;
        let mut gone = (*employee).clone();
        gone.leave(now);
        let company = self.directory.organizations.number(gone.organization.as_str());
        if let Some(company) = company.and_then(|number| self.directory.organizations.at_mut(number)) {
            company.services.forget(user);
        }
        self.directory.employees.insert(gone);
        let receiver = receiver.map(|id| self.as_colleague(id, application));
        self.tell_staff(application, user, StaffChange::Left(receiver), now, outbox);
        Ok(())
    }
}

impl World {
    /// Somebody else of a company, as a message about one of its people names them.
    #[must_use]
    pub fn as_colleague(&self, user: &UserId, application: Option<&ApplicationId>) -> Colleague {
        let application = application.and_then(|id| self.directory.applications.get(id.as_str()));
        Colleague { user: user.clone(), open_id: application.and_then(|one| one.staff_id(user)).cloned() }
    }
}

/// Whether somebody is still to do something.
fn waits(status: ApproverStatus) -> bool {
    matches!(status, ApproverStatus::NotYetDue | ApproverStatus::ToSign | ApproverStatus::ToFill)
}
