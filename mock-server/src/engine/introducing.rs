//! A platform tells of its customers and of their people, before anything is proved: what it says makes somebody known under
//! its ids, and nothing more.

use std::collections::BTreeMap;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::application::Application;
use crate::domain::customer::{Customer, CustomerKey, Staff};
use crate::domain::employee::{Card, Employee, Role};
use crate::domain::ids::{AuthorizationId, OpenId, UserId};
use crate::domain::onboarding::certification::Step;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// What a platform says of somebody.
#[derive(Clone, Debug, Default)]
pub struct Introduced {
    /// Their name; empty when it does not say.
    pub name: String,
    /// Their mobile number; likewise.
    pub mobile: String,
    /// Their identity card; likewise.
    pub card: Card,
    /// What they may do once they have joined.
    pub role: Option<Role>,
}

impl World {
    /// Makes a company known, or says more of one that has not begun to prove who it is; once it has, what the platform says
    /// counts no more (`api CreateConsoleLoginUrl`).
    ///
    /// # Errors
    /// There is no such application.
    pub fn introduce_customer(&mut self, key: &CustomerKey, data: &CompanyData) -> Result<(), Refusal> {
        let unknown = || Refusal::AppUnknown { application: key.application.to_string() };
        let application = self.directory.applications.get(key.application.as_str()).cloned().ok_or_else(unknown)?;
        let Some(customer) = application.customers().get(key.customer.as_str()) else {
            let company = Organization::told_of(self.ids.next(Kind::Authorization).into(), data);
            let customer = Customer::new(key.customer.clone(), company.id.clone());
            self.directory.organizations.insert(company);
            self.put_customer(&application, Customer { said: data.clone(), ..customer });
            return Ok(());
        };
        if customer.certification.is_running() || customer.is_verified() {
            return Ok(());
        }
        let said = data.clone().or(&customer.said);
        let customer = Customer { said: said.clone(), ..customer.as_ref().clone() };
        if !self.directory.is_established(&customer.organization)
            && let Some(number) = self.directory.organizations.number(customer.organization.as_str())
            && let Some(company) = self.directory.organizations.at_mut(number)
        {
            company.take(&said);
        }
        self.put_customer(&application, customer);
        Ok(())
    }

    /// Makes somebody of the customer known, or says more of one who has not proved who they are; once they have, what the
    /// platform says counts no more.
    ///
    /// # Errors
    /// There is no such customer, or the name is another customer's (`api UserInfo`: one person's in the whole application).
    pub fn introduce_employee(
        &mut self,
        key: &CustomerKey,
        open_id: &OpenId,
        said: &Introduced,
        now: Timestamp,
    ) -> Result<UserId, Refusal> {
        let (application, customer) = self.customer(key)?;
        // The name of one who has left is free.
        let staff = application.staff().get(open_id.as_str());
        if let Some(staff) = staff.filter(|staff| self.directory.employee(staff.user.as_str()).is_some()) {
            if staff.customer != key.customer {
                return Err(Refusal::OperatorUnknown { user: open_id.to_string() });
            }
            let user = staff.user.clone();
            self.describe(&user, said);
            return Ok(user);
        }
        // Whom the company has under this number already, and the platform under no name, is meant.
        let same = Some(said.mobile.as_str()).filter(|mobile| !mobile.is_empty());
        let same = same.and_then(|mobile| self.directory.employee_by_mobile(&customer.organization, mobile));
        let same = same.filter(|one| application.staff_id(&one.id).is_none()).map(|one| one.id.clone());
        let user = same.unwrap_or_else(|| {
            let id: UserId = self.ids.next(Kind::Account).into();
            let company = customer.organization.clone();
            let employee = Employee::new(id.clone(), company, said.name.clone(), said.mobile.clone(), now);
            self.directory.employees.insert(employee);
            id
        });
        self.describe(&user, said);
        let mut application = application.as_ref().clone();
        let (open_id, customer) = (open_id.clone(), key.customer.clone());
        application.put_staff(Staff { open_id, customer, user: user.clone() });
        self.directory.applications.insert(application);
        Ok(user)
    }

    fn describe(&mut self, user: &UserId, said: &Introduced) {
        let Some(number) = self.directory.employees.number(user.as_str()) else { return };
        let Some(employee) = self.directory.employees.at_mut(number).filter(|one| !one.verified) else { return };
        if !said.name.is_empty() {
            employee.name.clone_from(&said.name);
        }
        if !said.mobile.is_empty() {
            employee.mobile.clone_from(&said.mobile);
        }
        if !said.card.number.is_empty() {
            employee.card = said.card.clone();
        }
        if let Some(role) = &said.role {
            employee.roles = vec![role.clone()];
        }
    }

    /// An attempt that somebody else began is wiped when the company comes back through another of its people
    /// (`api ChannelOrganizationInfo`).
    ///
    /// # Errors
    /// There is no such customer.
    pub fn begin_anew(
        &mut self,
        key: &CustomerKey,
        operator: &UserId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let (_, customer) = self.customer(key)?;
        let record = customer.certification.record.as_ref().filter(|_| customer.certification.is_running());
        match record {
            Some(record) if &record.admin.user != operator => self.certify(key, Step::Void, now, outbox),
            Some(_) | None => Ok(()),
        }
    }

    /// Somebody of the customer leaves. They are listed as gone until their name, which is free from then on, is somebody else's
    /// (`api SyncProxyOrganizationOperators`, `ex ChannelDescribeEmployees`); one who never joined is forgotten, and nobody is told
    /// (ASSUMED).
    ///
    /// # Errors
    /// There is nobody of that name, or they are super administrator or legal person, who hand that over first
    /// (`api SyncProxyOrganizationOperators`).
    pub fn leave(
        &mut self,
        key: &CustomerKey,
        open_id: &OpenId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let (application, _) = self.customer(key)?;
        let employee = self.customers_employee(key, open_id)?;
        if employee.verified {
            return self.depart(&employee.id, None, Some(&key.application), now, outbox);
        }
        self.directory.employees.remove(employee.id.as_str());
        let mut application = application.as_ref().clone();
        application.remove_staff(open_id);
        self.directory.applications.insert(application);
        Ok(())
    }

    /// Whose attempts to prove who they are the application knows, by the attempts' ids.
    #[must_use]
    pub fn records_of(application: &Application) -> BTreeMap<AuthorizationId, CustomerKey> {
        let customers = application.customers().iter();
        let records = customers.filter_map(|one| Some((one.certification.record.as_ref()?.id.clone(), one)));
        let key = |one: &Customer| CustomerKey { application: application.id.clone(), customer: one.open_id.clone() };
        records.map(|(id, one)| (id, key(one))).collect()
    }
}
