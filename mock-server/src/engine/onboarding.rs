//! Customers on their way, inside a world: they take a step, and what follows from it: the company they turn out to be, the id,
//! licence and seal that come with the open service, the administrator, and what is told.

#[cfg(test)]
mod properties;

use std::sync::Arc;

use super::ids::Kind;
use super::introducing::Introduced;
use super::world::{Outbox, World};
use crate::domain::application::Application;
use crate::domain::consent::OnBehalf;
use crate::domain::customer::{Customer, CustomerKey, Staff, VerificationMethod};
use crate::domain::employee::Role;
use crate::domain::event::{About, Event};
use crate::domain::extended_service::ExtendedService;
use crate::domain::ids::{ApplicationId, OpenId, OrganizationId, UserId};
use crate::domain::masking;
use crate::domain::onboarding::certification::Step;
use crate::domain::onboarding::guidance::Data;
use crate::domain::onboarding::progress::{Applicant, Progress};
use crate::domain::onboarding::record::{Administrator, CompanyData, Record};
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::seal::Seal;
use crate::domain::staff_change::StaffChange;
use crate::domain::time::Timestamp;

impl World {
    /// The application and its customer.
    ///
    /// # Errors
    /// There is no such application, or it has no such customer.
    pub fn customer(&self, key: &CustomerKey) -> Result<(Arc<Application>, Arc<Customer>), Refusal> {
        let unknown = || Refusal::AppUnknown { application: key.application.to_string() };
        let application = self.directory.applications.get(key.application.as_str()).ok_or_else(unknown)?;
        let unknown = || Refusal::OrganizationUnknown { organization: key.customer.to_string() };
        let customer = application.customers().get(key.customer.as_str()).ok_or_else(unknown)?;
        Ok((application.clone(), customer.clone()))
    }

    /// The customer lets the platform act for it: once, whoever comes back to the page.
    ///
    /// # Errors
    /// There is no such customer.
    pub fn grant(
        &mut self,
        key: &CustomerKey,
        operator: &UserId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let (application, customer) = self.customer(key)?;
        if customer.granted {
            return Ok(());
        }
        let customer = Customer { granted: true, ..customer.as_ref().clone() };
        self.put_customer(&application, customer.clone());
        self.tell_progress(&key.application, &customer, Some(operator), vec![Progress::Granted], now, outbox);
        Ok(())
    }

    /// The customer takes a step on the way to prove who it is.
    ///
    /// # Errors
    /// There is no such customer, the step does not fit how far it is, or the company is a verified customer already; nothing
    /// has changed then.
    pub fn certify(
        &mut self,
        key: &CustomerKey,
        step: Step,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let (application, customer) = self.customer(key)?;
        let mut customer = customer.as_ref().clone();
        let before = customer.certification.record.clone();
        let progress = customer.certification.take(step)?;
        let handed_in = self.as_handed_in(&customer, customer.certification.record.as_ref())?;
        self.ensure_no_twin(&application, &customer, &handed_in)?;
        if !self.directory.is_established(&handed_in.id) {
            self.directory.organizations.insert(handed_in);
        }
        let opens = progress.contains(&Progress::Opened);
        self.put_customer(&application, customer.clone());
        // What was wiped is told of by who had begun it.
        let record = customer.certification.record.as_ref().or(before.as_ref());
        let mut operator = record.map(|record| record.admin.user.clone());
        if opens {
            customer = self.open_service(key, now)?;
            operator = customer.certification.record.as_ref().map(|record| record.admin.user.clone());
        }
        self.tell_progress(&key.application, &customer, operator.as_ref(), progress, now, outbox);
        if let Some(admin) = operator.filter(|_| opens) {
            let application = self.directory.platforms(Some(&key.application)).cloned();
            self.tell_staff(application.as_ref(), &admin, StaffChange::Joined, now, outbox);
            self.set_up_as_guided(&customer, &admin, now, outbox)?;
        }
        Ok(())
    }

    /// The customer's data are handed in by one of its people; what is left empty is as the platform said it.
    ///
    /// # Errors
    /// As [`World::certify`], or there is nobody of that name.
    pub fn hand_in(
        &mut self,
        key: &CustomerKey,
        open_id: &OpenId,
        data: CompanyData,
        said: &Introduced,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        self.ensure_as_guided(key, open_id, &data, said)?;
        self.all_or_nothing(outbox, |world, outbox| {
            world.introduce_employee(key, open_id, said, now)?;
            let admin = world.customers_employee(key, open_id)?.as_ref().clone();
            let (_, customer) = world.customer(key)?;
            let company = world.as_handed_in(&customer, None)?.data();
            let record = Record {
                id: world.ids.next(Kind::Authorization).into(),
                company: data.or(&company),
                admin: Administrator { user: admin.id, name: admin.name, mobile: admin.mobile, card: admin.card },
                transfer: None,
                refused: None,
                begun_at: now,
            };
            world.certify(key, Step::Submit(Box::new(record)), now, outbox)
        })
    }

