//! What becomes of a seal: looked at, switched off and on, granted, taken back (`callback docs`, eight messages).

use super::{Grant, Seal, SealStatus};
use crate::domain::ids::{FlowId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// What happened to a seal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SealChange {
    /// It was made.
    Created,
    /// It may be used from now on.
    Enabled,
    /// It may be used no longer.
    Disabled,
    /// It is gone.
    Deleted,
    /// These may use it from now on.
    Granted(Vec<Grantee>),
    /// These may not any more.
    Revoked(Vec<Grantee>),
    /// It was looked at: whether it passed.
    Reviewed(bool),
    /// An employee's own seal may be used by the company.
    Lent(UserId),
}

impl SealChange {
    /// Whether somebody looked at it.
    #[must_use]
    pub fn is_review(&self) -> bool {
        matches!(self, Self::Reviewed(_))
    }
}

/// Who a grant is about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Grantee {
    /// The employee.
    pub user: UserId,
    /// Their name.
    pub name: String,
}

impl Seal {
    fn in_the_wrong_state(&self) -> Refusal {
        Refusal::SealStatusWrong { seal: self.id.to_string() }
    }

    /// Somebody has looked at it. What passes may be used at once; why it was turned down is kept.
    ///
    /// # Errors
    /// It does not wait for that.
    pub fn review(&mut self, reason: Option<&str>) -> Result<Vec<SealChange>, Refusal> {
        let lent = match self.status {
            SealStatus::Checking => false,
            SealStatus::CheckingByAdministrator => true,
            SealStatus::Enabled
            | SealStatus::Refused
            | SealStatus::Disabled
            | SealStatus::Stopped
            | SealStatus::Void
            | SealStatus::Invalid => return Err(self.in_the_wrong_state()),
        };
        if let Some(reason) = reason {
            self.status = SealStatus::Refused;
            reason.clone_into(&mut self.fail_reason);
            return Ok(vec![SealChange::Reviewed(false)]);
        }
        self.status = SealStatus::Enabled;
        let lender = self.creator.clone().filter(|_| lent).map(SealChange::Lent);
        Ok([SealChange::Reviewed(true), SealChange::Enabled].into_iter().chain(lender).collect())
    }

    /// Switches it off (`api ChannelUpdateSealStatus`, `api OperateSeals`).
    ///
    /// # Errors
    /// It is not in use.
    pub fn disable(&mut self) -> Result<SealChange, Refusal> {
        if !self.is_usable() {
            return Err(self.in_the_wrong_state());
        }
        self.status = SealStatus::Disabled;
        Ok(SealChange::Disabled)
    }

    /// Switches it on again (`api OperateSeals`).
    ///
    /// # Errors
    /// It was not switched off.
    pub fn enable(&mut self) -> Result<SealChange, Refusal> {
        if self.status != SealStatus::Disabled {
            return Err(self.in_the_wrong_state());
        }
        self.status = SealStatus::Enabled;
        Ok(SealChange::Enabled)
    }

    /// Asks whether it may be deleted: only what is not in use (`callback docs`).
    ///
    /// # Errors
    /// It may be used.
    pub fn ensure_deletable(&self) -> Result<(), Refusal> {
        if self.is_usable() { Err(self.in_the_wrong_state()) } else { Ok(()) }
    }

    /// Lets employees use it, and says whom it had not let before; a grant that was over begins anew. The seal must be in use
    /// (ASSUMED).
    ///
    /// # Errors
    /// It is not.
    pub fn grant(&mut self, wanted: Vec<Grant>, now: Timestamp) -> Result<Vec<UserId>, Refusal> {
        if !self.is_usable() {
            return Err(self.in_the_wrong_state());
        }
        let mut new = Vec::new();
        for grant in wanted {
            let same = |one: &Grant| one.user == grant.user && one.flows == grant.flows;
            if self.grants.iter().any(|one| same(one) && !one.has_expired(now)) {
                continue;
            }
            self.grants.retain(|one| !same(one));
            new.push(grant.user.clone());
            self.grants.push(grant);
        }
        Ok(new)
    }

    /// Takes every grant of these employees back, and says who might use it for every contract until now: one contract's grant
    /// is told of neither when it is given (`api CreateSealPolicy.AuthorizationFlows`) nor when it is taken (ASSUMED, alike).
    ///
    /// # Errors
    /// One of them has none; then nobody's is taken.
    pub fn revoke(&mut self, users: &[UserId], now: Timestamp) -> Result<Vec<UserId>, Refusal> {
        let granted = |user: &UserId| self.grants.iter().any(|one| &one.user == user && !one.has_expired(now));
        if let Some(user) = users.iter().find(|user| !granted(user)) {
            return Err(Refusal::SealNotGranted { seal: self.id.to_string(), user: user.to_string() });
        }
        Ok(self.drop_grants(now, |one| users.contains(&one.user)))
    }

