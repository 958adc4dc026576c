//! Codes of a world file that companies ask with once, and people of theirs who sign on through their own system.

use serde::Deserialize;

use super::yes;
use crate::domain::identity::AuthCode;
use crate::domain::ids::OrganizationId;
use crate::domain::role::Role;
use crate::domain::sso_employee::{SsoEmployee, SsoPerson};
use crate::domain::time::HOUR;
use crate::engine::world::World;

/// A code, good for an hour from the world's beginning.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `AuthCode`")]
pub struct AuthCodeRow {
    pub code: String,
    #[serde(default = "yes")]
    pub verified: bool,
    #[serde(default)]
    pub used: bool,
}

impl AuthCodeRow {
    /// Gives it to a company.
    pub(super) fn settle(&self, organization: &OrganizationId, world: &mut World) {
        world.directory.auth_codes.insert(AuthCode {
            code: self.code.clone(),
            organization: organization.clone(),
            verified: self.verified,
            used: self.used,
            expires_at: world.now.plus(HOUR),
        });
    }
}

/// Somebody who may sign on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `SsoEmployee`")]
pub struct SsoRow {
    pub application: String,
    pub open_id: String,
    pub name: String,
    pub mobile: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub roles: Vec<Role>,
    /// The employee they are since they did; nobody when they have not.
    #[serde(default)]
    pub employee: Option<String>,
}

impl SsoRow {
    /// Makes them one of a company's.
    pub(super) fn settle(&self, organization: &OrganizationId, world: &mut World) {
        world.directory.sso_employees.insert(SsoEmployee {
            key: SsoEmployee::key(organization, &self.application, &self.open_id),
            organization: organization.clone(),
            application: self.application.clone(),
            open_id: self.open_id.clone(),
            said: SsoPerson {
                name: self.name.clone(),
                mobile: self.mobile.clone(),
                email: self.email.clone(),
                roles: self.roles.clone(),
            },
            created_at: world.now,
            user: self.employee.as_deref().map(Into::into),
        });
    }
}
