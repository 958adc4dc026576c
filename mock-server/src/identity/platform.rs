//! A platform acts for a customer of one of its applications: `Agent`, checked part by part before every rule.
//!
//! Application, customer, employee, in this order; each must be named, known here and nobody else's before it is asked whether
//! it is verified (ASSUMED order). What an action needs of them is data ([`AgentNeeds`]). `ProxyAppId` need not be sent any
//! more; where it is, it must be the customer's (ASSUMED: strict). `ProxyOrganizationId` is disabled and ignored (`api Agent`).

use std::sync::Arc;

use ess_schemas::AgentNeeds;
use serde_json::Value;

use super::text;
use crate::domain::application::Application;
use crate::domain::customer::{Customer, Staff};
use crate::domain::employee::Employee;
use crate::domain::ids::OrganizationId;
use crate::domain::organization::{Organization, Standing};
use crate::domain::refusal::Refusal;
use crate::domain::right::Rights;
use crate::engine::call::{Agent, Caller};
use crate::engine::world::World;

/// What a platform's request says about who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlatformClaim {
    needs: AgentNeeds,
    application: Option<String>,
    customer: Option<String>,
    operator: Option<String>,
    proxy_app: Option<String>,
}

impl PlatformClaim {
    pub(super) fn read(parameters: &Value, needs: AgentNeeds) -> Self {
        let part = |name| text(parameters, name);
        Self {
            needs,
            application: part("/Agent/AppId"),
            customer: part("/Agent/ProxyOrganizationOpenId"),
            operator: part("/Agent/ProxyOperator/OpenId"),
            proxy_app: part("/Agent/ProxyAppId"),
        }
    }

    pub(super) fn resolve(&self, world: &World, key: &OrganizationId) -> Result<Caller, Refusal> {
        let platform = world.directory.organizations.get(key.as_str());
        let platform = platform.ok_or_else(|| Refusal::OrganizationUnknown { organization: key.to_string() })?;
        platform.ensure_active()?;
        let application = self.application(world, key)?;
        let claim = self.with_employees_customer(application);
        claim.resolve_in(world, platform, application)
    }

    /// Where the employee alone may be named, the customer is theirs.
    fn with_employees_customer(&self, application: &Application) -> Self {
        let mut claim = self.clone();
        if self.needs == AgentNeeds::VerifiedEmployeeAlone && self.customer.is_none() {
            let staff = self.operator.as_deref().and_then(|operator| application.staff().get(operator));
            claim.customer = staff.map(|staff| staff.customer.to_string());
        }
        claim
    }

    fn resolve_in(
        &self,
        world: &World,
        platform: &Arc<Organization>,
        application: &Arc<Application>,
    ) -> Result<Caller, Refusal> {
        let parties = Parties { claim: self, world, application };
        let found = match self.needs {
            AgentNeeds::Delegation | AgentNeeds::App => Found::default(),
            AgentNeeds::AppMaybeOrganization if self.customer.is_none() => Found::default(),
            AgentNeeds::AppMaybeOrganization | AgentNeeds::VerifiedOrganization => {
                let customer = parties.customer()?;
                ensure_verified(&customer)?;
                Found { customer: Some(customer), operator: None }
            }
            AgentNeeds::VerifiedOrganizationMaybeEmployee => {
                let customer = parties.customer()?;
                ensure_verified(&customer)?;
                let operator = self.operator.is_some().then(|| parties.employee()).transpose()?;
                let operator = operator.and_then(|found| found.operator);
                operator.as_deref().map_or(Ok(()), ensure_person_verified)?;
                Found { customer: Some(customer), operator }
            }
            AgentNeeds::NewOrganization => Found { customer: parties.customer_to_be()?, operator: None },
            AgentNeeds::NewEmployee => parties.employee_to_be()?,
            AgentNeeds::Employee => parties.employee()?,
            AgentNeeds::VerifiedEmployeeAlone if self.customer.is_none() => {
                let operator = parties.operator_name()?;
                return Err(Refusal::OperatorUnknown { user: operator.to_owned() });
            }
            AgentNeeds::VerifiedEmployee | AgentNeeds::VerifiedEmployeeAlone => {
                let found = parties.employee()?;
                found.customer.as_deref().map_or(Ok(()), ensure_verified)?;
                found.operator.as_deref().map_or(Ok(()), ensure_person_verified)?;
                found
            }
        };
        let company = found.customer.as_ref().map(|customer| parties.company(customer)).transpose()?;
        let rights = found.operator.as_deref().map_or(Rights::NONE, |operator| world.directory.rights_of(operator));
        Ok(Caller {
            // Until there is a customer, the platform itself acts.
            organization: company.unwrap_or(platform).clone(),
            operator: found.operator,
            rights,
            agent: Some(Agent {
                application: application.clone(),
                customer: found.customer,
                organization_open_id: self.customer.as_deref().unwrap_or_default().into(),
                operator_open_id: self.operator.as_deref().unwrap_or_default().into(),
            }),
        })
    }

