//! Batches of companies that are to become customers, inside a world.

use std::time::Duration;

use super::ids::Kind;
use super::introducing::Introduced;
use super::world::{Outbox, World};
use crate::domain::customer::CustomerKey;
use crate::domain::employee::Role;
use crate::domain::ids::{OpenId, RegistrationId};
use crate::domain::link::{Console, Opens, Way};
use crate::domain::masking;
use crate::domain::onboarding::guidance::Guided;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::{Door, Named, Registration, RegistrationBatch, WORKING};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// How many are remembered; the oldest go first.
const BATCHES_KEPT: usize = 10_000;
/// The same of their companies, ten a batch at most.
const REGISTRATIONS_KEPT: usize = 10 * BATCHES_KEPT;

/// One company somebody wants registered.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The customer it is to be.
    pub customer: CustomerKey,
    /// Who is to prove it.
    pub operator: OpenId,
    /// What is said of it.
    pub company: CompanyData,
    /// What is said of who is to prove it.
    pub admin: Named,
    /// How it may.
    pub ways: Vec<Way>,
    /// Where the browser goes afterwards.
    pub jump_url: Option<String>,
    /// What was settled by the company that guides it, where one does.
    pub guided: Option<Guided>,
}

impl World {
    /// Registers all of them; each has a way into the console that lives so long from when it is ready.
    ///
    /// # Errors
    /// An application that does not exist, or a name of somebody else's people.
    pub fn register(
        &mut self,
        wanted: Vec<Wanted>,
        door: Door,
        lives: Duration,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<RegistrationId, Refusal> {
        let mut registrations = Vec::with_capacity(wanted.len());
        for one in wanted {
            registrations.push(self.register_one(one, lives, now, outbox)?);
        }
        let id = self.ids.next(Kind::Authorization).into();
        let batch = RegistrationBatch { id, registrations, door, created_at: now };
        let id = batch.id.clone();
        self.registration_batches.insert_keeping(batch, BATCHES_KEPT);
        Ok(id)
    }

    fn register_one(
        &mut self,
        wanted: Wanted,
        lives: Duration,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<RegistrationId, Refusal> {
        let Wanted { customer: key, operator, company, admin, ways, jump_url, guided } = wanted;
        self.introduce_customer(&key, &company)?;
        if let Some(guided) = guided {
            self.put_under_guidance(&key, guided)?;
        }
        let said =
            Introduced { name: admin.name.clone(), mobile: admin.mobile.clone(), card: admin.card.clone(), role: None };
        let user = self.introduce_employee(&key, &operator, &said, now)?;
        self.begin_anew(&key, &user, now, outbox)?;
        let link = match self.refused_registration(&key)? {
            Some(why) => Err(why),
            None => {
                let console = Console { customer: key.clone(), operator: operator.clone(), ways };
                let link = self.add_link(Opens::Console(console), now.plus(WORKING).plus(lives), jump_url);
                Ok(link.token.clone())
            }
        };
        let id: RegistrationId = self.ids.next(Kind::Authorization).into();
        let registration =
            Registration { id: id.clone(), customer: key, operator, name: company.name, admin, link, created_at: now };
        self.registrations.insert_keeping(registration, REGISTRATIONS_KEPT);
        Ok(id)
    }

    /// Why the company cannot be registered: it is a verified customer already, under this name or another
    /// (`ex DescribeBatchOrganizationRegistrationTasks`).
    fn refused_registration(&self, key: &CustomerKey) -> Result<Option<String>, Refusal> {
        let (application, customer) = self.customer(key)?;
        let company = self.directory.organizations.get(customer.organization.as_str());
        let verified = match company {
            Some(company) if customer.is_verified() => Some(company.as_ref()),
            Some(company) => self.twin(&application, company),
            None => None,
        };
        Ok(verified.map(|company| {
            let admin = self.directory.employee_with(&company.id, Role::SuperAdmin);
            let admin = admin.map(|admin| masking::name(&admin.name)).unwrap_or_default();
            format!("认证失败，错误信息:此企业已经完成认证，请联系此企业的超级管理员（{admin}）加入该企业")
        }))
    }
}