    /// What the guide of a company locked is handed in as it was said.
    fn ensure_as_guided(
        &self,
        key: &CustomerKey,
        open_id: &OpenId,
        data: &CompanyData,
        said: &Introduced,
    ) -> Result<(), Refusal> {
        let (_, customer) = self.customer(key)?;
        let Some(guided) = &customer.guided else { return Ok(()) };
        let known = self.customers_employee(key, open_id)?;
        let handed_in = Data { company: data, name: &said.name, mobile: &said.mobile, card: &said.card.number };
        guided.ensure_as_said(Data::said(&customer.said, &known), handed_in)
    }

    /// What the guide of a company wanted done as soon as it is certified.
    fn set_up_as_guided(
        &mut self,
        customer: &Customer,
        admin: &UserId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        if !customer.guided.as_ref().is_some_and(|guided| guided.opens_auto_sign) {
            return Ok(());
        }
        let on_behalf =
            OnBehalf { organization: customer.organization.clone(), user: admin.clone(), application: None };
        self.switch_service(ExtendedService::AutoSign, true, &on_behalf, now, outbox)
    }

    /// The customer's employee says who they are, and joins.
    ///
    /// # Errors
    /// As [`World::join`].
    pub fn prove(
        &mut self,
        key: &CustomerKey,
        open_id: &OpenId,
        said: &Introduced,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        self.all_or_nothing(outbox, |world, outbox| {
            world.introduce_employee(key, open_id, said, now)?;
            world.join(key, open_id, now, outbox)
        })
    }

    /// The company with the data that were handed in for it.
    fn as_handed_in(&self, customer: &Customer, record: Option<&Record>) -> Result<Organization, Refusal> {
        let unknown = || Refusal::OrganizationUnknown { organization: customer.open_id.to_string() };
        let company = self.directory.organizations.get(customer.organization.as_str()).ok_or_else(unknown)?;
        let mut company = company.as_ref().clone();
        match record {
            Some(record) => company.take(&record.company),
            // Of what was wiped only what the platform itself said is left.
            None if !customer.said.name.is_empty() && !self.directory.is_established(&company.id) => {
                company = Organization::told_of(company.id, &customer.said);
            }
            None => (),
        }
        Ok(company)
    }

    /// A legal entity is one verified customer of an application at most: the second attempt fails
    /// (`ex DescribeBatchOrganizationRegistrationTasks`).
    fn ensure_no_twin(
        &self,
        application: &Application,
        customer: &Customer,
        company: &Organization,
    ) -> Result<(), Refusal> {
        if !customer.certification.is_running() && !customer.is_verified() {
            return Ok(());
        }
        let Some(twin) = self.twin(application, company) else { return Ok(()) };
        let admin = self.directory.employee_with(&twin.id, Role::SuperAdmin);
        let admin = admin.map(|admin| masking::name(&admin.name)).unwrap_or_default();
        Err(Refusal::OrganizationAlreadyVerified { admin })
    }

    /// The certified company that this one turns out to be: of the application, or any at all where a company guides it, since
    /// certification is all that is wanted then (`ex DescribeBatchOrganizationRegistrationTasks`).
    pub(super) fn twin(&self, application: &Application, company: &Organization) -> Option<&Organization> {
        if application.is_guidance() {
            self.directory.established_twin(company)
        } else {
            self.directory.verified_twin(application, company)
        }
    }

    /// What comes with having proved who it is.
    fn open_service(&mut self, key: &CustomerKey, now: Timestamp) -> Result<Customer, Refusal> {
        self.become_known_company(key)?;
        let (application, customer) = self.customer(key)?;
        let (mut application, mut customer) = (application.as_ref().clone(), customer.as_ref().clone());
        if !application.is_guidance() {
            customer.proxy_app.get_or_insert_with(|| self.ids.next(Kind::Authorization).into());
        }
        // Without a licence left it stays as it is; the platform activates it later.
        let wants_one = (customer.activates_itself || application.activates) && !customer.is_active(now);
        if wants_one && application.licences.take(1).is_ok() {
            customer.activate(now)?;
        }
        application.put_customer(customer.clone());
        self.directory.applications.insert(application);
        if let Some(record) = customer.certification.record.clone() {
            self.make_administrator(&customer, &record, now);
        }
        if customer.guided.as_ref().is_none_or(|guided| guided.creates_seal) {
            self.make_first_seal(&customer.organization, now);
        }
        Ok(customer)
    }

