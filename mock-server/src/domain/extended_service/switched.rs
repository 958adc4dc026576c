//! Which services a company switched, and who of its people may use one that is let to single employees.

use std::collections::BTreeMap;

use super::ExtendedService;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// Who switched a service, and when.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Switched {
    /// Whether it is on since.
    pub open: bool,
    /// Who did it; nobody when it came so.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// The services of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct ExtendedServices {
    /// The last switch of each that was ever switched.
    pub switched: BTreeMap<ExtendedService, Switched>,
    /// Who may use one, in the order they were let.
    pub users: BTreeMap<ExtendedService, Vec<UserId>>,
}

impl ExtendedServices {
    /// Whether one is on, of those that stand here alone.
    #[must_use]
    pub fn is_open(&self, service: ExtendedService) -> bool {
        self.switched.get(&service).map_or(service.is_given(), |last| last.open)
    }

    /// It is switched.
    pub fn switch(&mut self, service: ExtendedService, open: bool, by: UserId, at: Timestamp) {
        self.switched.insert(service, Switched { open, by: Some(by), at });
    }

    /// Lets an employee use one.
    pub fn let_use(&mut self, service: ExtendedService, user: UserId) {
        let users = self.users.entry(service).or_default();
        if !users.contains(&user) {
            users.push(user);
        }
    }

    /// An employee may use one no longer.
    pub fn forbid(&mut self, service: ExtendedService, user: &UserId) {
        if let Some(users) = self.users.get_mut(&service) {
            users.retain(|one| one != user);
        }
    }

    /// Whoever left uses nothing.
    pub fn forget(&mut self, user: &UserId) {
        self.users.values_mut().for_each(|users| users.retain(|one| one != user));
    }

    /// Who may use one.
    #[must_use]
    pub fn users(&self, service: ExtendedService) -> &[UserId] {
        self.users.get(&service).map_or(&[], Vec::as_slice)
    }

    /// Asks whether an employee may have the company's machine seal (`seed scenario-guide`: only who was given that).
    ///
    /// # Errors
    /// They were not.
    pub fn ensure_may_use_machine(&self, user: &UserId) -> Result<(), Refusal> {
        if self.users(ExtendedService::AutoSign).contains(user) {
            Ok(())
        } else {
            Err(Refusal::AutoSignNotGranted { user: user.to_string() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::at;

    #[test]
    fn who_may_use_a_service_is_let_once_and_forbidden_at_once() {
        let mut services = ExtendedServices::default();
        let user = UserId::from("user");
        assert_eq!(services.ensure_may_use_machine(&user), Err(Refusal::AutoSignNotGranted { user: "user".into() }));
        services.let_use(ExtendedService::AutoSign, user.clone());
        services.let_use(ExtendedService::AutoSign, user.clone());
        assert_eq!(services.users(ExtendedService::AutoSign), std::slice::from_ref(&user));
        services.ensure_may_use_machine(&user).unwrap();
        services.forbid(ExtendedService::BatchSign, &user);
        services.ensure_may_use_machine(&user).unwrap();
        services.forbid(ExtendedService::AutoSign, &user);
        assert!(services.ensure_may_use_machine(&user).is_err());
    }

    #[test]
    fn what_is_given_stays_on_until_somebody_switches_it() {
        let mut services = ExtendedServices::default();
        assert!(services.is_open(ExtendedService::SmsNotices) && !services.is_open(ExtendedService::FlowApproval));
        services.switch(ExtendedService::SmsNotices, false, "user".into(), at(1));
        services.switch(ExtendedService::FlowApproval, true, "user".into(), at(1));
        assert!(!services.is_open(ExtendedService::SmsNotices) && services.is_open(ExtendedService::FlowApproval));
    }
}
