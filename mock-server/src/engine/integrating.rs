//! Integrators make applications for partner companies, inside a world.

use ess_client::callback::Generation;

use super::ids::Kind;
use super::world::{Outbox, World};
use super::world_file::AddressRow;
use crate::callbacks::address::Address;
use crate::domain::application::{Application, Purpose};
use crate::domain::customer::{Customer, Staff, Verification};
use crate::domain::deed::{Callback, Opening};
use crate::domain::ids::{ApplicationId, OrganizationId, UserId};
use crate::domain::onboarding::licence::TERM;
use crate::domain::onboarding::progress::Progress;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl World {
    /// The partner gets its application and becomes a customer in it: it is known and certified already, and starts contracts at
    /// once (ASSUMED: it pays for them itself). The application is told as of any new customer's (ASSUMED), which is how the integrator
    /// learns its id.
    ///
    /// # Errors
    /// The partner is in that application already, or the name of its administrator is somebody else's.
    pub fn open_application(
        &mut self,
        opening: &Opening,
        admin: &UserId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let mut application = self.application_for(opening);
        if application.customers().get(opening.customer.as_str()).is_some()
            || application.customer_id(&opening.partner).is_some()
        {
            return Err(Refusal::OrganizationNotChanged);
        }
        let staff = application.staff().get(opening.operator.as_str());
        if staff.is_some_and(|one| &one.user != admin) {
            return Err(Refusal::OperatorUnknown { user: opening.operator.to_string() });
        }
        let mut customer = Customer {
            granted: true,
            licensed_until: Some(now.plus(TERM)),
            proxy_app: Some(self.ids.next(Kind::Authorization).into()),
            ..Customer::new(opening.customer.clone(), opening.partner.clone())
        };
        customer.certification.status = Verification::Verified;
        application.put_customer(customer.clone());
        application.put_staff(Staff {
            open_id: opening.operator.clone(),
            customer: opening.customer.clone(),
            user: admin.clone(),
        });
        let id = application.id.clone();
        self.directory.applications.insert(application);
        self.tell_elsewhere(&opening.partner, &id, &opening.callback);
        self.tell_progress(&id, &customer, Some(admin), vec![Progress::Granted, Progress::Opened], now, outbox);
        Ok(())
    }

    /// From now on an application's callbacks go there and nowhere else.
    pub fn tell_elsewhere(&mut self, owner: &OrganizationId, application: &ApplicationId, callback: &Callback) {
        let former = self.callbacks.addresses().filter(|one| one.application.as_ref() == Some(application));
        for id in former.map(|one| one.id.clone()).collect::<Vec<_>>() {
            self.callbacks.remove_address(&id, &mut self.timers);
        }
        let row = AddressRow {
            key: Some(callback.key.clone()),
            token: Some(callback.token.clone()),
            generation: Generation::Partner,
            ..AddressRow::to(callback.url.clone())
        };
        let address = Address::registered(owner.as_str(), &row, &self.callbacks.secrets, &mut self.ids);
        self.callbacks.add_address(Address { application: Some(application.clone()), ..address });
    }

    /// The one that is named, or a new one of the partner's.
    fn application_for(&mut self, opening: &Opening) -> Application {
        let known = opening.application.as_ref().and_then(|id| self.directory.applications.get(id.as_str()));
        if let Some(known) = known {
            return known.as_ref().clone();
        }
        let id = ApplicationId::from(self.ids.next(Kind::Authorization));
        let name = self.directory.organizations.get(opening.partner.as_str()).map(|one| one.name.clone());
        let purpose = Purpose::Ecosystem { business: opening.business.clone(), integrator: opening.integrator.clone() };
        let mut application = Application::new(id, opening.partner.clone(), name.unwrap_or_default());
        application.purpose = purpose;
        application
    }
}
