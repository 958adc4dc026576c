//! Third-party applications (应用) of a platform, the customers (子客) brought in by one, and their people under the ids the
//! platform gave them.
//!
//! A company that guides others through certification has the same kind of list, which is no application anybody can name.

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::customer::{Customer, Staff};
use super::ids::{ApplicationId, OpenId, OrganizationId, UserId};
use super::onboarding::licence::Licences;
use super::register::{Register, Registered};
use super::request_encryption::RequestEncryption;
use super::web_theme::WebThemes;

/// What a list of customers is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A platform acts for them, through an application of its own.
    #[default]
    Platform,
    /// A company guides them through certification, one customer an attempt (`api CreateOrganizationAuthUrl`).
    Guidance,
    /// As a platform's, made for its owner by an integrator (`api CreatePartnerAuthorizationLink`).
    Ecosystem {
        /// The integrator's mark (`BusinessId`).
        business: String,
        /// The integrator, which alone may change it.
        integrator: OrganizationId,
    },
}

/// An application (应用号); its owner is the platform. What belongs to one application is nothing to another (`api Agent`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Application {
    /// Its id, `Agent.AppId`.
    pub id: ApplicationId,
    /// The platform company.
    pub owner: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether the vendor has banned it (`sdk OperationDenied.BannedApplication`).
    pub banned: bool,
    /// Whether the platform opened downloads of its customers' contracts (`seed DescribeResourceUrlsByFlows`).
    pub downloads: bool,
    /// Whether every customer gets a licence as soon as it is verified, whatever its link said (`api CreateConsoleLoginUrl`).
    pub activates: bool,
    /// What the platform bought for its customers.
    pub licences: Licences,
    /// What its pages look like.
    pub themes: WebThemes,
    /// How its encrypted requests are encrypted; it has none without.
    pub encryption: Option<RequestEncryption>,
    customers: Register<Customer>,
    staff: Register<Staff>,
    /// What the platform calls a company.
    #[serde(skip)]
    customer_ids: OrdMap<OrganizationId, OpenId>,
    /// What the platform calls an employee.
    #[serde(skip)]
    staff_ids: OrdMap<UserId, OpenId>,
}

impl Registered for Application {
    type Id = ApplicationId;
    fn id(&self) -> &ApplicationId {
        &self.id
    }
}

impl Application {
    /// An application nobody uses yet.
    #[must_use]
    pub fn new(id: ApplicationId, owner: OrganizationId, name: String) -> Self {
        Self {
            id,
            owner,
            name,
            purpose: Purpose::Platform,
            banned: false,
            downloads: false,
            activates: false,
            licences: Licences::default(),
            themes: WebThemes::default(),
            encryption: None,
            customers: Register::default(),
            staff: Register::default(),
            customer_ids: OrdMap::new(),
            staff_ids: OrdMap::new(),
        }
    }

    /// The list of those a company guides through certification.
    #[must_use]
    pub fn guidance(id: ApplicationId, guide: OrganizationId) -> Self {
        Self { purpose: Purpose::Guidance, ..Self::new(id, guide, String::new()) }
    }

    /// Whether it lists those a company guides, and no platform acts through it.
    #[must_use]
    pub fn is_guidance(&self) -> bool {
        self.purpose == Purpose::Guidance
    }

    /// Whether this company's key signs calls through it: its owner's, or the integrator's who made it (ASSUMED: whoever made it
    /// manages it, `api CreatePartnerAuthorizationLink`).
    #[must_use]
    pub fn is_served_by(&self, company: &OrganizationId) -> bool {
        match &self.purpose {
            Purpose::Platform => &self.owner == company,
            Purpose::Guidance => false,
            Purpose::Ecosystem { integrator, .. } => &self.owner == company || integrator == company,
        }
    }

    /// Its customers, in the order they came.
    #[must_use]
    pub fn customers(&self) -> &Register<Customer> {
        &self.customers
    }

    /// The people of its customers, in the order they came.
    #[must_use]
    pub fn staff(&self) -> &Register<Staff> {
        &self.staff
    }

    /// What the platform calls this company; nothing when it is no customer.
    #[must_use]
    pub fn customer_id(&self, organization: &OrganizationId) -> Option<&OpenId> {
        self.customer_ids.get(organization)
    }