    /// Takes the grants of these ids back that are its own and not over, and says who might use it for every contract until now.
    pub fn withdraw(&mut self, policies: &[String], now: Timestamp) -> Vec<UserId> {
        self.drop_grants(now, |one| policies.contains(&one.id))
    }

    fn drop_grants(&mut self, now: Timestamp, chosen: impl Fn(&Grant) -> bool) -> Vec<UserId> {
        let general = |one: &&Grant| chosen(one) && one.is_general() && !one.has_expired(now);
        let told = self.grants.iter().filter(general).map(|one| one.user.clone()).collect();
        self.grants.retain(|one| !chosen(one));
        told
    }

    /// This employee's grant for every contract, if they hold one at `now`.
    #[must_use]
    pub fn general_grant_of(&self, user: &UserId, now: Timestamp) -> Option<&Grant> {
        self.grants.iter().find(|one| &one.user == user && one.is_general() && !one.has_expired(now))
    }

    /// The employee has used it for this contract. Who may use it for the named contracts alone may not a second time
    /// (`api CreateSealPolicy.AuthorizationFlows` lets them use it for these; that each counts once is ASSUMED). Says whether that
    /// used anything up.
    pub fn use_up(&mut self, user: &UserId, flow: &FlowId, now: Timestamp) -> bool {
        if self.general_grant_of(user, now).is_some() {
            return false;
        }
        let named = |one: &&mut Grant| &one.user == user && one.flows.contains(flow) && !one.has_expired(now);
        let Some(grant) = self.grants.iter_mut().find(named) else { return false };
        grant.flows.retain(|one| one != flow);
        if grant.flows.is_empty() {
            let spent = grant.id.clone();
            self.grants.retain(|one| one.id != spent);
        }
        true
    }

    /// Takes whatever `from` may use it for, and lets `to`, where somebody is named, use it in their place: who had a grant for
    /// everything until then, and whether `to` has one new.
    pub fn hand_over(&mut self, from: &UserId, to: Option<&UserId>, now: Timestamp) -> HandedOver {
        let (left, others): (Vec<Grant>, Vec<Grant>) =
            std::mem::take(&mut self.grants).into_iter().partition(|one| &one.user == from);
        self.grants = others;
        let mut handed = HandedOver::default();
        for grant in left.into_iter().filter(|grant| !grant.has_expired(now)) {
            let for_all = grant.flows.is_empty();
            handed.taken |= for_all;
            let Some(to) = to else { continue };
            let same = |one: &Grant| &one.user == to && one.flows == grant.flows;
            if self.grants.iter().any(|one| same(one) && !one.has_expired(now)) {
                continue;
            }
            self.grants.retain(|one| !same(one));
            self.grants.push(Grant { user: to.clone(), ..grant });
            handed.given |= for_all;
        }
        handed
    }

    /// The employees who may use it at `now`, besides the administrators, each once.
    #[must_use]
    pub fn authorized(&self, now: Timestamp) -> Vec<&UserId> {
        let mut users: Vec<&UserId> = Vec::new();
        for grant in self.grants.iter().filter(|grant| grant.is_general() && !grant.has_expired(now)) {
            if !users.contains(&&grant.user) {
                users.push(&grant.user);
            }
        }
        users
    }

    /// Lets one employee use it for one contract, for good.
    pub(super) fn grant_for(&mut self, id: String, user: UserId, flow: FlowId) {
        self.grants.push(Grant { flows: vec![flow], ..Grant::forever(id, user) });
    }
}

