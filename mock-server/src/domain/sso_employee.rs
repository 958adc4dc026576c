//! People who sign on through their company's own system (单点登录): the company says beforehand who they are, and with the first
//! login they become employees.
//!
//! Sources: `api CreateSingleSignOnEmployees`, `ex DescribeSingleSignOnEmployees`.

use super::ids::{OrganizationId, UserId};
use super::launch::{is_mobile, is_person_name};
use super::refusal::Refusal;
use super::register::Registered;
use super::role::Role;
use super::time::Timestamp;

/// Somebody who may sign on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct SsoEmployee {
    /// What they are kept by: see [`SsoEmployee::key`].
    pub key: String,
    /// Their company.
    pub organization: OrganizationId,
    /// The company's sign-on application.
    pub application: String,
    /// Their id in its system.
    pub open_id: String,
    /// Who they are.
    pub said: SsoPerson,
    /// When the company said so.
    pub created_at: Timestamp,
    /// The employee they are since their first login.
    pub user: Option<UserId>,
}

/// What a company says of somebody who is to sign on.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct SsoPerson {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their e-mail address; empty when nobody said.
    pub email: String,
    /// What they may do once they are employees.
    pub roles: Vec<Role>,
}

impl SsoEmployee {
    /// What a person is kept by. Ids are compared as they are, within an application of a company.
    #[must_use]
    pub fn key(organization: &OrganizationId, application: &str, open_id: &str) -> String {
        format!("{organization}/{}/{application}/{open_id}", application.len())
    }

    /// Whether they are of this application.
    #[must_use]
    pub fn is_of(&self, organization: &OrganizationId, application: &str) -> bool {
        &self.organization == organization && self.application == application
    }
}

impl SsoPerson {
    /// Asks whether somebody can be called so.
    ///
    /// # Errors
    /// They cannot, and what is wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.name.is_empty() || !is_person_name(&self.name) {
            return Err(Refusal::ApproverNameInvalid { name: self.name.clone() });
        }
        if !is_mobile(&self.mobile) {
            return Err(Refusal::MobileInvalid { mobile: self.mobile.clone() });
        }
        Ok(())
    }
}

impl Registered for SsoEmployee {
    type Id = String;
    fn id(&self) -> &String {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_people_are_kept_by_one_key() {
        let key = |application: &str, open_id: &str| SsoEmployee::key(&"own".into(), application, open_id);
        assert_ne!(key("a/b", "c"), key("a", "b/c"));
        assert_ne!(key("a", "c"), key("b", "c"));
    }

    #[test]
    fn people_have_a_name_and_a_number() {
        let said =
            |name: &str, mobile: &str| SsoPerson { name: name.into(), mobile: mobile.into(), ..SsoPerson::default() };
        assert_eq!(said("典子谦", "18888888888").check(), Ok(()));
        for (name, mobile) in
            [("", "18888888888"), ("典子谦&", "18888888888"), ("典子谦", ""), ("典子谦", "1888888888")]
        {
            assert!(said(name, mobile).check().is_err(), "{name} {mobile}");
        }
    }
}