    /// What the platform calls this employee; nothing when they are no customer's.
    #[must_use]
    pub fn staff_id(&self, user: &UserId) -> Option<&OpenId> {
        self.staff_ids.get(user)
    }

    /// Takes a customer in, or what became of one; which company it is may have turned out to be another.
    pub fn put_customer(&mut self, customer: Customer) {
        self.forget_company_of(&customer.open_id);
        self.customer_ids.insert(customer.organization.clone(), customer.open_id.clone());
        self.customers.insert(customer);
    }

    /// Takes a customer out. Its name is never anybody else's (`api Agent`), so that whoever asks finds nobody.
    pub fn remove_customer(&mut self, open_id: &OpenId) {
        self.forget_company_of(open_id);
        self.customers.remove(open_id.as_str());
    }

    fn forget_company_of(&mut self, open_id: &OpenId) {
        if let Some(former) = self.customers.get(open_id.as_str()).map(|one| one.organization.clone()) {
            self.customer_ids.remove(&former);
        }
    }

    /// Takes a customer's employee in, or whom that turned out to be.
    pub fn put_staff(&mut self, staff: Staff) {
        self.forget_employee_of(&staff.open_id);
        self.staff_ids.insert(staff.user.clone(), staff.open_id.clone());
        self.staff.insert(staff);
    }

    /// Takes a customer's employee out; their name is free from then on (`api SyncProxyOrganizationOperators`).
    pub fn remove_staff(&mut self, open_id: &OpenId) {
        self.forget_employee_of(open_id);
        self.staff.remove(open_id.as_str());
    }

    fn forget_employee_of(&mut self, open_id: &OpenId) {
        if let Some(former) = self.staff.get(open_id.as_str()).map(|one| one.user.clone()) {
            self.staff_ids.remove(&former);
        }
    }
}

/// An application as it is written down; who is called what the other way round follows from it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: ApplicationId,
    owner: OrganizationId,
    name: String,
    #[serde(default)]
    purpose: Purpose,
    banned: bool,
    downloads: bool,
    #[serde(default)]
    activates: bool,
    #[serde(default)]
    licences: Licences,
    #[serde(default)]
    themes: WebThemes,
    #[serde(default)]
    encryption: Option<RequestEncryption>,
    customers: Register<Customer>,
    staff: Register<Staff>,
}

impl From<Written> for Application {
    fn from(written: Written) -> Self {
        let Written { id, owner, name, purpose, banned, downloads, .. } = written;
        let Written { activates, licences, themes, encryption, customers, staff, .. } = written;
        let customer_ids = customers.iter().map(|one| (one.organization.clone(), one.open_id.clone())).collect();
        let staff_ids = staff.iter().map(|one| (one.user.clone(), one.open_id.clone())).collect();
        Self {
            id,
            owner,
            name,
            purpose,
            banned,
            downloads,
            activates,
            licences,
            themes,
            encryption,
            customers,
            staff,
            customer_ids,
            staff_ids,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::Verification;

    fn application() -> Application {
        let mut application = Application::new("app".into(), "platform".into(), "应用".into());
        application.put_customer(Customer::new("customer".into(), "company".into()));
        application.put_staff(Staff { open_id: "staff".into(), customer: "customer".into(), user: "employee".into() });
        application
    }

    #[test]
    fn everybody_is_found_by_the_platforms_id_and_by_the_vendors() {
        let application = application();
        assert_eq!(application.customers().get("customer").unwrap().organization, "company".into());
        assert_eq!(application.customer_id(&"company".into()).unwrap().as_str(), "customer");
        assert_eq!(application.staff().get("staff").unwrap().user, "employee".into());
        assert_eq!(application.staff_id(&"employee".into()).unwrap().as_str(), "staff");
        assert_eq!(application.customer_id(&"platform".into()), None, "the platform is no customer of its own");
    }

    #[test]
    fn a_written_application_reads_back_as_it_was() {
        let application = application();
        let text = serde_json::to_string(&application).unwrap();
        assert_eq!(serde_json::from_str::<Application>(&text).unwrap(), application);
    }

    #[test]
    fn what_became_of_a_customer_takes_its_place() {
        let mut application = application();
        let mut customer = application.customers().get("customer").unwrap().as_ref().clone();
        customer.certification.status = Verification::Verified;
        application.put_customer(customer.clone());
        assert_eq!(application.customers().iter().map(AsRef::as_ref).collect::<Vec<_>>(), [&customer]);
    }
}
