//! All a handler may touch.

use std::sync::Arc;

use super::urls::Urls;
use super::world::{Outbox, World};
use crate::domain::employee::Employee;
use crate::domain::event::Happening;
use crate::domain::file::UploadedFile;
use crate::domain::flow::{Flow, Initiator};
use crate::domain::group::FlowGroup;
use crate::domain::ids::{FlowId, OrganizationId};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// One call inside an open world.
pub struct Call<'a> {
    /// The world.
    pub world: &'a mut World,
    /// Who acts.
    pub caller: &'a Caller,
    /// The world's time, read once for this call.
    pub now: Timestamp,
    /// What happened goes here.
    pub outbox: &'a mut Outbox,
    /// Builds URLs.
    pub urls: &'a Urls,
}

/// Who acts, as identity found out.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The company that acts.
    pub organization: Arc<Organization>,
    /// The employee that acts, where the action asks for one.
    pub operator: Option<Arc<Employee>>,
}

impl Caller {
    /// The employee that acts.
    ///
    /// # Errors
    /// Nobody was named although the action cannot do without.
    pub fn operator(&self) -> Result<&Employee, Refusal> {
        self.operator.as_deref().ok_or(Refusal::OperatorEmpty)
    }

    /// The company that acts, as the initiator of a contract.
    ///
    /// # Errors
    /// As [`Caller::operator`].
    pub fn initiator(&self) -> Result<Initiator, Refusal> {
        Ok(Initiator {
            organization: self.organization.id.clone(),
            organization_name: self.organization.name.clone(),
            user: self.operator()?.id.clone(),
        })
    }

    /// The employee that acts, if they are super admin or legal person.
    ///
    /// # Errors
    /// As [`Caller::operator`], or they are neither.
    pub fn administrator(&self) -> Result<&Employee, Refusal> {
        let operator = self.operator()?;
        if operator.is_admin() {
            Ok(operator)
        } else {
            Err(Refusal::OperatorNotAdministrator { user: operator.id.to_string() })
        }
    }

    /// The employee that acts, if they have the right to.
    ///
    /// # Errors
    /// As [`Caller::operator`], or they may not.
    pub fn permitted(&self, may: impl FnOnce(&Employee) -> bool) -> Result<&Employee, Refusal> {
        let operator = self.operator()?;
        if may(operator) {
            Ok(operator)
        } else {
            Err(Refusal::OperatorLacksPermission { user: operator.id.to_string() })
        }
    }

    /// The company that acts.
    #[must_use]
    pub fn organization(&self) -> &OrganizationId {
        &self.organization.id
    }
}

impl Call<'_> {
    /// A contract the caller's company launched.
    ///
    /// # Errors
    /// No such contract, or another company's.
    pub fn own_flow(&self, id: &str) -> Result<Arc<Flow>, Refusal> {
        let flow = self.flow(id)?;
        if &flow.initiator.organization == self.caller.organization() {
            Ok(flow)
        } else {
            Err(Refusal::FlowOfAnotherOrganization { flow: id.to_owned() })
        }
    }

    /// A contract of this world, whoever launched it.
    ///
    /// # Errors
    /// No id, or no such contract.
    pub fn flow(&self, id: &str) -> Result<Arc<Flow>, Refusal> {
        if id.is_empty() {
            return Err(Refusal::FlowIdEmpty);
        }
        self.world.flows.get(id).cloned().ok_or_else(|| Refusal::FlowUnknown { flow: id.to_owned() })
    }

    /// A group of contracts the caller's company launched.
    ///
    /// # Errors
    /// No such group, or another company's.
    pub fn own_group(&self, id: &str) -> Result<Arc<FlowGroup>, Refusal> {
        if id.is_empty() {
            return Err(Refusal::FlowIdEmpty);
        }
        let group = self.world.groups.get(id).filter(|one| &one.initiator.organization == self.caller.organization());
        group.cloned().ok_or_else(|| Refusal::FlowGroupUnknown { group: id.to_owned() })
    }

    /// An uploaded file the caller may use: their own, and not expired.
    ///
    /// # Errors
    /// No such file, another company's, or one whose time is over.
    pub fn usable_file(&self, id: &str) -> Result<Arc<UploadedFile>, Refusal> {
        let file = self.world.files.get(id).ok_or_else(|| Refusal::FileUnknown { file: id.to_owned() })?;
        if &file.owner != self.caller.organization() {
            return Err(Refusal::FileOfAnotherOrganization { file: id.to_owned() });
        }
        if self.now >= file.expires_at {
            return Err(Refusal::FileRemoved { file: id.to_owned() });
        }
        Ok(file.clone())
    }

    /// Adds a launched contract.
    ///
    /// # Errors
    /// As [`World::add_flow`].
    pub fn add_flow(&mut self, flow: Flow, happened: Vec<Happening>) -> Result<(), Refusal> {
        self.world.add_flow(flow, happened, self.outbox)
    }

    /// Keeps a contract that has not started.
    pub fn add_draft(&mut self, flow: Flow) {
        self.world.add_draft(flow);
    }

    /// Changes a contract by one of the domain's rules.
    ///
    /// # Errors
    /// As [`World::change_flow`].
    pub fn change_flow(
        &mut self,
        id: &FlowId,
        rule: impl FnOnce(&mut Flow) -> Result<Vec<Happening>, Refusal>,
    ) -> Result<(), Refusal> {
        self.world.change_flow(id, self.now, self.outbox, rule)
    }

    /// Withdraws a contract.
    ///
    /// # Errors
    /// As [`World::cancel_flow`].
    pub fn cancel_flow(&mut self, id: &FlowId, reason: &str) -> Result<(), Refusal> {
        self.world.cancel_flow(id, reason, self.now, self.outbox)
    }
}
