//! `GET /_mock/world`: what a client needs to start, under the names its environment variables may have.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::Control;
use super::request::World;
use crate::domain::application::Application;
use crate::domain::customer::{Customer, Staff};
use crate::domain::directory::Directory;
use crate::domain::ids::OrganizationId;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;
use crate::engine::registry::{Key, Registry};

/// The world's values: those of its first organization, and every organization's own key. What a world does not have is null.
#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) struct Values {
    #[serde(rename = "alias")]
    alias: String,
    #[serde(flatten)]
    first: Option<Own>,
    template_id: Option<String>,
    app_id: Option<String>,
    proxy_org_open_id: Option<String>,
    proxy_operator_open_id: Option<String>,
    callback_key: String,
    callback_token: String,
    #[serde(rename = "keys")]
    keys: Vec<Own>,
    #[serde(rename = "applications")]
    applications: Vec<Platform>,
}

/// A platform's application, and whom it acts for.
#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Platform {
    app_id: String,
    app_name: String,
    organization_id: String,
    customers: Vec<Behalf>,
}

/// A customer of an application, and its people under the platform's ids.
#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Behalf {
    proxy_org_open_id: String,
    organization_id: String,
    proxy_operator_open_ids: Vec<String>,
}

impl Platform {
    fn of(application: &Application) -> Self {
        let people = |customer: &Customer| {
            let staff = application.staff().iter().filter(|one| is_of(one, customer));
            staff.map(|one| one.open_id.to_string()).collect()
        };
        let customers = application.customers().iter().map(|customer| Behalf {
            proxy_org_open_id: customer.open_id.to_string(),
            organization_id: customer.organization.to_string(),
            proxy_operator_open_ids: people(customer),
        });
        Self {
            app_id: application.id.to_string(),
            app_name: application.name.clone(),
            organization_id: application.owner.to_string(),
            customers: customers.collect(),
        }
    }
}

fn is_of(staff: &Staff, customer: &Customer) -> bool {
    staff.customer == customer.open_id
}

/// An organization's key, and whom and what to use with it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Own {
    secret_id: String,
    secret_key: String,
    organization_id: String,
    organization_name: String,
    operator_user_id: Option<String>,
    seal_id: Option<String>,
}

pub(super) async fn show(State(control): State<Arc<Control>>, World(account): World) -> Json<Values> {
    Json(values(&control.registry, &account))
}

/// The values of one world.
pub(super) fn values(registry: &Registry, account: &Arc<Account>) -> Values {
    let keys = registry.keys_of(account);
    let edge = EdgeTime::read();
    let (directory, secrets) =
        account.enter(edge, |world, _, _| (world.directory.clone(), world.callbacks.secrets.clone()));
    let keys: Vec<Own> = keys.iter().map(|key| own(key, &directory)).collect();
    let first = keys.first().cloned();
    let template = directory
        .templates
        .iter()
        .find(|one| first.as_ref().is_some_and(|first| one.organization.as_str() == first.organization_id));
    let platforms = || directory.applications.iter().filter(|one| !one.is_guidance());
    let application = platforms().next();
    let customer = application.and_then(|one| one.customers().iter().next());
    let operator = application.zip(customer);
    let operator = operator.and_then(|(one, customer)| one.staff().iter().find(|staff| is_of(staff, customer)));
    Values {
        alias: account.alias.to_string(),
        template_id: template.map(|one| one.id.to_string()),
        app_id: application.map(|one| one.id.to_string()),
        proxy_org_open_id: customer.map(|one| one.open_id.to_string()),
        proxy_operator_open_id: operator.map(|one| one.open_id.to_string()),
        applications: platforms().map(|one| Platform::of(one)).collect(),
        callback_key: secrets.key.unwrap_or_default(),
        callback_token: secrets.token.unwrap_or_default(),
        first,
        keys,
    }
}

fn own(key: &Key, directory: &Directory) -> Own {
    let organization = directory.organizations.get(key.organization.as_str());
    Own {
        secret_id: key.secret_id.clone(),
        secret_key: key.secret_key.clone(),
        organization_id: key.organization.to_string(),
        organization_name: organization.map(|one| one.name.clone()).unwrap_or_default(),
        operator_user_id: operator(directory, &key.organization),
        seal_id: directory.usable_seal(&key.organization).map(|seal| seal.id.to_string()),
    }
}

/// The first employee who may act for the company.
fn operator(directory: &Directory, organization: &OrganizationId) -> Option<String> {
    let mut employees = directory.employees.iter().filter(|one| &one.organization == organization);
    employees.find(|one| one.verified && !one.roles.is_empty()).map(|one| one.id.to_string())
}