/// What became of a leaver's grants. Those for single contracts are told to nobody (`api CreateSealPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// Whether a grant for everything was taken.
    pub taken: bool,
    /// Whether somebody else has one in its place.
    pub given: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, directory};

    fn seal(status: SealStatus) -> Seal {
        Seal { status, ..directory().seals.get("seal").unwrap().as_ref().clone() }
    }

    #[test]
    fn what_a_leaver_may_seal_with_goes_to_whoever_follows() {
        let mut seal = seal(SealStatus::Enabled);
        let grant = |id: &str, user: &str| Grant::forever(id.into(), user.into());
        let once = Grant { flows: vec!["flow".into()], ..grant("b", "leaver") };
        let over = Grant { until: at(0), ..grant("c", "leaver") };
        seal.grants = vec![grant("a", "leaver"), once.clone(), over, grant("d", "other")];

        let handed = seal.hand_over(&"leaver".into(), Some(&"other".into()), at(1));

        assert_eq!(handed, HandedOver { taken: true, given: false }, "the other one may do everything already");
        assert_eq!(seal.grants, [grant("d", "other"), Grant { user: "other".into(), ..once }]);
        let handed = seal.hand_over(&"other".into(), Some(&"third".into()), at(1));
        assert_eq!(handed, HandedOver { taken: true, given: true });
        assert_eq!(seal.hand_over(&"third".into(), None, at(1)), HandedOver { taken: true, given: false });
        assert!(seal.grants.is_empty());
        assert_eq!(seal.hand_over(&"third".into(), None, at(1)), HandedOver::default());
    }

    #[test]
    fn what_passes_may_be_used_and_what_fails_says_why() {
        let mut good = seal(SealStatus::Checking);
        assert_eq!(good.review(None).unwrap(), [SealChange::Reviewed(true), SealChange::Enabled]);
        assert!(good.is_usable());
        let mut bad = seal(SealStatus::Checking);
        assert_eq!(bad.review(Some("图片不清晰")).unwrap(), [SealChange::Reviewed(false)]);
        assert_eq!((bad.status, bad.fail_reason.as_str()), (SealStatus::Refused, "图片不清晰"));
        assert!(bad.review(None).is_err(), "a seal is looked at once");
    }

    #[test]
    fn a_lent_seal_tells_of_its_owner_once_an_administrator_agrees() {
        let mut lent = Seal { creator: Some("doctor".into()), ..seal(SealStatus::CheckingByAdministrator) };
        let changes = lent.review(None).unwrap();
        assert_eq!(changes, [SealChange::Reviewed(true), SealChange::Enabled, SealChange::Lent("doctor".into())]);
    }

    #[test]
    fn only_what_is_on_can_be_switched_off_and_back() {
        let mut seal = seal(SealStatus::Enabled);
        assert!(seal.enable().is_err());
        seal.disable().unwrap();
        assert!(seal.disable().is_err());
        seal.ensure_deletable().unwrap();
        seal.enable().unwrap();
        assert!(seal.ensure_deletable().is_err(), "a seal in use is not deleted");
    }

    #[test]
    fn a_grant_is_given_once_and_again_when_it_was_over() {
        let mut seal = seal(SealStatus::Enabled);
        let grant = |until| Grant { until: at(until), ..Grant::forever("g".into(), "user".into()) };
        assert_eq!(seal.grant(vec![grant(10)], at(0)).unwrap(), ["user".into()]);
        assert!(seal.grant(vec![grant(20)], at(5)).unwrap().is_empty(), "they have it already");
        assert_eq!(seal.grant(vec![grant(20)], at(10)).unwrap(), ["user".into()]);
        assert_eq!(seal.grants.len(), 1);
        assert_eq!(seal.revoke(&["user".into()], at(11)).unwrap(), ["user".into()]);
        assert!(seal.revoke(&["user".into()], at(11)).is_err(), "there is nothing to take back");
    }

    fn granted(grants: &[(&str, &str, &[&str])]) -> Seal {
        let grant = |(id, user, flows): &(&str, &str, &[&str])| Grant {
            flows: flows.iter().map(|flow| (*flow).into()).collect(),
            until: at(10),
            ..Grant::forever((*id).to_owned(), (*user).into())
        };
        Seal { grants: grants.iter().map(grant).collect(), ..seal(SealStatus::Enabled) }
    }

    #[test]
    fn a_grant_for_named_contracts_is_used_up_contract_by_contract() {
        let mut seal = granted(&[("g", "user", &["one", "two"])]);
        let use_up = |seal: &mut Seal, flow: &str| seal.use_up(&"user".into(), &flow.into(), at(0));
        assert!(!use_up(&mut seal, "other"));
        assert!(use_up(&mut seal, "one") && !use_up(&mut seal, "one"));
        assert!(use_up(&mut seal, "two") && seal.grants.is_empty());
    }

    #[test]
    fn who_may_use_it_for_every_contract_uses_nothing_up() {
        let mut seal = granted(&[("g", "user", &["one"]), ("h", "user", &[])]);
        assert!(!seal.use_up(&"user".into(), &"one".into(), at(0)));
        assert_eq!(seal.grants.len(), 2);
    }

    #[test]
    fn grants_are_taken_by_their_ids_and_only_general_ones_are_told_of() {
        let mut seal = granted(&[("g", "user", &[]), ("h", "other", &["one"]), ("i", "third", &[])]);
        assert_eq!(seal.withdraw(&["g".into(), "h".into()], at(0)), ["user".into()]);
        assert_eq!(seal.authorized(at(0)), [&UserId::from("third")]);
    }
}
