//! Batches of companies of a world file that are to become customers, asked for before the world begins.

use serde::Deserialize;

use super::span::{AN_HOUR, Span};
use crate::domain::customer::CustomerKey;
use crate::domain::ids::OpenId;
use crate::domain::link::{Console, Opens};
use crate::domain::onboarding::registration::{Door, Named, Registration, RegistrationBatch, WORKING};
use crate::domain::time::{DAY, Timestamp};
use crate::engine::world::World;

/// A batch.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `RegistrationBatch`")]
pub struct RegistrationBatchRow {
    pub id: String,
    pub application: String,
    pub companies: Vec<RegistrationRow>,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub asked: Option<Span>,
}

/// One company of a batch.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Registration`")]
pub struct RegistrationRow {
    pub id: String,
    /// The customer it is to be, whose first operator proves it.
    pub customer: String,
    /// Why it could not be registered; it has a way into the console when left out.
    #[serde(default)]
    pub failed: Option<String>,
}

impl RegistrationBatchRow {
    /// Puts the batch and its companies into the world.
    ///
    /// # Errors
    /// No company, a customer the application does not have, or one without an operator.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        if self.companies.is_empty() {
            return Err("companies: at least one is needed".to_owned());
        }
        let created_at = self.asked.unwrap_or(AN_HOUR).before(world.now);
        let mut registrations = Vec::with_capacity(self.companies.len());
        for row in &self.companies {
            let built = row.build(&self.application, created_at, world);
            let registration = built.map_err(|what| format!("companies: `{}`: {what}", row.id))?;
            registrations.push(registration.id.clone());
            world.registrations.insert(registration);
        }
        let batch = RegistrationBatch { id: self.id.as_str().into(), registrations, door: Door::Desk, created_at };
        world.registration_batches.insert(batch);
        Ok(())
    }
}

impl RegistrationRow {
    fn build(&self, application: &str, created_at: Timestamp, world: &mut World) -> Result<Registration, String> {
        let unknown = || format!("application: there is no `{application}`");
        let application = world.directory.applications.get(application).cloned().ok_or_else(unknown)?;
        let unknown = || format!("customer: the application has no customer `{}`", self.customer);
        let customer = application.customers().get(self.customer.as_str()).ok_or_else(unknown)?;
        let company = world.directory.organizations.get(customer.organization.as_str()).ok_or_else(unknown)?;
        let nobody = || format!("customer: `{}` has no operator who could prove it", self.customer);
        let staff = application.staff().iter().find(|one| one.customer == customer.open_id).ok_or_else(nobody)?;
        let admin = world.directory.employees.get(staff.user.as_str()).ok_or_else(nobody)?;
        let key = CustomerKey { application: application.id.clone(), customer: customer.open_id.clone() };
        let mut registration = Registration {
            id: self.id.as_str().into(),
            customer: key,
            operator: staff.open_id.clone(),
            name: company.name.clone(),
            admin: Named { name: admin.name.clone(), mobile: admin.mobile.clone(), card: admin.card.clone() },
            link: Err(self.failed.clone().unwrap_or_default()),
            created_at,
        };
        if self.failed.is_none() {
            registration.link = Ok(way_in(&registration.customer, &registration.operator, created_at, world));
        }
        Ok(registration)
    }
}

/// The token of a way into the console, as long as one that opens elsewhere than at a desk; the company proves itself as it likes.
fn way_in(customer: &CustomerKey, operator: &OpenId, created_at: Timestamp, world: &mut World) -> String {
    let console = Console { customer: customer.clone(), operator: operator.clone(), ways: Vec::new() };
    let expires_at = created_at.plus(WORKING).plus(365 * DAY);
    world.add_link(Opens::Console(console), expires_at, None).token.clone()
}
