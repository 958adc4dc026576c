//! A company guides others through certification, inside a world: an attempt each time, which is told of to the guide and is nobody
//! else's to see.

use std::sync::Arc;

use super::ids::Kind;
use super::introducing::Introduced;
use super::world::World;
use crate::domain::application::Application;
use crate::domain::customer::{Customer, CustomerKey};
use crate::domain::ids::{ApplicationId, OpenId, OrganizationId};
use crate::domain::onboarding::guidance::Guided;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// How many attempts that nobody has begun are remembered of a guide; the oldest go first.
const IDLE_KEPT: usize = 10_000;

impl World {
    /// The list of those this company guides.
    pub fn guidance(&mut self, guide: &OrganizationId) -> ApplicationId {
        if let Some(known) = self.directory.guidance_of(guide) {
            return known.id.clone();
        }
        let id = ApplicationId::from(self.ids.next(Kind::Authorization));
        self.directory.applications.insert(Application::guidance(id.clone(), guide.clone()));
        id
    }

    /// Names for an attempt nobody knows yet, and for whoever is to make it.
    pub fn new_attempt(&mut self, guide: &OrganizationId) -> (CustomerKey, OpenId) {
        let application = self.guidance(guide);
        let customer = self.ids.next(Kind::Authorization).into();
        (CustomerKey { application, customer }, self.ids.next(Kind::Authorization).into())
    }

    /// Begins an attempt: the company and its administrator are known as far as the guide says.
    ///
    /// # Errors
    /// As [`World::introduce_customer`].
    pub fn guide(
        &mut self,
        guide: &OrganizationId,
        company: &CompanyData,
        admin: &Introduced,
        guided: Guided,
        now: Timestamp,
    ) -> Result<(CustomerKey, OpenId), Refusal> {
        self.forget_idle_attempts(guide);
        let (key, operator) = self.new_attempt(guide);
        self.introduce_customer(&key, company)?;
        self.introduce_employee(&key, &operator, admin, now)?;
        self.put_under_guidance(&key, guided)?;
        Ok((key, operator))
    }

    /// Notes what the guide settled. Nobody is asked whether the guide may act: it acts for nobody.
    ///
    /// # Errors
    /// There is no such attempt.
    pub fn put_under_guidance(&mut self, key: &CustomerKey, guided: Guided) -> Result<(), Refusal> {
        let (application, customer) = self.customer(key)?;
        let customer = Customer { granted: true, guided: Some(guided), ..customer.as_ref().clone() };
        self.put_customer(&application, customer);
        Ok(())
    }

    fn forget_idle_attempts(&mut self, guide: &OrganizationId) {
        let Some(application) = self.directory.guidance_of(guide) else { return };
        if application.customers().len() < IDLE_KEPT {
            return;
        }
        let idle = |one: &&Arc<Customer>| !one.is_verified() && !one.certification.is_running();
        let Some(oldest) = application.customers().iter().find(idle).cloned() else { return };
        let mut application = application.as_ref().clone();
        let people = application.staff().iter().filter(|one| one.customer == oldest.open_id).cloned();
        for one in people.collect::<Vec<_>>() {
            self.directory.employees.remove(one.user.as_str());
            application.remove_staff(&one.open_id);
        }
        application.remove_customer(&oldest.open_id);
        self.directory.organizations.remove(oldest.organization.as_str());
        self.directory.applications.insert(application);
    }
}
