//! All a handler may touch.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::urls::{Console, Urls};
use super::world::{Outbox, World};
use crate::domain::application::Application;
use crate::domain::cancel_task::{CancelTask, NotCancelled};
use crate::domain::customer::{Customer, Downloads};
use crate::domain::employee::Employee;
use crate::domain::event::{Actor, Happening};
use crate::domain::file::UploadedFile;
use crate::domain::flow::{Flow, Initiator};
use crate::domain::group::FlowGroup;
use crate::domain::ids::{ApplicationId, FlowId, OpenId, OrganizationId};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::right::{Right, Rights};
use crate::domain::rights::Entitled;
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
    /// What the employee's roles allow.
    pub rights: Rights,
    /// For whom a platform's call acts; nothing in a company's own.
    pub agent: Option<Agent>,
}

/// For whom a platform's call acts (`api Agent`).
#[derive(Clone, Debug)]
pub struct Agent {
    /// The platform's application.
    pub application: Arc<Application>,
    /// The customer that acts, where the action asks for one and there is one already.
    pub customer: Option<Arc<Customer>>,
    /// What the platform calls the customer; empty when it was not named.
    pub organization_open_id: OpenId,
    /// What the platform calls its employee; empty when nobody was named.
    pub operator_open_id: OpenId,
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
            application: self.application().cloned(),
        })
    }

    /// The employee that acts, as whoever did something.
    ///
    /// # Errors
    /// As [`Caller::operator`].
    pub fn actor(&self) -> Result<Actor, Refusal> {
        Ok(Actor { user: self.operator()?.id.clone(), application: self.application().cloned() })
    }

    /// The platform's application a call is made through.
    #[must_use]
    pub fn application(&self) -> Option<&ApplicationId> {
        self.agent.as_ref().map(|agent| &agent.application.id)
    }

    /// Whose console pages of this call are of.
    #[must_use]
    pub fn console(&self) -> Console {
        if self.agent.is_some() { Console::Platform } else { Console::Company }
    }

    /// Whether the company that acts launched this, and may deal with it from here. What a platform launched for it belongs to
    /// that application; the company itself sees all of its own (ASSUMED: applications are kept apart, `api Agent`).
    #[must_use]
    pub fn launched(&self, initiator: &Initiator) -> bool {
        self.sees(initiator) && &initiator.organization == self.organization()
    }

    /// Whether what somebody launched can be dealt with from here at all: through an application only what was launched through it
    /// (ASSUMED: applications are kept apart, `api Agent`).
    #[must_use]
    pub fn sees(&self, initiator: &Initiator) -> bool {
        self.agent.is_none() || initiator.application.as_ref() == self.application()
    }

    /// Whether what was brought through this application can be used from here: an application uses nothing of another one's, the
    /// company itself all of its own (ASSUMED: applications are kept apart, `api Agent`), and everybody of the company what it brought
    /// itself (ASSUMED: nothing is said of that).
    #[must_use]
    pub fn reaches(&self, application: Option<&ApplicationId>) -> bool {
        self.agent.is_none() || application.is_none() || application == self.application()
    }

    /// The company whose contracts a launch uses up, as [`Directory::payer`](crate::domain::directory::Directory::payer).
    #[must_use]
    pub fn payer(&self) -> &OrganizationId {
        self.agent.as_ref().map_or(&self.organization.id, |agent| &agent.application.owner)
    }

    /// Refuses a customer that may not start contracts (`api CreateChannelSubOrganizationActive`).
    ///
    /// # Errors
    /// It was never activated, or its licence is over.
    pub fn ensure_licensed(&self, now: Timestamp) -> Result<(), Refusal> {
        let customer = self.agent.as_ref().and_then(|agent| agent.customer.as_ref());
        if customer.is_none_or(|customer| customer.is_active(now)) {
            return Ok(());
        }
        Err(Refusal::OrganizationNotActivated { organization: self.organization.name.clone() })
    }

    /// For whom a platform's call acts.
    ///
    /// # Errors
    /// It is a company's own call.
    pub fn agent(&self) -> Result<&Agent, Refusal> {
        self.agent.as_ref().ok_or(Refusal::AppIdEmpty)
    }

    /// The customer a platform's call acts for.
    ///
    /// # Errors
    /// There is none.
    pub fn customer(&self) -> Result<&Customer, Refusal> {
        self.agent()?.customer.as_deref().ok_or(Refusal::OrganizationOpenIdEmpty)
    }

    /// Whether the platform may download the customer's contracts: what the customer says is stronger than what the platform
    /// opened for all (`seed DescribeResourceUrlsByFlows`).
    ///
    /// # Errors
    /// It may not, or it is a company's own call.
    pub fn ensure_downloads_allowed(&self) -> Result<(), Refusal> {
        let allowed = match self.customer()?.downloads {
            Downloads::Opened => true,
            Downloads::Closed => false,
            Downloads::Undecided => self.agent()?.application.downloads,
        };
        if allowed { Ok(()) } else { Err(Refusal::DownloadServiceClosed) }
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
    pub fn permitted(&self, may: impl FnOnce(Entitled<'_>) -> bool) -> Result<&Employee, Refusal> {
        let operator = self.operator()?;
        if may(self.entitled()?) {
            Ok(operator)
        } else {
            Err(Refusal::OperatorLacksPermission { user: operator.id.to_string() })
        }
    }

    /// The employee that acts, with what their roles allow.
    ///
    /// # Errors
    /// As [`Caller::operator`].
    pub fn entitled(&self) -> Result<Entitled<'_>, Refusal> {
        Ok(Entitled { employee: self.operator()?, rights: self.rights })
    }

    /// The employee that acts, if their roles give them this right.
    ///
    /// # Errors
    /// As [`Caller::operator`], or they do not.
    pub fn with_right(&self, right: Right) -> Result<&Employee, Refusal> {
        self.permitted(|operator| operator.rights.contains(right))
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
        if self.caller.launched(&flow.initiator) {
            Ok(flow)
        } else {
            Err(Refusal::FlowOfAnotherOrganization { flow: id.to_owned() })
        }
    }

    /// A contract the caller's company takes part in; [`Caller::sees`] says from where.
    ///
    /// # Errors
    /// No such contract, others', or launched elsewhere.
    pub fn joined_flow(&self, id: &str) -> Result<Arc<Flow>, Refusal> {
        let flow = self.flow(id)?;
        if self.caller.sees(&flow.initiator) && flow.involves(self.caller.organization()) {
            Ok(flow)
        } else {
            Err(Refusal::FlowOfAnotherOrganization { flow: id.to_owned() })
        }
    }

    /// A contract's document must be composed, which takes seconds after each change.
    ///
    /// # Errors
    /// It is not yet, or there is none.
    pub fn ensure_composed(&self, flow: &Flow) -> Result<(), Refusal> {
        let composed_at = flow.updated_at.plus(self.world.settings.composition_delay());
        if flow.document.is_none() || self.now < composed_at { Err(Refusal::DocumentNotComposed) } else { Ok(()) }
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
        let group = self.world.groups.get(id).filter(|one| self.caller.launched(&one.initiator));
        group.cloned().ok_or_else(|| Refusal::FlowGroupUnknown { group: id.to_owned() })
    }

    /// An uploaded file the caller may use: their own, and not expired.
    ///
    /// # Errors
    /// No such file, another company's, or one whose time is over.
    pub fn usable_file(&self, id: &str) -> Result<Arc<UploadedFile>, Refusal> {
        let file = self.world.files.get(id).ok_or_else(|| Refusal::FileUnknown { file: id.to_owned() })?;
        if &file.owner != self.caller.organization() || !self.caller.reaches(file.application.as_ref()) {
            return Err(Refusal::FileOfAnotherOrganization { file: id.to_owned() });
        }
        if self.now >= file.expires_at {
            return Err(Refusal::FileRemoved { file: id.to_owned() });
        }
        Ok(file.clone())
    }

    /// A contract of this world that can be dealt with from here, whoever launched it; [`Caller::reaches`] says from where.
    ///
    /// # Errors
    /// As [`Call::flow`].
    pub fn reachable_flow(&self, id: &str) -> Result<Arc<Flow>, Refusal> {
        let flow = self.flow(id)?;
        let here = self.caller.reaches(flow.initiator.application.as_ref());
        if here { Ok(flow) } else { Err(Refusal::FlowUnknown { flow: id.to_owned() }) }
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

    /// Runs a task of cancellations at once; answers what could not be withdrawn, and why.
    pub fn cancel_at_once(&mut self, task: CancelTask, reason: &str) -> BTreeMap<FlowId, NotCancelled> {
        let id = task.id.clone();
        let number = self.world.add_cancel_task(task, self.now);
        self.world.run_cancel_task(number, Some(reason), self.now, self.outbox);
        let done = self.world.cancel_tasks.get(id.as_str()).and_then(|task| task.outcome.clone());
        done.unwrap_or_default().failed.into_iter().map(|(flow, _, why)| (flow, why)).collect()
    }
}