    /// A company that is known here already stays that company: the customer and its people become it and its people.
    fn become_known_company(&mut self, key: &CustomerKey) -> Result<(), Refusal> {
        let (application, customer) = self.customer(key)?;
        let unknown = || Refusal::OrganizationUnknown { organization: key.customer.to_string() };
        let stub = self.directory.organizations.get(customer.organization.as_str()).cloned().ok_or_else(unknown)?;
        // It counts as verified by now, so what it was before is asked for without it.
        let others = self.directory.applications.iter().filter(|one| one.id != key.application);
        let verified_elsewhere = others.filter_map(|one| one.customers().get(one.customer_id(&stub.id)?.as_str()));
        if verified_elsewhere.into_iter().any(|one| one.is_verified()) {
            return Ok(());
        }
        let known = self.directory.established_twin(&stub).map(|one| one.id.clone());
        // Under another name here it is somebody else's to prove.
        let Some(known) = known.filter(|id| application.customer_id(id).is_none()) else { return Ok(()) };
        let (mut application, mut customer) = (application.as_ref().clone(), customer.as_ref().clone());
        let people: Vec<Arc<Staff>> =
            application.staff().iter().filter(|one| one.customer == customer.open_id).cloned().collect();
        for one in people {
            let Some(employee) = self.directory.employees.get(one.user.as_str()).cloned() else { continue };
            let user = match self.directory.employee_by_mobile(&known, &employee.mobile) {
                Some(same) => same.id.clone(),
                None => employee.id.clone(),
            };
            if user == employee.id {
                let mut moved = employee.as_ref().clone();
                moved.organization = known.clone();
                self.directory.employees.insert(moved);
            } else {
                self.directory.employees.remove(employee.id.as_str());
            }
            if let Some(record) = customer.certification.record.as_mut().filter(|one| one.admin.user == employee.id) {
                record.admin.user = user.clone();
            }
            application.put_staff(Staff { user, ..one.as_ref().clone() });
        }
        customer.organization = known;
        application.put_customer(customer);
        self.directory.applications.insert(application);
        self.directory.organizations.remove(stub.id.as_str());
        Ok(())
    }

    /// Who proved the company is its super administrator (`api CreateConsoleLoginUrl`), and its legal person where they proved it
    /// as that.
    fn make_administrator(&mut self, customer: &Customer, record: &Record, now: Timestamp) {
        let Some(number) = self.directory.employees.number(record.admin.user.as_str()) else { return };
        let has_admin = self.directory.employee_with(&customer.organization, Role::SuperAdmin).is_some();
        let Some(admin) = self.directory.employees.at_mut(number) else { return };
        let mut roles = Vec::new();
        if !has_admin {
            roles.push(Role::SuperAdmin);
        }
        if customer.certification.method == VerificationMethod::LegalPerson {
            roles.push(Role::LegalPerson);
        }
        roles.retain(|role| !admin.roles.contains(role));
        admin.roles.splice(0..0, roles);
        admin.verified = true;
        admin.verified_at.get_or_insert(now);
        (admin.name, admin.mobile) = (record.admin.name.clone(), record.admin.mobile.clone());
        if !record.admin.card.number.is_empty() {
            admin.card = record.admin.card.clone();
        }
    }

    /// A company gets its official seal with the open service (ASSUMED, as after a change of its data: `api
    /// CreateChannelOrganizationInfoChangeUrl`).
    fn make_first_seal(&mut self, organization: &OrganizationId, now: Timestamp) {
        if self.directory.usable_seal(organization).is_some() {
            return;
        }
        self.directory.seals.insert(Seal::first(self.ids.next(Kind::Seal).into(), organization.clone(), now));
    }

    /// Takes back what became of a customer.
    pub fn put_customer(&mut self, application: &Application, customer: Customer) {
        let mut application = application.clone();
        application.put_customer(customer);
        self.directory.applications.insert(application);
    }

    /// Tells what happened to a customer, by whom.
    pub fn tell_progress(
        &self,
        application: &ApplicationId,
        customer: &Customer,
        operator: Option<&UserId>,
        progress: Vec<Progress>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let company = self.directory.organizations.get(customer.organization.as_str());
        let staff = self.directory.applications.get(application.as_str());
        let applicant = Arc::new(Applicant {
            organization: customer.organization.clone(),
            company: company.map(|company| company.data()).unwrap_or_default(),
            application: Some(application.clone()),
            customer: Some(customer.open_id.clone()),
            proxy_app: customer.proxy_app.clone(),
            operator: operator.cloned(),
            operator_open_id: operator.and_then(|user| staff?.staff_id(user)).cloned(),
            authorization: customer.certification.record.as_ref().map(|record| record.id.clone()),
            user_data: customer.guided.as_ref().map(|guided| guided.user_data.clone()),
            main: None,
        });
        outbox.extend(
            progress.into_iter().map(|one| Event { at: now, about: About::Onboarding(one, applicant.clone()) }),
        );
    }
}