    fn application<'w>(&self, world: &'w World, key: &OrganizationId) -> Result<&'w Arc<Application>, Refusal> {
        let id = self.application.as_deref().ok_or(Refusal::AppIdEmpty)?;
        let found = world.directory.applications.get(id).filter(|one| one.is_served_by(key));
        let found = found.ok_or_else(|| Refusal::AppUnknown { application: id.to_owned() })?;
        if found.banned { Err(Refusal::AppBanned { application: id.to_owned() }) } else { Ok(found) }
    }
}

/// Whom `Agent` names beside the application.
#[derive(Default)]
struct Found {
    customer: Option<Arc<Customer>>,
    operator: Option<Arc<Employee>>,
}

/// Looks the customer and its employee up.
struct Parties<'a> {
    claim: &'a PlatformClaim,
    world: &'a World,
    application: &'a Application,
}

impl<'a> Parties<'a> {
    fn customer_name(&self) -> Result<&'a str, Refusal> {
        self.claim.customer.as_deref().ok_or(Refusal::OrganizationOpenIdEmpty)
    }

    /// A customer there is, and that is not being closed.
    fn customer(&self) -> Result<Arc<Customer>, Refusal> {
        let name = self.customer_name()?;
        self.customer_to_be()?.ok_or_else(|| Refusal::OrganizationUnknown { organization: name.to_owned() })
    }

    /// A customer that need not be there yet.
    fn customer_to_be(&self) -> Result<Option<Arc<Customer>>, Refusal> {
        let Some(customer) = self.application.customers().get(self.customer_name()?) else { return Ok(None) };
        if self.company(customer)?.standing == Standing::Closing {
            return Err(Refusal::OrganizationClosing { organization: customer.open_id.to_string() });
        }
        let own = customer.proxy_app.as_ref().map(|id| id.as_str());
        match self.claim.proxy_app.as_deref() {
            Some(sent) if own != Some(sent) => Err(Refusal::AppUnknown { application: sent.to_owned() }),
            Some(_) | None => Ok(Some(customer.clone())),
        }
    }

    fn operator_name(&self) -> Result<&'a str, Refusal> {
        self.claim.operator.as_deref().ok_or(Refusal::OperatorEmpty)
    }

    /// An employee there is, of the customer.
    fn employee(&self) -> Result<Found, Refusal> {
        let customer = self.customer()?;
        let unknown = || Refusal::OperatorUnknown { user: self.claim.operator.clone().unwrap_or_default() };
        let operator = self.operator_of(&customer)?.ok_or_else(unknown)?;
        Ok(Found { customer: Some(customer), operator: Some(operator) })
    }

    /// An employee that need not be there yet, of a customer that need not either; one that is there must be that customer's.
    fn employee_to_be(&self) -> Result<Found, Refusal> {
        let customer = self.customer_to_be()?;
        let operator = match &customer {
            Some(customer) => self.operator_of(customer)?,
            None => match self.staff()? {
                Some(taken) => return Err(Refusal::OperatorUnknown { user: taken.open_id.to_string() }),
                None => None,
            },
        };
        Ok(Found { customer, operator })
    }

    /// Who has this name; the name of one who has left is free.
    fn staff(&self) -> Result<Option<&'a Staff>, Refusal> {
        let staff = self.application.staff().get(self.operator_name()?).map(AsRef::as_ref);
        Ok(staff.filter(|staff| self.world.directory.employee(staff.user.as_str()).is_some()))
    }

    /// The employee of this name. The name of another customer's employee is nobody's here, and so is that of one who has left.
    fn operator_of(&self, customer: &Customer) -> Result<Option<Arc<Employee>>, Refusal> {
        let Some(staff) = self.staff()? else { return Ok(None) };
        if staff.customer != customer.open_id {
            return Err(Refusal::OperatorUnknown { user: staff.open_id.to_string() });
        }
        Ok(self.world.directory.employees.get(staff.user.as_str()).cloned())
    }

    /// The company a customer is.
    fn company(&self, customer: &Customer) -> Result<&'a Arc<Organization>, Refusal> {
        let found = self.world.directory.organizations.get(customer.organization.as_str());
        found.ok_or_else(|| Refusal::OrganizationUnknown { organization: customer.open_id.to_string() })
    }
}

fn ensure_verified(customer: &Customer) -> Result<(), Refusal> {
    if customer.is_verified() {
        Ok(())
    } else {
        Err(Refusal::OrganizationNotVerified { organization: customer.open_id.to_string() })
    }
}

fn ensure_person_verified(operator: &Employee) -> Result<(), Refusal> {
    if operator.verified { Ok(()) } else { Err(Refusal::OperatorNotVerified { user: operator.id.to_string() }) }
}
